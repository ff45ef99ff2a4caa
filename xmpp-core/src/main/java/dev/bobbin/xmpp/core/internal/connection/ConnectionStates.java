package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionState;
import dev.bobbin.xmpp.api.StateChange;
import dev.bobbin.xmpp.api.registry.Registration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of a client's connection, and who is told of its changes.
 *
 * <p>Whoever changes the state holds the {@link Lifecycle} of one connection, from the first
 * look-up to the end. There is one at a time: {@link #begin} refuses while another goes on, and a
 * lifecycle that has ended changes nothing more, so that what comes late from an attempt that was
 * given up (a reader that still runs, a timer) cannot disturb the next. A lifecycle ends once, and
 * the reason of whoever ends it first is the one that everybody is given.
 *
 * <p>One lock guards the state, the list of listeners and their queues. A change is made and put
 * into the queue of each listener in one go, so all listeners see the same changes in the same
 * order. The lock is held for no listener and no I/O.
 *
 * <p>Each listener has its own queue, which at most one task on the workers drains: it is called in
 * order and never twice at once, and one that blocks keeps nobody waiting. A queue is bounded; a
 * listener that would pass the bound is told no more rather than told with gaps. Once the workers
 * take no task, the runtime was closed, and nobody is told anything.
 */
public final class ConnectionStates {
  /** Some 150 logins; who has not looked for that long is not going to. */
  static final int MOST_WAITING = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionStates.class);

  private final Executor workers;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Told> listeners = new ArrayList<>();
  private @Nullable Lifecycle current;
  private volatile ConnectionState state = ConnectionState.DISCONNECTED;

  /**
   * Begins disconnected.
   *
   * @param workers where listeners are called
   */
  public ConnectionStates(Executor workers) {
    this.workers = workers;
  }

  /**
   * The present state.
   *
   * @return the state
   */
  public ConnectionState state() {
    return state;
  }

  /**
   * Adds a listener.
   *
   * @param listener is told of each change from now on
   * @return takes it away
   */
  public Registration onChange(Consumer<StateChange> listener) {
    Told told = new Told(listener);
    lock.lock();
    try {
      listeners.add(told);
    } finally {
      lock.unlock();
    }
    return () -> remove(told);
  }

  private void remove(Told told) {
    lock.lock();
    try {
      listeners.remove(told);
      told.waiting.clear();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Begins a connection's life.
   *
   * @param reason said of the change to {@link ConnectionState#CONNECTING}
   * @return the lifecycle
   * @throws IllegalStateException when another goes on
   */
  Lifecycle begin(String reason) {
    lock.lock();
    try {
      if (current != null) {
        throw new IllegalStateException("The client is connected or connecting already");
      }
      Lifecycle life = new Lifecycle();
      current = life;
      change(ConnectionState.CONNECTING, reason, null);
      return life;
    } finally {
      lock.unlock();
    }
  }

  /** Called with the lock held. */
  private void change(ConnectionState to, String reason, @Nullable ConnectionException failure) {
    StateChange change = new StateChange(state, to, reason, Optional.ofNullable(failure));
    state = to;
    for (Told told : List.copyOf(listeners)) {
      told.add(change);
    }
  }

  /** One connection, from the first look-up to its end. Safe for use by several threads. */
  final class Lifecycle {
    private boolean ended;
    private @Nullable ConnectionException failure;

    private Lifecycle() {}

    /** Goes to another state, unless it is there, or has ended. */
    void move(ConnectionState to, String reason) {
      move(to, reason, null);
    }

    /** Goes back to {@link ConnectionState#CONNECTING}, also from there, because of a failure. */
    void retry(String reason, ConnectionException failure) {
      move(ConnectionState.CONNECTING, reason, failure);
    }

    /**
     * Goes to {@link ConnectionState#CONNECTED}, unless it has ended; what is given is done in the
     * same go, so that neither an end nor the next connection can come between. It runs with the
     * lock held.
     *
     * @return whether it did
     */
    boolean connect(String reason, Runnable first) {
      lock.lock();
      try {
        if (ended) {
          return false;
        }
        first.run();
        change(ConnectionState.CONNECTED, reason, null);
        return true;
      } finally {
        lock.unlock();
      }
    }

    /** Begins to close, in good order or because of a failure. */
    void closing(String reason, @Nullable ConnectionException cause) {
      move(ConnectionState.CLOSING, reason, cause);
    }

    private void move(ConnectionState to, String reason, @Nullable ConnectionException cause) {
      lock.lock();
      try {
        boolean isNew = to != state || to == ConnectionState.CONNECTING;
        if (!ended && isNew) {
          change(to, reason, cause);
        }
      } finally {
        lock.unlock();
      }
    }

    /**
     * Ends in good order, unless it has ended.
     *
     * @return why it ended in the end; null when that was in good order
     */
    @Nullable ConnectionException end(String reason) {
      return end(reason, null);
    }

    /**
     * Ends by a failure, unless it has ended.
     *
     * @return why it ended in the end; null when that was in good order
     */
    @Nullable ConnectionException fail(ConnectionException reason) {
      return end(String.valueOf(reason.getMessage()), reason);
    }

    /**
     * Ends by a failure, unless it got as far as being connected, or has ended.
     *
     * @return whether it has ended, now or before
     */
    boolean failUnlessConnected(ConnectionException reason) {
      lock.lock();
      try {
        if (!ended && (state == ConnectionState.CONNECTED || state == ConnectionState.CLOSING)) {
          return false;
        }
        fail(reason);
        return true;
      } finally {
        lock.unlock();
      }
    }

    private @Nullable ConnectionException end(String reason, @Nullable ConnectionException cause) {
      lock.lock();
      try {
        if (!ended) {
          ended = true;
          failure = cause;
          current = null;
          change(ConnectionState.DISCONNECTED, reason, cause);
        }
        return failure;
      } finally {
        lock.unlock();
      }
    }

    /** Whether it has ended. */
    boolean hasEnded() {
      lock.lock();
      try {
        return ended;
      } finally {
        lock.unlock();
      }
    }
  }

  /** A listener with what it is still to be told. */
  private final class Told {
    private final Consumer<StateChange> listener;
    private final ArrayDeque<StateChange> waiting = new ArrayDeque<>();
    private boolean draining;

    Told(Consumer<StateChange> listener) {
      this.listener = listener;
    }

    /** Called with the lock held. */
    void add(StateChange change) {
      if (waiting.size() == MOST_WAITING) {
        listeners.remove(this);
        waiting.clear();
        LOG.warn(
            "A listener to the connection's state took none of {} changes and is told no more",
            MOST_WAITING);
        return;
      }
      waiting.add(change);
      if (!draining) {
        try {
          workers.execute(this::drain);
          draining = true;
        } catch (RejectedExecutionException e) {
          waiting.clear();
          LOG.debug("The runtime was closed; a change of the connection's state is told to nobody");
        }
      }
    }

    private void drain() {
      for (StateChange change = next(); change != null; change = next()) {
        try {
          listener.accept(change);
        } catch (Throwable e) {
          // Even an Error is the listener's alone: it is told the next change all the same.
          LOG.warn("A listener to the connection's state failed", e);
        }
      }
    }

    private @Nullable StateChange next() {
      lock.lock();
      try {
        StateChange change = waiting.poll();
        draining = change != null;
        return change;
      } finally {
        lock.unlock();
      }
    }
  }
}
