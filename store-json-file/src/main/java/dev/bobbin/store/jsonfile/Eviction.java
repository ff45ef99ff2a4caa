package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.spi.StoreFullException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room by removing received items, about the oldest first: by the time of their files' last
 * modification, among those that the last census found to be the oldest. When none of them is left,
 * some thousand others are looked at, as the directory gives them, so that nobody has to look at
 * all files while a put waits. A file that has changed since is younger than it was and stays, as
 * does one that is damaged, or nothing of ours.
 *
 * <p>Nobody may have a turn at a name who makes room: that takes the turns of others, and two who
 * wait for each other would wait for ever.
 */
final class Eviction {
  private static final Logger LOG = LoggerFactory.getLogger(Eviction.class);

  /** Room can be taken by somebody else as soon as it is there. */
  private static final int ATTEMPTS = 100;

  private final CountedDirectory received;
  private final ItemNames keys;
  private final ItemReader reader;
  private final Turns turns;
  private final Quota quota;
  private final Deque<Oldest.Seen> candidates = new ArrayDeque<>();

  Eviction(CountedDirectory received, ItemNames keys, ItemReader reader, Turns turns, Quota quota) {
    this.received = received;
    this.keys = keys;
    this.reader = reader;
    this.turns = turns;
    this.quota = quota;
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
   * Evicts what is over the limits, a bounded number at a time.
   *
   * @return whether there is more to do
   */
  boolean trim(int most) throws IOException {
    for (int i = 0; i < most; i++) {
      if (quota.excess().equals(Tally.NONE) || evictOne().equals(Tally.NONE)) {
        return false;
      }
    }
    return true;
  }

  private Tally evictOne() throws IOException {
    for (int refills = 0; true; refills++) {
      for (Oldest.Seen next = candidate(); next != null; next = candidate()) {
        Tally gone = remove(next);
        if (!gone.equals(Tally.NONE)) {
          return gone;
        }
      }
      if (refills == 1) {
        return Tally.NONE;
      }
      refill();
    }
  }

  synchronized void replaceCandidates(List<Oldest.Seen> oldest) {
    candidates.clear();
    candidates.addAll(oldest);
  }

  private synchronized Oldest.@Nullable Seen candidate() {
    return candidates.poll();
  }

  private void refill() throws IOException {
    Oldest some = new Oldest();
    for (String name :
        DirectoryNames.some(received.files().path(), Oldest.MOST, this::isReceived)) {
      BasicFileAttributes attributes = CountedDirectory.attributes(received.file(name));
      if (attributes != null) {
        some.add(name, attributes.lastModifiedTime());
      }
    }
    replaceCandidates(some.inOrder());
  }

  private boolean isReceived(String name) {
    return keys.belongs(received.files(), name);
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
