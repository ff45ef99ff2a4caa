package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells by the store's clock what has expired, and removes it. */
final class Expiry {
  private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);

  private final InstantSource clock;
  private final ItemReader reader;
  private final RawNames raw;
  private final Turns turns;

  Expiry(InstantSource clock, ItemReader reader, RawNames raw, Turns turns) {
    this.clock = clock;
    this.reader = reader;
    this.raw = raw;
    this.turns = turns;
  }

  InstantSource clock() {
    return clock;
  }

  boolean isPast(StoredBob item) {
    return item.isExpiredAt(clock.instant());
  }

  /** Nothing where it has expired. */
  Optional<StoredBob> unexpired(Optional<StoredBob> item) {
    return item.filter(found -> !isPast(found));
  }

  /**
   * Which of the two files of a key counts: ours, or what a Python program has put under the raw
   * name. That does where nothing whole is ours, and where ours has expired and is the older one.
   *
   * @param ours what was found in our file
   * @return whether Python's counts, be it there or not
   */
  boolean givesWay(Optional<StoredBob> ours, BobKey key, Path file) throws IOException {
    return ours.isEmpty() || (isPast(ours.get()) && raw.isNewer(key, file));
  }

  /**
   * Removes an item unless it has not expired at this moment, after all. It is looked at in its
   * place first: moved aside, it would be missed by others.
   *
   * <p>What a Python program had put before it goes first, and nothing is removed if that fails.
   * Who wants to know what is there then has to look: it may have been somebody else who removed
   * it.
   */
  void remove(CountedDirectory place, String name, BobKey key) throws NotPutBackException {
    Lock turn = turns.of(name);
    turn.lock();
    try {
      Path file = place.file(name);
      if (!hasExpired(file, key)) {
        return;
      }
      if (!raw.isNewer(key, file)) {
        raw.remove(key);
      }
      place.removeIf(name, held -> hasExpired(held, key));
    } catch (NotPutBackException e) {
      throw e;
    } catch (IOException e) {
      LOG.debug("{} has expired and is still there: {}", name, Problems.reason(e));
    } finally {
      turn.unlock();
    }
  }

  private boolean hasExpired(Path file, BobKey key) throws IOException {
    return reader.itemAtOnce(file, key).filter(this::isPast).isPresent();
  }
}
