package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.bob.spi.StoreFullException;
import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes room by removing received items, about the oldest first: by the time of their files' last
 * modification, as {@link EvictionCandidates} has them: a put looks at some thousands, so that it
 * does not wait for all files to be looked at. A file that has changed since is younger than it was
 * and stays, as does one that is damaged, or nothing of ours, or in the place of what is being put.
 *
 * <p>Files are chosen before the first one goes, so that a change for which not enough can be
 * evicted costs nobody an item ({@link EvictionChoice}). An evicted file goes in one step, which is
 * not forced: it has no hidden name from which it could come back when its key has been put and
 * deleted since. What another process puts between the last look and that step goes in its stead.
 *
 * <h2>Concurrency</h2>
 *
 * <p>One thread at a time chooses and evicts, under the lock {@code choosing}, which it may hold
 * while it reads names and files. So whoever looks for room finds all that may be evicted, but for
 * what others are just putting; and what a choice has taken and not evicted is back before the next
 * one begins, whatever has ended it. Only those wait who need room that is not there: what a put
 * notes of itself it notes under another lock, and quota and count have theirs, all held for no
 * I/O.
 *
 * <p>The change itself is made without the lock, or a full store would force one file at a time to
 * the disk. So others may take the room that was made; then more is made. And room may have been
 * made by others while this thread waited for the lock: so it is refused only if nothing was
 * evicted since it last found none.
 *
 * <p>The locks are taken in this order: choosing; the turn at one name; the others. Nobody may have
 * a turn who makes room: it takes the turns of others, and two who wait for each other would wait
 * for ever.
 */
final class Eviction {
  /** Room can be taken by somebody else as soon as it is there. */
  private static final int ATTEMPTS = 100;

  private final CountedDirectory received;
  private final ItemReader reader;
  private final Turns turns;
  private final Quota quota;
  private final EvictionCandidates candidates;
  private final Lock choosing = new ReentrantLock();

  Eviction(CountedDirectory received, ItemNames keys, ItemReader reader, Turns turns, Quota quota) {
    this.received = received;
    this.reader = reader;
    this.turns = turns;
    this.quota = quota;
    this.candidates = new EvictionCandidates(received.files(), keys);
  }

  /** Begins anew with the oldest that a census has found. */
  void begin(List<Oldest.Seen> oldest) {
    choosing.lock();
    try {
      candidates.begin(oldest);
    } finally {
      choosing.unlock();
    }
  }

  /** A file was put. */
  void put(CountedDirectory place, String name) {
    if (place == received) {
      candidates.last(name);
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
   * @throws IOException when what might be evicted cannot be looked at, or removed
   */
  boolean makingRoom(String name, Change change) throws IOException {
    Tally evicted = Tally.NONE;
    for (int attempt = 1; true; attempt++) {
      long seen = quota.evictions();
      try {
        return change.make(evicted);
      } catch (NoRoomException e) {
        Tally gone = attempt == ATTEMPTS ? null : makeRoom(e.lacking(), name, seen);
        if (gone == null) {
          throw new StoreFullException(String.valueOf(e.getMessage()));
        }
        evicted = evicted.plus(gone);
      }
    }
  }

  /**
   * Evicts files that come to so much together, or none.
   *
   * @param seen how many were evicted when there was no room
   * @return what has gone, by now maybe something of others'; null when there is no room to be made
   */
  private @Nullable Tally makeRoom(Tally lacking, String spared, long seen) throws IOException {
    choosing.lock();
    try (EvictionChoice choice = choice()) {
      if (choice.choose(lacking, spared)) {
        Tally gone = choice.evict();
        if (gone.equals(Tally.NONE)) {
          choice.throwFault();
        }
        return gone;
      }
      if (quota.evictions() != seen) {
        return Tally.NONE;
      }
      choice.throwFault();
      return null;
    } finally {
      choosing.unlock();
    }
  }

  private EvictionChoice choice() {
    return new EvictionChoice(candidates, received, reader, this::evict);
  }

  /**
   * Evicts what is over the limits, looking at a bounded number of files at a time. What cannot be
   * evicted since the disk fails is left to the next round.
   *
   * @param stopped is asked after each
   * @return whether there is more to do
   */
  boolean trim(int most, BooleanSupplier stopped) throws IOException {
    choosing.lock();
    try (EvictionChoice choice = choice()) {
      int failed = 0;
      for (int i = 0; i < most && !stopped.getAsBoolean(); i++) {
        if (quota.excess().equals(Tally.NONE)) {
          return false;
        }
        Oldest.Seen next = candidates.next();
        if (next == null) {
          if (!choice.refill(stopped)) {
            return false;
          }
        } else if (!choice.evict(next)) {
          failed++;
        }
      }
      return failed < most;
    } finally {
      choosing.unlock();
    }
  }

  /** Evicts a file in its turn; nothing goes when it has changed meanwhile. */
  private Tally evict(Oldest.Seen seen) throws IOException {
    Lock turn = turns.of(seen.name());
    turn.lock();
    try {
      BasicFileAttributes attributes = CountedDirectory.regular(received.file(seen.name()));
      if (!seen.isStill(attributes)) {
        return Tally.NONE;
      }
      Tally gone = received.evict(seen.name());
      quota.evicted();
      return gone;
    } finally {
      turn.unlock();
    }
  }
}
