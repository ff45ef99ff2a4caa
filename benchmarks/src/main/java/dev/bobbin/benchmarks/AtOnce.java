package dev.bobbin.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same by several threads at once, each with chance of its own. */
final class AtOnce {
  private AtOnce() {}

  interface Body {
    void run(SplittableRandom random) throws Exception;
  }

  /** Blocks until all have ended; fails when one has failed. */
  static void run(int threads, Body body) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        SplittableRandom random = new SplittableRandom(thread);
        running.add(
            executor.submit(
                () -> {
                  body.run(random);
                  return null;
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }
}
