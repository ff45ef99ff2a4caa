package dev.bobbin.store.jsonfile;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What a store does in the background, in steps of which one runs at a time: it goes through its
 * directories, evicts what is over the limits, and rests.
 *
 * <p>A step looks at {@value #MOST_FILES} files, or reads the names of one directory. Between two
 * steps it pauses for four times as long as the step took, and after a round it rests for
 * ninety-nine times as long as the round's steps took, ten minutes at least. So it takes a fifth of
 * one thread at most, and a hundredth in the long run, however large the store is and however slow
 * the disk; a large store is gone through less often.
 *
 * <h2>Concurrency</h2>
 *
 * <p>There is no thread of its own: a timer wakes it, which hands over to the executor at once. It
 * is set again before that, should the executor refuse or drop the task; a step that does run takes
 * that back. The timer holds it weakly, so that a store which is forgotten without being closed is
 * no more held by that. Closing takes the timer's task back, and waits for a step that is under
 * way, which ends after the file that it is at; but only for a second, should the disk hang.
 * Nothing is open between two steps.
 */
final class Upkeep {
  static final int MOST_FILES = 500;

  /** As many are counted while a store is opened. */
  static final int FEW_FILES = 1000;

  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
  static final Duration SHORTEST_REST = Duration.ofMinutes(10);

  private static final int PAUSE_FACTOR = 4;
  private static final int REST_FACTOR = 99;

  private final Path place;
  private final DirectoryWalk hosted;
  private final DirectoryWalk received;
  private final Eviction eviction;
  private final KeyListing listing;
  private final Background background;
  private final Consumer<String> warn;
  private final ReentrantLock running = new ReentrantLock();
  private Phase phase = Phase.HOSTED;
  private Duration worked = Duration.ZERO;
  private Duration restLeft = Duration.ZERO;
  private volatile Runnable alarm = () -> {};
  private volatile boolean closed;

  /** What a step is about. */
  private enum Phase {
    HOSTED,
    RECEIVED,
    TRIMMING
  }

  /**
   * Where the steps run.
   *
   * @param timer wakes it
   * @param executor runs what blocks, or is as good as the timer's thread: then that does
   */
  record Background(Timer timer, Executor executor) {
    /** For a store that is looked at by tests. */
    static final Background NONE = new Background(Timer.STOPPED, Runnable::run);
  }

  Upkeep(
      Path place,
      DirectoryWalk hosted,
      DirectoryWalk received,
      Eviction eviction,
      KeyListing listing,
      Background background,
      Consumer<String> warn) {
    this.place = place;
    this.hosted = hosted;
    this.received = received;
    this.eviction = eviction;
    this.listing = listing;
    this.background = background;
    this.warn = warn;
  }

  /** Counts what is quickly counted, and begins. */
  void begin() throws IOException {
    hosted.countAtOnce(FEW_FILES);
    received.countAtOnce(FEW_FILES);
    eviction.begin(received.oldest());
    running.lock();
    try {
      schedule(FIRST);
    } finally {
      running.unlock();
    }
  }

  /** To be called with the lock. */
  private void schedule(Duration delay) {
    Duration next = delay.compareTo(SHORTEST_REST) > 0 ? SHORTEST_REST : delay;
    restLeft = delay.minus(next);
    WeakReference<Upkeep> self = new WeakReference<>(this);
    alarm = background.timer().after(next, () -> wake(self));
  }

  private static void wake(WeakReference<Upkeep> self) {
    Upkeep upkeep = self.get();
    if (upkeep == null) {
      return;
    }
    upkeep.setAlarmAgain(self);
    try {
      upkeep.background.executor().execute(() -> run(self));
    } catch (RuntimeException e) {
      upkeep.warn.accept(
          "The executor takes no work in the background for the store in "
              + upkeep.place
              + ": "
              + Problems.reason(e)
              + ". It is tried again in ten minutes; close the store before its executor"
              + " (docs/errors.md#store-background)");
    }
  }

  /** What is left of a rest stays as it is: nothing is done yet. */
  private void setAlarmAgain(WeakReference<Upkeep> self) {
    running.lock();
    try {
      if (!closed) {
        alarm = background.timer().after(SHORTEST_REST, () -> wake(self));
      }
    } finally {
      running.unlock();
    }
  }

  private static void run(WeakReference<Upkeep> self) {
    Upkeep upkeep = self.get();
    if (upkeep != null) {
      upkeep.run();
    }
  }

  private void run() {
    running.lock();
    try {
      alarm.run();
      if (closed) {
        return;
      }
      Duration pause = SHORTEST_REST;
      try {
        listing.forgetUnused();
        pause = restLeft.isZero() ? step() : restLeft;
      } catch (InterruptedIOException e) {
        phase = Phase.HOSTED;
      } catch (IOException | RuntimeException e) {
        phase = Phase.HOSTED;
        warn.accept(
            "Could not look through all of "
                + place
                + " for what has expired and how much is there: "
                + Problems.reason(e)
                + ". It is tried again in ten minutes");
      } finally {
        if (!closed) {
          schedule(pause);
        }
      }
    } finally {
      running.unlock();
    }
  }

  private Duration step() throws IOException {
    long begun = System.nanoTime();
    boolean over = false;
    switch (phase) {
      case HOSTED -> {
        if (!hosted.step(MOST_FILES, this::isClosed)) {
          phase = Phase.RECEIVED;
        }
      }
      case RECEIVED -> {
        if (!received.step(MOST_FILES, this::isClosed)) {
          eviction.begin(received.oldest());
          phase = Phase.TRIMMING;
        }
      }
      case TRIMMING -> {
        over = !eviction.trim(MOST_FILES, this::isClosed);
        if (over) {
          phase = Phase.HOSTED;
        }
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    worked = worked.plus(took);
    Duration pause = over ? rest(worked) : pause(took);
    if (over) {
      worked = Duration.ZERO;
    }
    return pause;
  }

  static Duration pause(Duration step) {
    return longer(SHORTEST_PAUSE, step.multipliedBy(PAUSE_FACTOR));
  }

  static Duration rest(Duration round) {
    return longer(SHORTEST_REST, round.multipliedBy(REST_FACTOR));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private boolean isClosed() {
    return closed;
  }

  /** Idempotent. A thread that is interrupted does not wait, and stays interrupted. */
  void close() {
    closed = true;
    boolean ours = false;
    try {
      ours = running.tryLock(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      alarm.run();
      if (ours) {
        running.unlock();
      }
    }
  }
}
