package dev.bobbin.store.jsonfile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A timer that a test rings. */
final class ManualTimer implements Timer {
  /** A task that waits. */
  record Waiting(Duration delay, Runnable task) {}

  private final List<Waiting> waiting = new ArrayList<>();

  @Override
  public synchronized Runnable after(Duration delay, Runnable task) {
    Waiting entry = new Waiting(delay, task);
    waiting.add(entry);
    return () -> cancel(entry);
  }

  private synchronized void cancel(Waiting entry) {
    waiting.remove(entry);
  }

  synchronized List<Waiting> waiting() {
    return List.copyOf(waiting);
  }

  /** Runs the one task that waits, and gives how long it was to wait. */
  Duration ring() {
    Waiting next;
    synchronized (this) {
      if (waiting.size() != 1) {
        throw new AssertionError("one task at a time, not " + waiting);
      }
      next = waiting.remove(0);
    }
    next.task().run();
    return next.delay();
  }

  /** Runs tasks until the store rests. */
  void round() {
    ring();
    for (int i = 0; i < 10_000; i++) {
      if (waiting().isEmpty() || waiting().get(0).delay().compareTo(Upkeep.SHORTEST_REST) >= 0) {
        return;
      }
      ring();
    }
    throw new AssertionError("the round does not end");
  }
}
