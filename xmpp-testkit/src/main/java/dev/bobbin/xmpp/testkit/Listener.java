package dev.bobbin.xmpp.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Accepts connections, knows them, and ends them. Thread-safe.
 *
 * <p>Concurrency: an acceptor thread adds to the set of connections, each connection's reader takes
 * itself out. Whoever closes marks the listener closed before it goes through the set, and the
 * acceptor looks at the mark after it has added: so one of the two sees every connection.
 */
final class Listener {
  private static final System.Logger LOG = System.getLogger(LoopbackServer.class.getName());
  private static final int BACKLOG = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int MOST_FAILURES = 100;

  private final ServerSettings settings;
  private final @Nullable ServerIdentity identity;
  private final Sessions sessions = new Sessions();
  private final Router router;
  private final ServerSocket serverSocket;
  private final Thread acceptor;
  private final ScheduledThreadPoolExecutor timer;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CountDownLatch closing = new CountDownLatch(1);

  /** Binds to a port of the loopback interface, 0 for a free one. */
  Listener(ServerSettings settings, @Nullable ServerIdentity identity, int port)
      throws IOException {
    this(
        settings,
        identity,
        new ServerSocket(port, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})));
  }

  /** Accepts from a socket that is bound. */
  Listener(ServerSettings settings, @Nullable ServerIdentity identity, ServerSocket bound) {
    this.settings = settings;
    this.identity = identity;
    this.router = new Router(settings.domain(), sessions, settings.interceptor());
    this.serverSocket = bound;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, task -> daemon("timer", task), new ThreadPoolExecutor.DiscardPolicy());
    timer.setRemoveOnCancelPolicy(true);
    this.acceptor = daemon("acceptor", this::accept);
  }

  void start() {
    acceptor.start();
  }

  InetSocketAddress address() {
    return new InetSocketAddress(serverSocket.getInetAddress(), serverSocket.getLocalPort());
  }

  Sessions sessions() {
    return sessions;
  }

  void abortAll() {
    connections.forEach(Connection::abort);
  }

  void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    closing.countDown();
    try {
      serverSocket.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "The server socket could not be closed", e);
    }
    boolean interrupted = Thread.interrupted();
    try {
      acceptor.join(PATIENCE.toMillis());
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

  private void accept() {
    try {
      int failures = 0;
      while (!closed.get() && failures < MOST_FAILURES) {
        failures = acceptOne() ? 0 : failures + 1;
        if (failures > 0) {
          // Such as no file descriptor left: trying at once again would only burn time.
          closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
      if (!closed.get()) {
        LOG.log(System.Logger.Level.ERROR, "The server accepts no more connections");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Gives false when accepting failed; what is wrong with one connection ends only that one. */
  private boolean acceptOne() {
    Socket socket;
    try {
      socket = serverSocket.accept();
    } catch (IOException e) {
      if (!closed.get()) {
        LOG.log(System.Logger.Level.WARNING, "A connection could not be accepted", e);
      }
      return false;
    }
    try {
      if (connections.size() >= settings.maxConnections()) {
        socket.close();
      } else {
        serve(socket);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "A connection failed as it was accepted", e);
      discard(socket);
    }
    return true;
  }

  private static void discard(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It was broken before.
    }
  }

  private void serve(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    Connection connection =
        new Connection(settings, identity, sessions, router, timer, socket, connections::remove);
    connections.add(connection);
    connection.start();
    if (closed.get()) {
      connection.abort();
    }
  }

  private Thread daemon(String role, Runnable body) {
    Thread thread = new Thread(body, "loopback-server " + serverSocket.getLocalPort() + ' ' + role);
    thread.setDaemon(true);
    return thread;
  }
}
