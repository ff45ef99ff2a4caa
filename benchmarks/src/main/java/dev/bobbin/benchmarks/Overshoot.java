package dev.bobbin.benchmarks;

import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.StoreUsage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * How much a store ever held at once while threads did nothing but put, as seen by each of them
 * after each put, and by a thread that does nothing but look.
 *
 * @param bytes the most bytes that were seen
 * @param entries the most entries that were seen
 */
record Overshoot(long bytes, long entries) {
  static Overshoot measure(BobStore store, StoreMix mix, int threads, int putsEach)
      throws Exception {
    LongAccumulator bytes = new LongAccumulator(Math::max, 0);
    LongAccumulator entries = new LongAccumulator(Math::max, 0);
    Runnable look =
        () -> {
          StoreUsage now = store.usage().orElseThrow();
          bytes.accumulate(now.bytes());
          entries.accumulate(now.entries());
        };
    AtomicBoolean ended = new AtomicBoolean();
    Thread watcher =
        new Thread(
            () -> {
              while (!ended.get()) {
                look.run();
              }
            },
            "watcher");
    watcher.setDaemon(true);
    watcher.start();
    try {
      AtOnce.run(
          threads,
          random -> {
            for (int i = 0; i < putsEach; i++) {
              store.put(mix.any(random));
              look.run();
            }
          });
    } finally {
      ended.set(true);
      watcher.join();
    }
    return new Overshoot(bytes.get(), entries.get());
  }
}
