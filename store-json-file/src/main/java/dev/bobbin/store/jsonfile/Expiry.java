package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
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

  /**
   * Removes an item unless it has not expired at this moment, after all. It is looked at in its
   * place first: moved aside, it would be missed by others.
   *
   * @return whether it was removed; then also what a Python program had put before it
   */
  boolean remove(CountedDirectory place, String name, BobKey key) throws NotPutBackException {
    Lock turn = turns.of(name);
    turn.lock();
    try {
      Path file = place.file(name);
      if (!hasExpired(file, key)) {
        return false;
      }
      // First, or a failure in between would bring it back.
      raw.removeOlder(key, file);
      return place.removeIf(name, held -> hasExpired(held, key));
    } catch (NotPutBackException e) {
      throw e;
    } catch (IOException e) {
      LOG.debug("{} has expired and is still there: {}", name, Problems.reason(e));
      return false;
    } finally {
      turn.unlock();
    }
  }

  private boolean hasExpired(Path file, BobKey key) throws IOException {
    return reader.itemAtOnce(file, key).filter(this::isPast).isPresent();
  }
}
