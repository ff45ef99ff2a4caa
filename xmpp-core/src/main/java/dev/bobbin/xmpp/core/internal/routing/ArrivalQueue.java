package dev.bobbin.xmpp.core.internal.routing;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs tasks on the workers one after the other, in the order in which they were added.
 *
 * <p>Bounded: the reader that adds to a full queue waits, so that a server that sends faster than
 * listeners take is slowed down by TCP. A listener that waits for an answer meanwhile waits until
 * its time-out, which then makes room.
 */
final class ArrivalQueue {
  static final int MOST = 1024;

  private final Executor workers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private boolean running;

  ArrivalQueue(Executor workers) {
    this.workers = workers;
  }

  void add(Runnable task) {
    lock.lock();
    try {
      while (tasks.size() >= MOST) {
        room.awaitUninterruptibly();
      }
      tasks.add(task);
      if (!running) {
        running = true;
        workers.execute(this::run);
      }
    } catch (RejectedExecutionException e) {
      // The runtime is closing; nobody listens any more.
      running = false;
      tasks.clear();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (true) {
      Runnable task;
      lock.lock();
      try {
        task = tasks.poll();
        if (task == null) {
          running = false;
          return;
        }
        room.signal();
      } finally {
        lock.unlock();
      }
      task.run();
    }
  }
}
