package dev.bobbin.xmpp.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Accepts connections on one port, with a thread of its own, until it is closed. Thread-safe. */
final class Acceptor {
  private static final System.Logger LOG = System.getLogger(LoopbackServer.class.getName());
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int MOST_FAILURES = 100;

  /** Takes an accepted connection; what it throws ends only that one. */
  interface Handler {
    void serve(Socket socket) throws IOException;
  }

  private final ServerSocket serverSocket;
  private final Handler handler;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);

  Acceptor(ServerSocket bound, Handler handler) {
    this.serverSocket = bound;
    this.handler = handler;
    this.thread = new Thread(this::run, "loopback-server " + bound.getLocalPort() + " acceptor");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  InetSocketAddress address() {
    return new InetSocketAddress(serverSocket.getInetAddress(), serverSocket.getLocalPort());
  }

  /** Stops listening. Never blocks. */
  void close() {
    closing.countDown();
    try {
      serverSocket.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "The server socket could not be closed", e);
    }
  }

  /** Waits, after it was closed, until it hands over no more connections. */
  void join(Duration atMost) throws InterruptedException {
    thread.join(atMost.toMillis());
  }

  private boolean isClosed() {
    return closing.getCount() == 0;
  }

  private void run() {
    try {
      int failures = 0;
      while (!isClosed() && failures < MOST_FAILURES) {
        failures = acceptOne() ? 0 : failures + 1;
        if (failures > 0) {
          // Such as no file descriptor left: trying at once again would only burn time.
          closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
      if (!isClosed()) {
        LOG.log(System.Logger.Level.ERROR, "The server accepts no more connections");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Gives false when accepting failed. */
  private boolean acceptOne() {
    Socket socket;
    try {
      socket = serverSocket.accept();
    } catch (IOException e) {
      if (!isClosed()) {
        LOG.log(System.Logger.Level.WARNING, "A connection could not be accepted", e);
      }
      return false;
    }
    try {
      handler.serve(socket);
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
}
