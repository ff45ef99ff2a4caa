package dev.bobbin.xmpp.bob.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs one body on many threads that begin together. */
final class Threads {
  private static final int LONGEST_SECONDS = 60;

  private Threads() {}

  /** What each thread does. */
  @FunctionalInterface
  interface Body {
    void run(int thread) throws Exception;
  }

  /** Returns once all have ended; throws what the first failing one threw. */
  static void run(int threads, Body body) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch begin = new CountDownLatch(threads);
      List<Future<Void>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        Callable<Void> task =
            () -> {
              begin.countDown();
              begin.await();
              body.run(thread);
              return null;
            };
        running.add(executor.submit(task));
      }
      for (Future<Void> each : running) {
        each.get(LONGEST_SECONDS, TimeUnit.SECONDS);
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    } finally {
      executor.shutdownNow();
    }
  }
}
