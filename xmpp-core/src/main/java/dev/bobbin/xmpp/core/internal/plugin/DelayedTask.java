package dev.bobbin.xmpp.core.internal.plugin;

import dev.bobbin.xmpp.api.registry.Registration;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that a plugin wants done later. Whoever sets {@code over} first, the task that begins
 * or the one who calls it off, decides whether it is done.
 */
final class DelayedTask implements Registration {
  private static final Logger LOG = LoggerFactory.getLogger(DelayedTask.class);

  private static final Duration LONGEST = Duration.ofDays(1000);

  private final String plugin;
  private final Runnable task;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile @Nullable Future<?> waiting;

  DelayedTask(String plugin, Runnable task) {
    this.plugin = plugin;
    this.task = task;
  }

  /**
   * Begins to wait.
   *
   * @param kept is closed when the task begins, so that nobody keeps what is over
   */
  void start(ScheduledExecutorService timer, Duration delay, Executor workers, Registration kept) {
    try {
      waiting = timer.schedule(() -> handOver(workers, kept), nanos(delay), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The runtime is closing: there is no later.
      kept.close();
    }
    if (over.get()) {
      cancel();
    }
  }

  /** What would overflow is cut. */
  private static long nanos(Duration delay) {
    if (delay.isNegative()) {
      return 0;
    }
    return (delay.compareTo(LONGEST) > 0 ? LONGEST : delay).toNanos();
  }

  private void handOver(Executor workers, Registration kept) {
    try {
      workers.execute(() -> run(kept));
    } catch (RejectedExecutionException e) {
      kept.close();
    }
  }

  private void run(Registration kept) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    kept.close();
    try {
      task.run();
    } catch (Throwable e) {
      LOG.warn("What the plugin '{}' wanted done later failed", plugin, e);
    }
  }

  @Override
  public void close() {
    over.set(true);
    cancel();
  }

  private void cancel() {
    Future<?> present = waiting;
    if (present != null) {
      present.cancel(false);
    }
  }
}
