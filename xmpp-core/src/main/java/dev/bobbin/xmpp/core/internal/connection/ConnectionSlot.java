package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.core.internal.connection.ConnectionStates.Lifecycle;
import dev.bobbin.xmpp.core.internal.routing.StanzaRouter;
import dev.bobbin.xmpp.core.internal.runtime.Handover;
import dev.bobbin.xmpp.core.internal.runtime.Threads;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The place of at most one connection at a time: it is made, used, and closed here.
 *
 * <p>The lock serialises connecting with closing for good, and is never held while waiting. Who may
 * connect is decided by {@link ConnectionStates#begin}; what became of an attempt that is closed
 * while it may just succeed, by its {@link Lifecycle}. A connection is put into the slot before it
 * is said to be {@link dev.bobbin.xmpp.api.ConnectionState#CONNECTED}, so whoever is told that can
 * use it; one that has ended stays until the next takes its place, and says how it ended.
 */
public final class ConnectionSlot {
  private final Threads threads;
  private final ConnectionConfig config;
  private final StanzaRouter router;
  private final ConnectionStates states;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Connector attempt;
  private boolean closed;
  private volatile @Nullable Connection connection;

  /**
   * Makes an empty slot.
   *
   * @param threads where its connections run
   * @param config with what they are made
   * @param router who is given what they receive
   */
  public ConnectionSlot(Threads threads, ConnectionConfig config, StanzaRouter router) {
    this.threads = threads;
    this.config = config;
    this.router = router;
    this.states = new ConnectionStates(threads.workers());
  }

  /**
   * How the connection stands.
   *
   * @return its state and the listeners to it
   */
  public ConnectionStates states() {
    return states;
  }

  /**
   * Makes a connection. Does not block.
   *
   * @return our full JID, on a worker; or the {@link ConnectionException}
   * @throws IllegalStateException when there is one, or one is being made
   */
  public CompletableFuture<Jid> connect() {
    Connector made;
    lock.lock();
    try {
      if (closed) {
        return CompletableFuture.failedFuture(notConnected("The client was closed", null));
      }
      made = begin();
      attempt = made;
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(notConnected("The client's runtime was closed", e));
    } finally {
      lock.unlock();
    }
    CompletableFuture<Jid> outcome = new CompletableFuture<>();
    made.outcome()
        .whenComplete(
            (established, failure) ->
                Handover.to(
                    threads.workers(),
                    () -> {
                      if (established != null) {
                        outcome.complete(established.self());
                      } else {
                        outcome.completeExceptionally(failure);
                      }
                    }));
    return outcome;
  }

  private Connector begin() {
    Lifecycle life =
        states.begin("connecting to the server of '" + config.destination().domain() + "'");
    try {
      return Connector.start(threads, config, router, life, made -> connection = made);
    } catch (RejectedExecutionException e) {
      life.fail(notConnected("The client's runtime was closed", e));
      throw e;
    }
  }

  /**
   * The present connection, or the last one.
   *
   * @return the connection; empty when there never was one
   */
  public Optional<Connection> connection() {
    return Optional.ofNullable(connection);
  }

  /**
   * Uses the present connection.
   *
   * @param use what to do with it
   * @param <T> what comes of that
   * @return what came of it; a {@link ConnectionException} when there is no connection
   */
  public <T> CompletableFuture<T> use(Function<Connection, CompletableFuture<T>> use) {
    Connection present = connection;
    return present == null
        ? CompletableFuture.failedFuture(notConnected("The client is not connected", null))
        : use.apply(present);
  }

  /**
   * Waits for the end of the present connection. Does not block.
   *
   * @return completes on a worker when it has ended, exceptionally unless in good order
   */
  public CompletableFuture<Void> disconnected() {
    Connection present = connection;
    if (present == null) {
      return CompletableFuture.failedFuture(notConnected("The client was never connected", null));
    }
    return present
        .ended()
        .thenAccept(
            reason ->
                reason.ifPresent(
                    failure -> {
                      throw failure;
                    }));
  }

  /**
   * Ends the connection in good order, or gives up making one, and refuses to make another. Blocks
   * for at most some seconds. Idempotent.
   */
  public void close() {
    Connector last;
    lock.lock();
    try {
      closed = true;
      last = attempt;
    } finally {
      lock.unlock();
    }
    if (last != null) {
      last.giveUp(notConnected("The client was closed while connecting", null));
    }
    // One that succeeded a moment before is here already.
    Connection present = connection;
    if (present != null) {
      present.close();
    }
  }

  private static ConnectionException notConnected(String message, @Nullable Throwable cause) {
    return new ConnectionException(Reason.NOT_CONNECTED, message, cause);
  }
}
