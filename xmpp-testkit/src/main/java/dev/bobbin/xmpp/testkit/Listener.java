package dev.bobbin.xmpp.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Knows the connections of a server, and ends them. Thread-safe.
 *
 * <p>Concurrency: acceptors add to the set of connections, each with a thread of its own; each
 * connection's reader takes itself out. Whoever closes marks the listener closed before it goes
 * through the set, and an acceptor looks at the mark after it has added: so one of the two sees
 * every connection. Two acceptors may pass the bound of connections by one.
 */
final class Listener {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ServerContext context;
  private final Acceptor startTls;
  private final @Nullable Acceptor direct;
  private final List<Acceptor> acceptors;
  private final ScheduledThreadPoolExecutor timer;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Accepts from sockets that are bound.
   *
   * @param tls null for a server without TLS
   */
  Listener(ServerSettings settings, @Nullable TlsServer tls, Ports ports) {
    ServerSocket bound = ports.startTls();
    ServerSocket boundDirect = ports.direct();
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, task -> timerThread(bound, task), new ThreadPoolExecutor.DiscardPolicy());
    timer.setRemoveOnCancelPolicy(true);
    Sessions sessions = new Sessions(settings.gateways());
    Router router = new Router(settings.domain(), sessions, settings.interceptor());
    this.context = new ServerContext(settings, tls, sessions, router, new Recent<>(), timer);
    this.startTls = new Acceptor(bound, socket -> serve(socket, false));
    this.direct =
        boundDirect == null ? null : new Acceptor(boundDirect, socket -> serve(socket, true));
    this.acceptors = direct == null ? List.of(startTls) : List.of(startTls, direct);
  }

  void start() {
    acceptors.forEach(Acceptor::start);
  }

  InetSocketAddress address() {
    return startTls.address();
  }

  /** Where TLS begins with the first byte; empty for nowhere. */
  Optional<InetSocketAddress> directAddress() {
    return Optional.ofNullable(direct).map(Acceptor::address);
  }

  Recent<Login> logins() {
    return context.logins();
  }

  Sessions sessions() {
    return context.sessions();
  }

  void abortAll() {
    connections.forEach(Connection::abort);
  }

  void endStreams(StreamFault fault) {
    connections.forEach(connection -> connection.endStream(fault));
  }

  void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    acceptors.forEach(Acceptor::close);
    boolean interrupted = Thread.interrupted();
    try {
      for (Acceptor acceptor : acceptors) {
        acceptor.join(PATIENCE);
      }
      // A connection leaves the set shortly before its threads end.
      List<Connection> open = List.copyOf(connections);
      open.forEach(Connection::shutDown);
      join(open);
      open.forEach(Connection::abort);
      join(open);
      timer.shutdownNow();
      timer.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
      abortAll();
    } finally {
      timer.shutdownNow();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void join(List<Connection> open) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (Connection connection : open) {
      connection.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
  }

  private void serve(Socket socket, boolean directTls) throws IOException {
    if (connections.size() >= context.settings().maxConnections()) {
      socket.close();
      return;
    }
    socket.setTcpNoDelay(true);
    Connection connection = new Connection(context, socket, directTls, connections::remove);
    connections.add(connection);
    connection.start();
    if (closed.get()) {
      connection.abort();
    }
  }

  private static Thread timerThread(ServerSocket bound, Runnable task) {
    Thread thread = new Thread(task, "loopback-server " + bound.getLocalPort() + " timer");
    thread.setDaemon(true);
    return thread;
  }
}
