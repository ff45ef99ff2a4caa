package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.spi.StoreFullException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room by removing received items, about the oldest first: by the time of their files' last
 * modification, as {@link EvictionCandidates} has them: a put looks at some thousands, so that it
 * does not wait for all files to be looked at. A file that has changed since is younger than it was
 * and stays, as does one that is damaged, or nothing of ours.
 *
 * <p>Nobody may have a turn at a name who makes room: that takes the turns of others, and two who
 * wait for each other would wait for ever.
 */
final class Eviction {
  private static final Logger LOG = LoggerFactory.getLogger(Eviction.class);

  /** Room can be taken by somebody else as soon as it is there. */
  private static final int ATTEMPTS = 100;

  /** As many thousands of files that cannot be evicted are looked at for one that can. */
  private static final int MOST_REFILLS = 10;

  private final CountedDirectory received;
  private final ItemNames keys;
  private final ItemReader reader;
  private final Turns turns;
  private final Quota quota;
  private final EvictionCandidates candidates;

  Eviction(CountedDirectory received, ItemNames keys, ItemReader reader, Turns turns, Quota quota) {
    this.received = received;
    this.keys = keys;
    this.reader = reader;
    this.turns = turns;
    this.quota = quota;
    this.candidates = new EvictionCandidates(received.files(), keys);
  }

  /** Begins anew with the oldest that a census has found. */
  void begin(List<Oldest.Seen> oldest) {
    candidates.begin(oldest);
  }

  /** A file was put. */
  void put(CountedDirectory place, String name) {
    if (place == received) {
      candidates.put(name);
    }
  }

  /** A change that may find no room. */
  @FunctionalInterface
  interface Change {
    /**
     * Makes the change, if it is to be made.
     *
     * @param evicted what went for its sake already
     * @return whether it was made
     */
    boolean make(Tally evicted) throws IOException;
  }

  /**
   * Makes a change, and room for it where there is none.
   *
   * @return whether it was made
   * @throws StoreFullException when no room can be made; the message names the bound
   */
  boolean makingRoom(Change change) throws IOException {
    Tally evicted = Tally.NONE;
    for (int attempt = 1; true; attempt++) {
      try {
        return change.make(evicted);
      } catch (NoRoomException e) {
        Tally gone = attempt == ATTEMPTS ? Tally.NONE : evict(e.lacking());
        if (gone.equals(Tally.NONE)) {
          throw new StoreFullException(String.valueOf(e.getMessage()));
        }
        evicted = evicted.plus(gone);
      }
    }
  }

  /** Evicts until that much has gone, or nothing is found that could. */
  private Tally evict(Tally wanted) throws IOException {
    Tally gone = Tally.NONE;
    boolean found = true;
    while (found && !gone.covers(wanted)) {
      Tally one = evictOne();
      found = !one.equals(Tally.NONE);
      gone = gone.plus(one);
    }
    return gone;
  }

  /**
   * Evicts what is over the limits, looking at a bounded number of files at a time.
   *
   * @param stopped is asked after each
   * @return whether there is more to do
   */
  boolean trim(int most, BooleanSupplier stopped) throws IOException {
    for (int i = 0; i < most && !stopped.getAsBoolean(); i++) {
      if (quota.excess().equals(Tally.NONE)) {
        return false;
      }
      Oldest.Seen next = candidates.next();
      if (next != null) {
        remove(next);
      } else if (!candidates.refill(stopped)) {
        return false;
      }
    }
    return true;
  }

  private Tally evictOne() throws IOException {
    for (int refills = 0; true; refills++) {
      for (Oldest.Seen next = candidates.next(); next != null; next = candidates.next()) {
        Tally gone = remove(next);
        if (!gone.equals(Tally.NONE)) {
          return gone;
        }
      }
      if (refills == MOST_REFILLS || !candidates.refill(() -> false)) {
        return Tally.NONE;
      }
    }
  }

  private Tally remove(Oldest.Seen seen) throws InterruptedIOException {
    String name = seen.name();
    Path file = received.file(name);
    Lock turn = turns.of(name);
    turn.lock();
    try {
      BasicFileAttributes attributes = CountedDirectory.attributes(file);
      if (attributes == null || !attributes.lastModifiedTime().equals(seen.modified())) {
        return Tally.NONE;
      }
      Optional<BobKey> key = keys.key(received.files(), name);
      // Looked at in its place first: moving a damaged file aside and back would cost more.
      return key.isPresent() && reader.itemAtOnce(file, key.get()).isPresent()
          ? received.removeIf(name, held -> reader.itemAtOnce(held, key.get()).isPresent())
          : Tally.NONE;
    } catch (InterruptedIOException e) {
      throw e;
    } catch (NotPutBackException e) {
      LOG.warn("{}", e.getMessage());
      return Tally.NONE;
    } catch (IOException e) {
      LOG.debug("{} was not evicted: {}", name, Problems.reason(e));
      return Tally.NONE;
    } finally {
      turn.unlock();
    }
  }
}
