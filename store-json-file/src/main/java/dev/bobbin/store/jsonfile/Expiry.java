package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.locks.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells by the store's clock what has expired, and removes it. */
final class Expiry {
  private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);

  private final InstantSource clock;
  private final ItemReader reader;
  private final Turns turns;

  Expiry(InstantSource clock, ItemReader reader, Turns turns) {
    this.clock = clock;
    this.reader = reader;
    this.turns = turns;
  }

  InstantSource clock() {
    return clock;
  }

  boolean isPast(StoredBob item) {
    return item.isExpiredAt(clock.instant());
  }

  /** Removes an item unless it has not expired at this moment, after all. */
  void remove(CountedDirectory place, String name, BobKey key) throws NotPutBackException {
    Lock turn = turns.of(name);
    turn.lock();
    try {
      place.removeIf(name, file -> reader.itemAtOnce(file, key).filter(this::isPast).isPresent());
    } catch (NotPutBackException e) {
      throw e;
    } catch (IOException e) {
      LOG.debug("{} has expired and is still there: {}", name, Problems.reason(e));
    } finally {
      turn.unlock();
    }
  }
}
