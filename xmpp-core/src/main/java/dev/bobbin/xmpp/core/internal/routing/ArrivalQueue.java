package dev.bobbin.xmpp.core.internal.routing;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs tasks on the workers one after the other, in the order in which they were added.
 *
 * <p>Bounded by number and by weight; one that is heavier than all may be together is still taken
 * when nothing waits. The reader that adds never waits, since that would stop the answers that a
 * listener may be waiting for, and a listener that never returns would hold every later
 * connection's reader as well. Instead an adding past a bound drops all that waits, and tells the
 * reader by an exception to end its connection. What waits is dropped so that the next connection
 * finds room, while the one task that runs still comes before all that follow.
 */
final class ArrivalQueue {
  static final int MOST = 10_000;
  static final long MOST_WEIGHT = 16 * 1024 * 1024;

  private record Task(Runnable body, long weight) {}

  private final Executor workers;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Task> tasks = new ArrayDeque<>();
  private long waitingWeight;
  private boolean running;

  ArrivalQueue(Executor workers) {
    this.workers = workers;
  }

  /**
   * Adds a task.
   *
   * @param body what to run
   * @param weight about how many bytes it keeps in memory
   * @throws ConnectionException when there is no room; the connection has to end
   */
  void add(Runnable body, long weight) {
    lock.lock();
    try {
      if (tasks.size() >= MOST || !tasks.isEmpty() && waitingWeight + weight > MOST_WEIGHT) {
        throw overloaded();
      }
      tasks.add(new Task(body, weight));
      waitingWeight += weight;
      if (!running) {
        running = true;
        workers.execute(this::run);
      }
    } catch (RejectedExecutionException e) {
      // The runtime is closing; nobody listens any more.
      running = false;
      clear();
    } finally {
      lock.unlock();
    }
  }

  private ConnectionException overloaded() {
    String dropped = tasks.size() + " messages and presences of " + waitingWeight + " bytes";
    clear();
    return new ConnectionException(
        Reason.OVERLOADED,
        "The client's listeners are too slow: " + dropped + " waited for them and were dropped",
        null);
  }

  private void clear() {
    tasks.clear();
    waitingWeight = 0;
  }

  private void run() {
    while (true) {
      Task task;
      lock.lock();
      try {
        task = tasks.poll();
        if (task == null) {
          running = false;
          return;
        }
        waitingWeight -= task.weight();
      } finally {
        lock.unlock();
      }
      task.body().run();
    }
  }
}
