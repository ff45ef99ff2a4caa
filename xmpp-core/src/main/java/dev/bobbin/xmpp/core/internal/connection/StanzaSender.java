package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.core.internal.runtime.Threads;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends stanzas of ours on one connection: numbers requests, turns stanzas into bytes and refuses
 * those that are too large. Who sends waits for room in {@link Outbound}, unless it is a reader.
 * Safe for use by several threads.
 */
final class StanzaSender {
  /** More than this is refused before it is queued: no server takes a stanza of that size. */
  static final int MOST_BYTES = 512 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(StanzaSender.class);

  private final Threads threads;
  private final Outbound outbound;
  private final PendingRequests pending;
  private final StanzaIds ids = new StanzaIds();

  StanzaSender(Threads threads, Outbound outbound, PendingRequests pending) {
    this.threads = threads;
    this.outbound = outbound;
    this.pending = pending;
  }

  /** Sends a request; the future is its result, on a worker. */
  CompletableFuture<Iq> request(Iq request, Duration timeout) {
    if (!request.type().isRequest()) {
      return CompletableFuture.failedFuture(
          new IllegalArgumentException(
              "An iq of type " + request.type().value() + " asks nothing"));
    }
    Iq numbered = request.id().isPresent() ? request : request.withId(ids.next());
    byte[] bytes = encode(numbered);
    if (bytes.length > MOST_BYTES) {
      return CompletableFuture.failedFuture(tooLarge(bytes));
    }
    CompletableFuture<Iq> answer = pending.add(numbered, timeout);
    if (!answer.isDone()) {
      ConnectionException refused = outbound.post(bytes, !threads.onReader());
      if (refused != null) {
        pending.fail(numbered.id().orElseThrow(), refused);
      }
    }
    return answer;
  }

  /** Sends a stanza; the future completes on a worker when the operating system has its bytes. */
  CompletableFuture<Void> send(Stanza stanza) {
    byte[] bytes = encode(stanza);
    return bytes.length > MOST_BYTES
        ? CompletableFuture.failedFuture(tooLarge(bytes))
        : outbound.send(bytes, !threads.onReader());
  }

  /** As {@link #send}, if that is wanted when it would be enqueued; the outcome is whether. */
  CompletableFuture<Boolean> sendIf(Stanza stanza, BooleanSupplier wanted) {
    byte[] bytes = encode(stanza);
    return bytes.length > MOST_BYTES
        ? CompletableFuture.failedFuture(tooLarge(bytes))
        : outbound.sendIf(bytes, !threads.onReader(), wanted);
  }

  /** Sends an answer to a peer; one that is too large becomes an error. */
  void reply(Iq answer) {
    byte[] bytes = encode(answer);
    if (bytes.length > MOST_BYTES) {
      LOG.warn("An answer of {} bytes is too large; the peer gets an error", bytes.length);
      bytes = encode(TooLarge.insteadOf(answer));
    }
    outbound.post(bytes, !threads.onReader());
  }

  private static byte[] encode(Stanza stanza) {
    return stanza.element().toXml(Stanza.NAMESPACE).getBytes(StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException tooLarge(byte[] bytes) {
    return new IllegalArgumentException(
        "A stanza of " + bytes.length + " bytes is not sent; the bound is " + MOST_BYTES);
  }
}
