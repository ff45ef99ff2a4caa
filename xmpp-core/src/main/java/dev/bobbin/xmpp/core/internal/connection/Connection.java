package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.internal.connection.ConnectionStates.Lifecycle;
import dev.bobbin.xmpp.core.internal.routing.StanzaRouter;
import dev.bobbin.xmpp.core.internal.runtime.Handover;
import dev.bobbin.xmpp.core.internal.runtime.Threads;
import dev.bobbin.xmpp.core.internal.stream.StreamEvent;
import dev.bobbin.xmpp.core.internal.stream.StreamReader;
import dev.bobbin.xmpp.core.internal.stream.StreamViolation;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One logged-in connection.
 *
 * <p>Its reader reads, matches answers, and hands requests, messages and presence to the router; it
 * never writes. Everything that is sent goes through {@link Outbound}. The timer looks for a write
 * that stalls, since a socket's write has no time-out.
 *
 * <p>It ends once, by whoever comes first: the server's {@code </stream:stream>}, a lost
 * connection, a stream error of either side, a stall, or {@link #close}. {@link #end} changes the
 * state first, by which it is decided who was; then it fails what waits, closes the socket, and
 * completes {@link #ended}.
 *
 * <p>It is the TCP socket that is closed, never the TLS one over it: closing that waits for a write
 * that goes on, which is just what a stalled server makes last. TLS's farewell is written by a
 * writer, where there is time for it. Nor is it closed while the server still says something: bytes
 * that nobody reads make TCP throw away what was sent. So the reader goes on for nothing, and
 * whoever leaves waits a little for the server to end.
 */
public final class Connection {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final long CLOSE_MILLIS = 2000;
  private static final String CLOSING_TAG = "</stream:stream>";

  private final Threads threads;
  private final ConnectionConfig config;
  private final StanzaRouter router;
  private final Socket raw;
  private final Socket socket;
  private final StreamReader reader;
  private final Jid self;
  private final Lifecycle life;
  private final Outbound outbound;
  private final PendingRequests pending;
  private final StanzaSender sender;
  private final Future<?> stallCheck;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch peerClosed = new CountDownLatch(1);
  private final CountDownLatch peerGone = new CountDownLatch(1);
  private final CompletableFuture<Optional<ConnectionException>> ended = new CompletableFuture<>();

  Connection(
      Threads threads,
      ConnectionConfig config,
      StanzaRouter router,
      Login.Established established,
      Lifecycle life)
      throws IOException {
    this.threads = threads;
    this.config = config;
    this.router = router;
    this.raw = established.raw();
    this.socket = established.socket();
    this.reader = established.reader();
    this.self = established.self();
    this.life = life;
    this.outbound =
        new Outbound(socket.getOutputStream(), threads.writers(), threads.workers(), this::end);
    this.pending =
        new PendingRequests(self, threads.timer(), threads.workers(), PendingRequests.MOST);
    this.sender = new StanzaSender(threads, outbound, pending);
    long stallMillis = Math.max(50, config.timeouts().stall().toMillis() / 4);
    this.stallCheck =
        threads
            .timer()
            .scheduleWithFixedDelay(
                this::checkStall, stallMillis, stallMillis, TimeUnit.MILLISECONDS);
  }

  /**
   * Our full JID.
   *
   * @return the JID that the server bound
   */
  public Jid self() {
    return self;
  }

  /**
   * Completes on a worker when the connection has ended.
   *
   * @return with the reason; empty when it was closed in good order
   */
  public CompletableFuture<Optional<ConnectionException>> ended() {
    return ended.copy();
  }

  /**
   * Whether the connection has ended.
   *
   * @return true when {@link #close} has returned, and when {@link #ended} has completed
   */
  public boolean hasEnded() {
    return life.hasEnded();
  }

  /**
   * Sends a request.
   *
   * @param request a get or a set
   * @param timeout how long to wait for the answer
   * @return the result; completes on a worker
   */
  public CompletableFuture<Iq> request(Iq request, Duration timeout) {
    return sender.request(request, timeout);
  }

  /**
   * Sends a stanza.
   *
   * @param stanza what to send
   * @return completes on a worker when its bytes were handed to the operating system
   */
  public CompletableFuture<Void> send(Stanza stanza) {
    return sender.send(stanza);
  }

  /**
   * Sends a stanza, if that is still wanted.
   *
   * @param stanza what to send
   * @param wanted asked under the lock of the queue, when it would be enqueued
   * @return whether its bytes were handed to the operating system
   */
  public CompletableFuture<Boolean> sendIf(Stanza stanza, BooleanSupplier wanted) {
    return sender.sendIf(stanza, wanted);
  }

  /** Reads until the connection ends. Called once, on the connection's reader. */
  void read() {
    try {
      Optional<StreamEvent> event = reader.next();
      while (event.isPresent()) {
        if (event.get() instanceof StreamEvent.Received received) {
          receive(received.element());
        } else {
          peerClosed.countDown();
          leave(CLOSING_TAG, "the server closed the stream", null);
          discard();
          return;
        }
        event = reader.next();
      }
      endOfBytes("the server closed the connection without closing the stream", null);
    } catch (StreamViolation e) {
      LOG.warn("The stream of {} ends: {}", self, e.getMessage());
      leave(
          StreamErrors.xml(e) + CLOSING_TAG,
          new ConnectionException(
              Reason.PROTOCOL, "The server broke the rules of the stream: " + e.getMessage(), e));
      discard();
    } catch (ConnectionException e) {
      leave(CLOSING_TAG, e);
      discard();
    } catch (IOException e) {
      endOfBytes(e.toString(), e);
    } catch (RuntimeException | Error e) {
      LOG.error("The reader of {} failed", self, e);
      end(lost("the reader failed: " + e, e));
    }
  }

  /** Some servers answer our closing tag by closing the connection alone. */
  private void endOfBytes(String why, @Nullable Throwable cause) {
    ConnectionException lost = lost(why, cause);
    if (closing.get()) {
      Handover.to(threads.workers(), () -> end(isAllWritten() ? null : lost));
    } else {
      end(lost);
    }
  }

  private boolean isAllWritten() {
    try {
      return outbound.flush(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Reads on for nothing: bytes left unread when a socket closes make TCP drop what we sent. */
  private void discard() {
    byte[] unwanted = new byte[8 * 1024];
    try {
      InputStream in = socket.getInputStream();
      while (in.read(unwanted) >= 0) {
        // Until the server closes, or we do.
      }
    } catch (IOException e) {
      // We did.
    }
    peerClosed.countDown();
    peerGone.countDown();
  }

  private void receive(XmlElement element) throws StreamViolation {
    if (element.namespace().equals(Stanza.NAMESPACE)) {
      switch (element.name()) {
        case "iq" -> receiveIq(element);
        case "message", "presence" -> router.deliver(element);
        default -> throw unsupported(element);
      }
      return;
    }
    StreamErrors.throwIfError(element);
    throw unsupported(element);
  }

  private void receiveIq(XmlElement element) {
    String type = element.attribute("type").orElse("");
    if (type.equals("result") || type.equals("error")) {
      if (!pending.complete(element)) {
        LOG.debug("An answer that no request of {} waits for was ignored", self);
      }
      return;
    }
    router.answer(element, outbound.isCongested(), sender::reply);
  }

  private static StreamViolation unsupported(XmlElement element) {
    return new StreamViolation(
        StreamViolation.Condition.UNSUPPORTED_STANZA_TYPE,
        "a first-level element that is no stanza: " + Remote.name(element));
  }

  private void checkStall() {
    long since = outbound.writingSince();
    if (since != 0 && System.nanoTime() - since > config.timeouts().stall().toNanos()) {
      end(
          lost(
              "the server took no bytes for " + config.timeouts().stall().toMillis() + " ms",
              null));
    }
  }

  /**
   * Closes the stream and the connection: sends the closing tag after all that is queued, and waits
   * a little for the server's. Blocks for at most some seconds. Idempotent.
   */
  public void close() {
    boolean first = closing.compareAndSet(false, true);
    ConnectionException cause = null;
    try {
      if (!first) {
        awaitEnd();
      } else {
        life.closing("the client is closing the stream", null);
        outbound.postLast(bytes(CLOSING_TAG));
        if (!isAllWritten()) {
          cause = unwritten();
        } else {
          if (!threads.onReader() && !peerClosed.await(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
            LOG.debug("The server of {} did not close its stream", self);
          }
          closeTls();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end(cause);
  }

  private ConnectionException unwritten() {
    return lost("not everything was sent within " + CLOSE_MILLIS + " ms of closing it", null);
  }

  /** The stream is being closed already: whoever does it says how it ended. */
  private void awaitEnd() throws InterruptedException {
    try {
      if (!threads.onReader()) {
        ended.get(3 * CLOSE_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("The connection of {} took long to end", self);
    }
  }

  /** Closes the stream on the reader, which does not wait: sending is the writer's. */
  private void leave(String last, ConnectionException cause) {
    leave(last, String.valueOf(cause.getMessage()), cause);
  }

  private void leave(String last, String reason, @Nullable ConnectionException cause) {
    closing.set(true);
    life.closing(reason, cause);
    outbound.postLast(bytes(last));
    Handover.to(threads.workers(), () -> endAfterFlush(cause));
  }

  private void endAfterFlush(@Nullable ConnectionException cause) {
    boolean written = isAllWritten();
    try {
      if (written) {
        closeTls();
        if (!threads.onReader()) {
          peerGone.await(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end(cause == null && !written ? unwritten() : cause);
  }

  /** Sends TLS's {@code close_notify} on a writer, and waits a little for that. */
  private void closeTls() throws InterruptedException {
    CountDownLatch sent = new CountDownLatch(1);
    try {
      threads
          .writers()
          .execute(
              () -> {
                try {
                  socket.shutdownOutput();
                } catch (IOException e) {
                  // The server was faster.
                } finally {
                  sent.countDown();
                }
              });
      sent.await(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The runtime is closing, and TCP's own end has to do.
    }
  }

  private void end(@Nullable ConnectionException given) {
    ConnectionException cause =
        given == null ? life.end("the stream was closed in good order") : life.fail(given);
    if (!over.compareAndSet(false, true)) {
      return;
    }
    peerClosed.countDown();
    peerGone.countDown();
    stallCheck.cancel(false);
    ConnectionException reason =
        cause != null
            ? cause
            : new ConnectionException(Reason.NOT_CONNECTED, "The connection was closed", null);
    outbound.fail(reason);
    pending.close(reason);
    try {
      raw.close();
    } catch (IOException e) {
      // It is gone, which is what was wanted.
    }
    Handover.to(threads.workers(), () -> ended.complete(Optional.ofNullable(cause)));
  }

  private static ConnectionException lost(String why, @Nullable Throwable cause) {
    return new ConnectionException(Reason.DISCONNECTED, "The connection was lost: " + why, cause);
  }

  private static byte[] bytes(String xml) {
    return xml.getBytes(StandardCharsets.UTF_8);
  }
}
