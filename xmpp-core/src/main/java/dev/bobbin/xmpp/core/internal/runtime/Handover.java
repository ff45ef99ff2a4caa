package dev.bobbin.xmpp.core.internal.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Hands a task to the workers; after those have ended it still runs, here. */
public final class Handover {
  private Handover() {}

  /**
   * Runs a task on the workers, or here when they take none any more.
   *
   * @param workers the workers
   * @param task the task
   */
  public static void to(Executor workers, Runnable task) {
    try {
      workers.execute(task);
    } catch (RejectedExecutionException e) {
      // The runtime is closing: whoever waits for this must not wait for ever.
      task.run();
    }
  }
}
