package dev.bobbin.xmpp.bob.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Runs one body on many threads that begin together. */
final class Threads {
  private Threads() {}

  /** What each thread does. */
  @FunctionalInterface
  interface Body {
    void run(int thread) throws Exception;
  }

  /** Returns once all have ended; throws at once what the first failing one threw. */
  static void run(int threads, Duration patience, Body body) throws Exception {
    CountDownLatch begin = new CountDownLatch(threads);
    BlockingQueue<Future<Void>> ended = new LinkedBlockingQueue<>();
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      FutureTask<Void> task =
          new FutureTask<>(
              () -> {
                begin.countDown();
                begin.await();
                body.run(number);
                return null;
              }) {
            @Override
            protected void done() {
              ended.add(this);
            }
          };
      // A store that hangs must not keep the process alive.
      Thread thread = new Thread(task, "store-contract-" + i);
      thread.setDaemon(true);
      running.add(thread);
    }
    running.forEach(Thread::start);
    try {
      long end = System.nanoTime() + patience.toNanos();
      for (int i = 0; i < threads; i++) {
        Future<Void> each = ended.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (each == null) {
          throw hanging(running, patience);
        }
        each.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    } finally {
      running.forEach(Thread::interrupt);
    }
  }

  /** Shows where one of them is. */
  private static AssertionError hanging(List<Thread> running, Duration patience) {
    AssertionError problem =
        new AssertionError("a call has not ended within " + patience.toSeconds() + " s");
    running.stream()
        .filter(Thread::isAlive)
        .findFirst()
        .ifPresent(thread -> problem.setStackTrace(thread.getStackTrace()));
    return problem;
  }
}
