package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.ConnectionState;
import dev.bobbin.xmpp.core.internal.connection.ConnectionStates.Lifecycle;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows a login, tells where it stands, and ends one that takes too long, step by step and as a
 * whole: it closes what is open, since nothing else wakes a thread that reads or writes a socket.
 * While there may be other servers to try, a step that takes too long ends the one that is tried,
 * and not the login. Guarded by its own monitor, which is held for no I/O.
 *
 * <p>A timer cannot be stopped once it runs. So each has the number of its step, and does nothing
 * when another has begun or the server was left; what it closes is taken in the same go.
 */
final class Watchdog implements AutoCloseable {
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final int WHOLE = -1;

  private final ScheduledExecutorService timer;
  private final Duration stepTimeout;
  private final Lifecycle life;
  private final Consumer<ConnectionException> onEnd;
  private final Future<?> whole;
  private String step = "starting";
  private int steps;
  private @Nullable Future<?> stepTimer;
  private List<Closeable> guarded = new ArrayList<>();
  private final List<ConnectionException> failed = new ArrayList<>();
  private boolean trying;
  private @Nullable ConnectionException targetEnded;
  private @Nullable ConnectionException ended;
  private boolean done;

  /** What is said last to a server that is being left. */
  @FunctionalInterface
  interface LastWord {
    void say() throws IOException;
  }

  Watchdog(
      ScheduledExecutorService timer,
      Duration stepTimeout,
      Duration loginTimeout,
      Lifecycle life,
      Consumer<ConnectionException> onEnd) {
    this.timer = timer;
    this.stepTimeout = stepTimeout;
    this.life = life;
    this.onEnd = onEnd;
    this.whole =
        timer.schedule(
            () -> expire(loginTimeout, WHOLE), loginTimeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What to close besides from now on; several may be open at a time. */
  void guard(Closeable opened) throws ConnectionException {
    ConnectionException end;
    synchronized (this) {
      end = end();
      if (end == null) {
        guarded.add(opened);
      }
    }
    if (end != null) {
      close(List.of(opened));
      throw end;
    }
  }

  private synchronized @Nullable ConnectionException end() {
    return ended == null ? targetEnded : ended;
  }

  /** Begins with a server that is not the only one perhaps. Throws when the login was ended. */
  synchronized void beginTarget() throws ConnectionException {
    if (ended != null) {
      throw ended;
    }
    trying = true;
    targetEnded = null;
  }

  /**
   * Is done with a server that cannot be used, and closes what was open.
   *
   * @return why it failed: that it took too long, if it did; otherwise what is given
   */
  ConnectionException leaveTarget(ConnectionException failure) {
    ConnectionException why;
    synchronized (this) {
      disarm();
      trying = false;
      why = targetEnded == null ? failure : targetEnded;
      targetEnded = null;
      failed.add(why);
    }
    discard();
    return why;
  }

  /** Stays with a server: from now on a step that takes too long ends the login. */
  synchronized void keepTarget() throws ConnectionException {
    trying = false;
    ConnectionException end = end();
    if (end != null) {
      throw end;
    }
  }

  /** Tells that the login got to another state, or has to go back to one. */
  void enter(ConnectionState state, String reason) {
    life.move(state, reason);
  }

  /** Tells that the server tried before cannot be used, and that the login goes on elsewhere. */
  void retry(String reason, ConnectionException failure) {
    life.retry(reason, failure);
  }

  /** Begins a step; the one before has ended. Throws when the login was ended. */
  void step(String name) throws ConnectionException {
    step(name, stepTimeout);
  }

  /** Begins a step that may take another time than most. */
  synchronized void step(String name, Duration timeout) throws ConnectionException {
    ConnectionException end = end();
    if (end != null) {
      throw end;
    }
    step = name;
    arm(timeout, number -> expire(timeout, number));
  }

  /**
   * Has something said to a server that is being left, if it still listens. When that takes longer
   * than a moment, what is open is closed under it; how the login fails is not changed by it.
   */
  void lastWord(LastWord word) {
    lastWord(word, MOMENT);
  }

  /** With a moment of another length. */
  void lastWord(LastWord word, Duration moment) {
    try {
      arm(moment, this::cutShort);
      word.say();
    } catch (IOException | RejectedExecutionException e) {
      // It is being left anyway.
    } finally {
      disarm();
    }
  }

  private synchronized void arm(Duration timeout, IntConsumer expired) {
    disarm();
    int number = steps;
    if (!done) {
      stepTimer =
          timer.schedule(() -> expired.accept(number), timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void disarm() {
    steps++;
    if (stepTimer != null) {
      stepTimer.cancel(false);
    }
  }

  private void cutShort(int number) {
    List<Closeable> open;
    synchronized (this) {
      open = number == steps ? takeGuarded() : List.of();
    }
    close(open);
  }

  private void expire(Duration timeout, int number) {
    ConnectionException late;
    boolean onlyTarget;
    List<Closeable> open;
    synchronized (this) {
      if (done || ended != null || (number != WHOLE && number != steps)) {
        return;
      }
      onlyTarget = number != WHOLE && trying;
      late =
          new ConnectionException(
              Reason.TIMED_OUT,
              "Timed out after "
                  + timeout.toMillis()
                  + " ms while "
                  + step
                  + " (docs/errors.md#timed-out)",
              null);
      failed.forEach(late::addSuppressed);
      if (onlyTarget) {
        targetEnded = late;
      } else {
        ended = late;
      }
      open = takeGuarded();
    }
    close(open);
    if (!onlyTarget) {
      onEnd.accept(late);
    }
  }

  /** Ends the login for a reason; the first reason stays. */
  void end(ConnectionException reason) {
    List<Closeable> open;
    synchronized (this) {
      if (done || ended != null) {
        return;
      }
      ended = reason;
      open = takeGuarded();
    }
    close(open);
    onEnd.accept(reason);
  }

  /** Why the login was ended; null when it was not. */
  synchronized @Nullable ConnectionException ended() {
    return ended;
  }

  /** Closes what a login, or one server of it, has open. */
  void discard() {
    close(takeGuarded());
  }

  private synchronized List<Closeable> takeGuarded() {
    List<Closeable> open = guarded;
    guarded = new ArrayList<>();
    return open;
  }

  /** The login is over, well or not: nothing expires any more. */
  @Override
  public synchronized void close() {
    done = true;
    whole.cancel(false);
    if (stepTimer != null) {
      stepTimer.cancel(false);
    }
  }

  private static void close(List<Closeable> open) {
    for (Closeable each : open) {
      try {
        each.close();
      } catch (IOException e) {
        // It is being thrown away.
      }
    }
  }
}
