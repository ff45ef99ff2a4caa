package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.bob.spi.StoreFullException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room by removing received items, about the oldest first: by the time of their files' last
 * modification, as {@link EvictionCandidates} has them: a put looks at some thousands, so that it
 * does not wait for all files to be looked at. A file that has changed since is younger than it was
 * and stays, as does one that is damaged, or nothing of ours, or in the place of what is being put.
 *
 * <p>Files are chosen before the first one goes, so that a change for which not enough can be
 * evicted costs nobody an item. An evicted file goes in one step, which is not forced: it has no
 * hidden name from which it could come back when its key has been put and deleted since. What
 * another process puts between the last look and that step goes in its stead.
 *
 * <p>Nobody may have a turn at a name who makes room: that takes the turns of others, and two who
 * wait for each other would wait for ever.
 */
final class Eviction {
  private static final Logger LOG = LoggerFactory.getLogger(Eviction.class);

  /** Room can be taken by somebody else as soon as it is there. */
  private static final int ATTEMPTS = 100;

  /** As many thousands of files that cannot be evicted are looked at for those that can. */
  private static final int MOST_REFILLS = 10;

  private final CountedDirectory received;
  private final ItemReader reader;
  private final Turns turns;
  private final Quota quota;
  private final EvictionCandidates candidates;

  Eviction(CountedDirectory received, ItemNames keys, ItemReader reader, Turns turns, Quota quota) {
    this.received = received;
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
   * @param name of the file that is to change, which is not evicted for its own sake
   * @return whether it was made
   * @throws StoreFullException when no room can be made; the message names the bound
   */
  boolean makingRoom(String name, Change change) throws IOException {
    Tally evicted = Tally.NONE;
    for (int attempt = 1; true; attempt++) {
      try {
        return change.make(evicted);
      } catch (NoRoomException e) {
        List<Oldest.Seen> chosen = attempt == ATTEMPTS ? List.of() : choose(e.lacking(), name);
        if (chosen.isEmpty()) {
          throw new StoreFullException(String.valueOf(e.getMessage()));
        }
        evicted = evicted.plus(evict(chosen));
      }
    }
  }

  /**
   * Chooses files that come to so much together, about the oldest first.
   *
   * @param spared a name that is not chosen
   * @return none when there is not so much to be found
   */
  private List<Oldest.Seen> choose(Tally wanted, String spared) throws IOException {
    Map<String, Oldest.Seen> chosen = new LinkedHashMap<>();
    Tally sum = Tally.NONE;
    for (int refills = 0; refills <= MOST_REFILLS; refills++) {
      for (Oldest.Seen next = candidates.next(); next != null; next = candidates.next()) {
        Tally size = next.name().equals(spared) ? Tally.NONE : size(next);
        if (!size.equals(Tally.NONE) && chosen.putIfAbsent(next.name(), next) == null) {
          sum = sum.plus(size);
          if (sum.covers(wanted)) {
            return List.copyOf(chosen.values());
          }
        }
      }
      if (!candidates.refill(() -> false)) {
        break;
      }
    }
    candidates.giveBack(chosen.values());
    return List.of();
  }

  private Tally evict(List<Oldest.Seen> chosen) {
    Tally gone = Tally.NONE;
    for (Oldest.Seen each : chosen) {
      gone = gone.plus(evict(each));
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
        if (!size(next).equals(Tally.NONE)) {
          evict(next);
        }
      } else if (!candidates.refill(stopped)) {
        return false;
      }
    }
    return true;
  }

  /** What would go with a file; nothing when it has changed, or cannot be evicted. */
  private Tally size(Oldest.Seen seen) throws InterruptedIOException {
    Path file = received.file(seen.name());
    BasicFileAttributes attributes = CountedDirectory.attributes(file);
    try {
      return isStill(seen, attributes) && reader.isReceived(file, seen.name())
          ? CountedDirectory.tally(attributes)
          : Tally.NONE;
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      return notEvicted(seen, e);
    }
  }

  private static boolean isStill(Oldest.Seen seen, @Nullable BasicFileAttributes attributes) {
    return attributes != null && attributes.lastModifiedTime().equals(seen.modified());
  }

  private Tally evict(Oldest.Seen seen) {
    Lock turn = turns.of(seen.name());
    turn.lock();
    try {
      if (!isStill(seen, CountedDirectory.attributes(received.file(seen.name())))) {
        return Tally.NONE;
      }
      Tally gone = received.evict(seen.name());
      quota.evicted();
      return gone;
    } catch (IOException e) {
      return notEvicted(seen, e);
    } finally {
      turn.unlock();
    }
  }

  private static Tally notEvicted(Oldest.Seen seen, IOException e) {
    LOG.debug("{} was not evicted: {}", seen.name(), Problems.reason(e));
    return Tally.NONE;
  }
}
