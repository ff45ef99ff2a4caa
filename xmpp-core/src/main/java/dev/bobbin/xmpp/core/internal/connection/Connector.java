package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.core.internal.connection.ConnectionStates.Lifecycle;
import dev.bobbin.xmpp.core.internal.routing.StanzaRouter;
import dev.bobbin.xmpp.core.internal.runtime.Threads;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes one connection: starts its reader, which logs in and then reads. An attempt can be given up
 * at any time. Whether it succeeded is decided once, by its {@link Lifecycle}; the state has
 * changed by the time that {@link #outcome} completes.
 */
final class Connector {
  private final Threads threads;
  private final ConnectionConfig config;
  private final StanzaRouter router;
  private final Lifecycle life;
  private final Consumer<Connection> slot;
  private final CompletableFuture<Connection> outcome = new CompletableFuture<>();
  private final Watchdog watchdog;

  /** Does not begin yet. */
  Connector(
      Threads threads,
      ConnectionConfig config,
      StanzaRouter router,
      Lifecycle life,
      Consumer<Connection> slot) {
    this.threads = threads;
    this.config = config;
    this.router = router;
    this.life = life;
    this.slot = slot;
    this.watchdog =
        new Watchdog(
            threads.timer(),
            config.timeouts().step(),
            config.timeouts().login(),
            life,
            this::failed);
  }

  /**
   * Begins an attempt.
   *
   * @param threads where it runs
   * @param config with what to connect
   * @param router who is given what is received
   * @param life where its changes are told
   * @param slot takes the connection before it is said to be connected
   * @return the attempt
   */
  static Connector start(
      Threads threads,
      ConnectionConfig config,
      StanzaRouter router,
      Lifecycle life,
      Consumer<Connection> slot) {
    Connector connector = new Connector(threads, config, router, life, slot);
    threads.startReader(connector::run);
    return connector;
  }

  /**
   * How the attempt went. Completes on a thread where nothing may block.
   *
   * @return the connection, logged in; or a {@link ConnectionException}
   */
  CompletableFuture<Connection> outcome() {
    return outcome;
  }

  /**
   * Gives the attempt up, if it is still going on.
   *
   * @param reason what its outcome is then
   */
  void giveUp(ConnectionException reason) {
    // First, so that a login that succeeds meanwhile finds its life over and closes.
    if (life.failUnlessConnected(reason)) {
      watchdog.end(reason);
      failed(reason);
    }
  }

  private void run() {
    Connection connection;
    try {
      Login.Established established = new Login(config, watchdog, threads::startDialler).run();
      connection = new Connection(threads, config, router, established, life);
    } catch (IOException | RuntimeException | Error e) {
      fail(LoginFailure.of(e, config.destination().domain()));
      return;
    } finally {
      watchdog.close();
    }
    use(connection);
  }

  /** Puts a connection into the slot and reads it, or closes it when this attempt is over. */
  void use(Connection connection) {
    String reason = "logged in as " + Remote.text(connection.self().toString());
    if (life.connect(reason, () -> slot.accept(connection))) {
      outcome.complete(connection);
      connection.read();
    } else {
      connection.close();
    }
  }

  /** Whoever learns of the failure finds nothing open any more. */
  private void fail(ConnectionException cause) {
    watchdog.discard();
    ConnectionException ended = watchdog.ended();
    failed(ended == null ? cause : ended);
  }

  private void failed(ConnectionException reason) {
    @Nullable ConnectionException first = life.fail(reason);
    outcome.completeExceptionally(first == null ? reason : first);
  }
}
