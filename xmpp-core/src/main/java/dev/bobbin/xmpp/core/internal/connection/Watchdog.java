package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.ConnectionState;
import dev.bobbin.xmpp.core.internal.connection.ConnectionStates.Lifecycle;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows a login, tells where it stands, and ends one that takes too long, step by step and as a
 * whole: it closes the socket, since nothing else wakes a thread that reads or writes one. Guarded
 * by its own monitor, which is held for no I/O. A step's timer that fires when the next step has
 * begun does nothing.
 */
final class Watchdog implements AutoCloseable {
  private final ScheduledExecutorService timer;
  private final Duration stepTimeout;
  private final Lifecycle life;
  private final Consumer<ConnectionException> onEnd;
  private final Future<?> whole;
  private String step = "starting";
  private int steps;
  private @Nullable Future<?> stepTimer;
  private @Nullable Socket socket;
  private @Nullable ConnectionException ended;
  private boolean done;

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
            () -> expire(loginTimeout, -1), loginTimeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Which socket to close from now on. */
  void guard(Socket opened) throws ConnectionException {
    ConnectionException end;
    synchronized (this) {
      socket = opened;
      end = ended;
    }
    if (end != null) {
      close(opened);
      throw end;
    }
  }

  /** Tells that the login got to another state, or has to go back to one. */
  void enter(ConnectionState state, String reason) {
    life.move(state, reason);
  }

  /** Begins a step; the one before has ended. Throws when the login was ended. */
  void step(String name) throws ConnectionException {
    step(name, stepTimeout);
  }

  /** Begins a step that may take another time than most. */
  synchronized void step(String name, Duration timeout) throws ConnectionException {
    if (ended != null) {
      throw ended;
    }
    step = name;
    steps++;
    int number = steps;
    if (stepTimer != null) {
      stepTimer.cancel(false);
    }
    if (!done) {
      stepTimer =
          timer.schedule(() -> expire(timeout, number), timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void expire(Duration timeout, int number) {
    ConnectionException late;
    synchronized (this) {
      if (number >= 0 && number != steps) {
        return;
      }
      late =
          new ConnectionException(
              Reason.TIMED_OUT,
              "Timed out after "
                  + timeout.toMillis()
                  + " ms while "
                  + step
                  + " (docs/errors.md#timed-out)",
              null);
    }
    end(late);
  }

  /** Ends the login for a reason; the first reason stays. */
  void end(ConnectionException reason) {
    synchronized (this) {
      if (done || ended != null) {
        return;
      }
      ended = reason;
    }
    discard();
    onEnd.accept(reason);
  }

  /** Why the login was ended; null when it was not. */
  synchronized @Nullable ConnectionException ended() {
    return ended;
  }

  /** Closes the socket of a login that failed. */
  void discard() {
    Socket open;
    synchronized (this) {
      open = socket;
    }
    if (open != null) {
      close(open);
    }
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

  private static void close(Socket open) {
    try {
      open.close();
    } catch (IOException e) {
      // It is being thrown away.
    }
  }
}
