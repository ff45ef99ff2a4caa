package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.core.internal.routing.StanzaRouter;
import dev.bobbin.xmpp.core.internal.runtime.Threads;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Makes one connection: starts its reader, which logs in and then reads. An attempt can be given up
 * at any time, and its outcome is decided once.
 */
public final class Connector {
  private final Threads threads;
  private final ConnectionConfig config;
  private final StanzaRouter router;
  private final CompletableFuture<Connection> outcome = new CompletableFuture<>();
  private final Watchdog watchdog;

  private Connector(Threads threads, ConnectionConfig config, StanzaRouter router) {
    this.threads = threads;
    this.config = config;
    this.router = router;
    this.watchdog =
        new Watchdog(
            threads.timer(),
            config.timeouts().step(),
            config.timeouts().login(),
            outcome::completeExceptionally);
  }

  /**
   * Begins an attempt.
   *
   * @param threads where it runs
   * @param config with what to connect
   * @param router who is given what is received
   * @return the attempt
   */
  public static Connector start(Threads threads, ConnectionConfig config, StanzaRouter router) {
    Connector connector = new Connector(threads, config, router);
    threads.startReader(connector::run);
    return connector;
  }

  /**
   * How the attempt went. Completes on a thread where nothing may block.
   *
   * @return the connection, logged in; or a {@link ConnectionException}
   */
  public CompletableFuture<Connection> outcome() {
    return outcome;
  }

  /**
   * Gives the attempt up, if it is still going on.
   *
   * @param reason what its outcome is then
   */
  public void giveUp(ConnectionException reason) {
    // First, so that a login that succeeds meanwhile finds the outcome decided and closes.
    outcome.completeExceptionally(reason);
    watchdog.end(reason);
  }

  /**
   * What became of an attempt whose outcome is decided.
   *
   * @return the connection; null when there is none
   */
  public @Nullable Connection made() {
    return outcome.isDone() && !outcome.isCompletedExceptionally() ? outcome.join() : null;
  }

  private void run() {
    Connection connection = null;
    try {
      Login.Established established = new Login(config, watchdog).run();
      connection = new Connection(threads, config, router, established);
    } catch (ConnectionException e) {
      fail(e);
    } catch (IOException | RuntimeException | Error e) {
      fail(new ConnectionException(Reason.DISCONNECTED, "Cannot log in: " + e, e));
    } finally {
      watchdog.close();
    }
    if (connection == null) {
      return;
    }
    if (outcome.complete(connection)) {
      connection.read();
    } else {
      connection.close();
    }
  }

  /** Whoever learns of the failure finds nothing open any more. */
  private void fail(ConnectionException cause) {
    watchdog.discard();
    ConnectionException ended = watchdog.ended();
    outcome.completeExceptionally(ended == null ? cause : ended);
  }
}
