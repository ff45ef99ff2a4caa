package dev.bobbin.xmpp.core.internal.dial;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Connects to whichever of several addresses accepts first (<a
 * href="https://www.rfc-editor.org/rfc/rfc8305#section-5">RFC 8305 section 5</a>), so that a broken
 * IPv6 or a dead address costs a quarter of a second and not a time-out.
 *
 * <p>One thread runs the race, and each attempt has its own, which does nothing but connect and
 * then put itself into a queue. Only the running thread starts attempts, takes from the queue and
 * knows who won; the queue is all that they share. It waits for the head start of the youngest
 * attempt or for any attempt to settle, whichever comes first; when one has failed, the next begins
 * at once. So each address is tried once, in order, and no attempt outlasts its own time-out, but
 * for what only the system can end ({@link Attempt}); whoever closes it does not wait for that.
 *
 * <p>When the race is over, for whatever reason, every attempt but the winner is closed. One that
 * connects just then is closed as well: an attempt is made known before its thread starts, and
 * closing it before, while or after it connects comes to the same ({@link Attempt}). What it still
 * puts into the queue is read by nobody.
 *
 * <p>Whoever wants to end the race from outside closes the attempts, which it is given before they
 * start: they settle as failures, and the next one is refused by whoever is given it.
 */
final class AddressRace {
  private final Executor threads;
  private final Duration headStart;
  private final int timeoutMillis;
  private final Consumer<Attempt> announce;
  private final BlockingQueue<Attempt> settled = new LinkedBlockingQueue<>();
  private final List<Attempt> started = new ArrayList<>();
  private final Map<String, Exception> failures = new LinkedHashMap<>();

  /**
   * @param threads starts each task on a thread of its own
   * @param headStart how long an attempt has before the next begins
   * @param timeoutMillis how long an attempt may take
   * @param announce is given each attempt before it starts; what this throws ends the race
   */
  AddressRace(Executor threads, Duration headStart, int timeoutMillis, Consumer<Attempt> announce) {
    this.threads = threads;
    this.headStart = headStart;
    this.timeoutMillis = timeoutMillis;
    this.announce = announce;
  }

  /** The families in turn, IPv6 first, each in the order given (RFC 8305 section 4). */
  static List<InetAddress> interleaved(InetAddress[] addresses, int most) {
    Deque<InetAddress> turn = new ArrayDeque<>();
    Deque<InetAddress> other = new ArrayDeque<>();
    for (InetAddress address : addresses) {
      (address instanceof Inet6Address ? turn : other).add(address);
    }
    List<InetAddress> order = new ArrayList<>();
    while (order.size() < most && !(turn.isEmpty() && other.isEmpty())) {
      if (!turn.isEmpty()) {
        order.add(turn.remove());
      }
      Deque<InetAddress> next = other;
      other = turn;
      turn = next;
    }
    return order;
  }

  /** Runs the race. Blocks. Returns null when nobody accepted. */
  @Nullable Socket run(List<Route> routes) throws InterruptedException {
    Attempt winner = null;
    try {
      winner = winner(new ArrayDeque<>(routes));
      return winner == null ? null : winner.socket();
    } finally {
      for (Attempt attempt : started) {
        if (attempt != winner) {
          attempt.close();
        }
      }
    }
  }

  private @Nullable Attempt winner(Deque<Route> waiting) throws InterruptedException {
    int open = 0;
    while (open > 0 || !waiting.isEmpty()) {
      if (!waiting.isEmpty()) {
        start(waiting.remove());
        open++;
      }
      Attempt next =
          waiting.isEmpty()
              ? settled.take()
              : settled.poll(headStart.toMillis(), TimeUnit.MILLISECONDS);
      if (next != null) {
        Exception failure = next.failure();
        if (failure == null) {
          return next;
        }
        open--;
        failures.put(next.name(), failure);
      }
    }
    return null;
  }

  private void start(Route route) {
    Attempt attempt = new Attempt(route, timeoutMillis, settled);
    started.add(attempt);
    announce.accept(attempt);
    threads.execute(attempt);
  }

  /** What was tried in vain, in the order in which it failed, and why. */
  Map<String, Exception> failures() {
    return failures;
  }
}
