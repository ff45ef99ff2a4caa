package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.StanzaError;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.internal.runtime.Handover;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Requests of one connection that wait for their answers.
 *
 * <p>An answer belongs to a request when id and sender are right (RFC 6120 sections 8.1.3 and
 * 10.3); one from anybody else is ignored, and the request goes on waiting. Whoever removes an
 * entry from the map completes it: the answer, the time-out, the caller's cancelling or the end of
 * the connection. Entries are removed by identity, since an id may be used again as soon as it is
 * free, and each is in the map before its time-out can fire. Futures complete on a worker.
 */
final class PendingRequests {
  /** More than this at once is a leak of the application's. */
  static final int MOST = 100_000;

  /** Equal only to itself. */
  private static final class Pending {
    final String id;
    final Iq request;
    final CompletableFuture<Iq> answer = new CompletableFuture<>();
    volatile @Nullable Future<?> timeout;

    Pending(String id, Iq request) {
      this.id = id;
      this.request = request;
    }
  }

  private final ConcurrentHashMap<String, Pending> byId = new ConcurrentHashMap<>();
  private final Jid self;
  private final ScheduledExecutorService timer;
  private final Executor workers;
  private final int most;
  private volatile @Nullable ConnectionException closed;

  PendingRequests(Jid self, ScheduledExecutorService timer, Executor workers, int most) {
    this.self = self;
    this.timer = timer;
    this.workers = workers;
    this.most = most;
  }

  /** Begins to wait for the answer to a request that has an id. */
  CompletableFuture<Iq> add(Iq request, Duration timeout) {
    String id = request.id().orElseThrow();
    long millis = millis(timeout);
    if (byId.size() >= most) {
      return CompletableFuture.failedFuture(
          new IllegalStateException(most + " requests already wait for an answer"));
    }
    Pending pending = new Pending(id, request);
    if (byId.putIfAbsent(id, pending) != null) {
      return CompletableFuture.failedFuture(
          new IllegalArgumentException("A request with the id '" + id + "' waits already"));
    }
    try {
      pending.timeout =
          timer.schedule(() -> fail(pending, late(request, millis)), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      fail(pending, new ConnectionException(Reason.NOT_CONNECTED, "The runtime was closed", e));
    }
    pending.answer.whenComplete(
        (result, failure) -> {
          // Done by others than us, such as cancelled by the caller: nobody waits any more.
          take(pending);
        });
    ConnectionException end = closed;
    if (end != null) {
      fail(pending, end);
    }
    if (byId.get(id) != pending) {
      // Taken before its time-out was known to those who cancel it.
      cancelTimeout(pending);
    }
    return pending.answer;
  }

  /** A time longer than anybody lives, such as ChronoUnit.FOREVER's, has no number of its own. */
  private static long millis(Duration timeout) {
    try {
      return timeout.toMillis();
    } catch (ArithmeticException e) {
      return timeout.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }

  private static TimeoutException late(Iq request, long millis) {
    return new TimeoutException(
        "No answer from " + addressee(request) + " within " + millis + " ms");
  }

  /**
   * Takes an answer.
   *
   * @param answer an {@code iq} of type result or error
   * @return false when no request waits for it
   */
  boolean complete(XmlElement answer) {
    Pending pending = answer.attribute("id").map(byId::get).orElse(null);
    if (pending == null || !isFromAddressee(pending.request, answer) || !take(pending)) {
      return false;
    }
    Handover.to(workers, () -> complete(pending, answer));
    return true;
  }

  /**
   * One that breaks the rules fails the request at once: it is from whom was asked, who could send
   * a proper one as well, and no better one will come.
   */
  private static void complete(Pending pending, XmlElement answer) {
    try {
      Iq response = Iq.parse(answer);
      Optional<StanzaError> error = response.error();
      if (error.isPresent()) {
        pending.answer.completeExceptionally(
            new StanzaErrorException(error.get(), response.from().orElse(null)));
      } else if (answer.children().size() > 1) {
        malformed(pending, "it has " + answer.children().size() + " payloads, one is allowed");
      } else {
        pending.answer.complete(response);
      }
    } catch (IllegalArgumentException e) {
      malformed(pending, String.valueOf(e.getMessage()));
    }
  }

  private static void malformed(Pending pending, String why) {
    pending.answer.completeExceptionally(
        new XmppException(
            "The answer from "
                + addressee(pending.request)
                + " breaks the rules of RFC 6120: "
                + why
                + " (docs/errors.md#malformed-answer)"));
  }

  private static String addressee(Iq request) {
    return request.to().map(Jid::toString).orElse("the server");
  }

  /** Fails one request, if it still waits. */
  void fail(String id, Throwable cause) {
    Pending pending = byId.get(id);
    if (pending != null) {
      fail(pending, cause);
    }
  }

  private void fail(Pending pending, Throwable cause) {
    if (take(pending)) {
      Handover.to(workers, () -> pending.answer.completeExceptionally(cause));
    }
  }

  /** Fails all requests, and all that come. */
  void close(ConnectionException cause) {
    closed = cause;
    for (Pending pending : byId.values()) {
      fail(pending, cause);
    }
  }

  private boolean take(Pending pending) {
    boolean taken = byId.remove(pending.id, pending);
    if (taken) {
      cancelTimeout(pending);
    }
    return taken;
  }

  private static void cancelTimeout(Pending pending) {
    Future<?> timeout = pending.timeout;
    if (timeout != null) {
      timeout.cancel(false);
    }
  }

  /**
   * RFC 6120 section 8.1.2.1: an answer on behalf of one's own account has no {@code from}, or the
   * bare JID; some servers answer it with the full JID or their domain. No peer can forge these.
   */
  private boolean isFromAddressee(Iq request, XmlElement answer) {
    Optional<Jid> from;
    try {
      from = answer.attribute("from").map(Jid::of);
    } catch (MalformedJidException e) {
      return false;
    }
    Optional<Jid> to = request.to();
    if (to.isPresent() && from.equals(to)) {
      return true;
    }
    Jid server = Jid.of(null, self.domain(), null);
    boolean own = to.isEmpty() || to.get().equals(self.bare());
    if (own) {
      return from.isEmpty()
          || from.get().equals(self.bare())
          || from.get().equals(self)
          || to.isEmpty() && from.get().equals(server);
    }
    return from.isEmpty() && to.get().equals(server);
  }
}
