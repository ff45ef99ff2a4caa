package dev.bobbin.store.jsonfile;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Has tasks run later. */
@FunctionalInterface
interface Timer {
  /** The JDK's own, on whose thread nothing of ours runs: tasks are handed to its common pool. */
  Timer OF_THE_JDK =
      (delay, task) -> {
        CompletableFuture<Void> time = new CompletableFuture<>();
        time.thenRunAsync(task);
        time.completeOnTimeout(null, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> time.cancel(false);
      };

  /** Nothing ever runs. */
  Timer STOPPED = (delay, task) -> () -> {};

  /**
   * Has a task run once, after a while.
   *
   * @return takes it back, if it has not begun
   */
  Runnable after(Duration delay, Runnable task);
}
