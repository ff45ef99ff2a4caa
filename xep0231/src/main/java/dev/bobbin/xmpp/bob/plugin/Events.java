package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.registry.Registration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of events, one after the other, on one worker at a time.
 *
 * <p>Events come from the connection's reader and must not wait for listeners, and a peer can cause
 * them faster than listeners take them. So those that wait are bounded in number and in bytes of
 * data; beyond that they are dropped, which is logged once until all that wait have been told. The
 * lock guards the queue, and is never held while a listener runs.
 */
final class Events {
  static final int MOST_WAITING = 1000;
  static final long MOST_WAITING_BYTES = 4 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Events.class);

  private final Executor workers;
  private final List<Added> listeners = new CopyOnWriteArrayList<>();
  private final Object lock = new Object();
  private final Queue<BobEvent> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private long dropped;
  private boolean telling;

  /**
   * A listener as somebody added it: an object of its own, so that each is taken away by itself.
   */
  private record Added(Object identity, Consumer<BobEvent> listener) {}

  Events(Executor workers) {
    this.workers = workers;
  }

  Registration add(Consumer<BobEvent> listener) {
    Added added = new Added(new Object(), listener);
    listeners.add(added);
    return () -> listeners.remove(added);
  }

  void tell(BobEvent event) {
    if (listeners.isEmpty()) {
      return;
    }
    synchronized (lock) {
      if (waiting.size() >= MOST_WAITING || waitingBytes + bytes(event) > MOST_WAITING_BYTES) {
        if (dropped++ == 0) {
          LOG.warn("Listeners to Bits of Binary are too slow: events are dropped");
        }
        return;
      }
      waiting.add(event);
      waitingBytes += bytes(event);
      if (telling) {
        return;
      }
      telling = true;
    }
    try {
      workers.execute(this::tellAll);
    } catch (RejectedExecutionException e) {
      // The runtime is closing, and nobody listens any more.
      synchronized (lock) {
        waiting.clear();
      }
    }
  }

  private static long bytes(BobEvent event) {
    return event instanceof BobEvent.Received received ? received.bob().data().size() : 0;
  }

  private void tellAll() {
    BobEvent event = next();
    while (event != null) {
      for (Added added : listeners) {
        try {
          added.listener().accept(event);
        } catch (Throwable e) {
          // Even an Error is that listener's alone: the others and what comes have to be told.
          LOG.warn("A listener to Bits of Binary failed", e);
        }
      }
      event = next();
    }
  }

  private @Nullable BobEvent next() {
    synchronized (lock) {
      BobEvent event = waiting.poll();
      if (event == null) {
        telling = false;
        if (dropped > 0) {
          LOG.warn("{} events of Bits of Binary were dropped", dropped);
          dropped = 0;
        }
      } else {
        waitingBytes -= bytes(event);
      }
      return event;
    }
  }
}
