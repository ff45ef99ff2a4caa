package dev.bobbin.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Stands between a store and Redis, and does to their connections what a network does. Safe for use
 * by several threads.
 */
final class Relay implements AutoCloseable {
  private static final int MOST_HELD = 64 * 1024;

  private final ServerSocket server = new ServerSocket();
  private volatile int port;
  private volatile int commandBytesPerSecond = Integer.MAX_VALUE;
  private final List<Pair> pairs = new CopyOnWriteArrayList<>();
  private volatile boolean isClosed;

  /** To a port of 127.0.0.1. */
  Relay(int port) throws IOException {
    this.port = port;
    server.setReceiveBufferSize(MOST_HELD);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    start(this::accept);
  }

  /** A connection of the store, and ours to Redis for it. */
  private static final class Pair {
    final Socket store;
    final Socket redis;
    volatile boolean takesCommands = true;
    volatile boolean givesAnswers = true;

    Pair(Socket store, Socket redis) {
      this.store = store;
      this.redis = redis;
    }

    void close() {
      Relay.close(store);
      Relay.close(redis);
    }
  }

  /** From now on, new connections go to another port, as when a name leads elsewhere. */
  void leadTo(int newPort) {
    port = newPort;
  }

  /** From now on, commands take their time, on all connections. */
  void slowDown(int bytesPerSecond) {
    commandBytesPerSecond = bytesPerSecond;
  }

  /** How many connections there were, those included that have ended. */
  int connections() {
    return pairs.size();
  }

  /** How many have ended, so that nothing comes from them any more. */
  long ended() {
    return pairs.stream().filter(pair -> pair.redis.isClosed()).count();
  }

  String uri() {
    return "redis://127.0.0.1:" + server.getLocalPort();
  }

  /** From now on, what comes on the connections that there are gets lost, and nobody is told. */
  void swallow() {
    pairs.forEach(pair -> pair.takesCommands = false);
    swallowAnswers();
  }

  /** From now on, what Redis says on the connections that there are gets lost. */
  void swallowAnswers() {
    pairs.forEach(pair -> pair.givesAnswers = false);
  }

  /** Closes the connections that there are. */
  void cut() {
    pairs.forEach(Pair::close);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!isClosed) {
      try {
        Socket store = server.accept();
        Pair pair = new Pair(store, new Socket(InetAddress.getLoopbackAddress(), port));
        pairs.add(pair);
        start(() -> pass(pair, true));
        start(() -> pass(pair, false));
      } catch (IOException e) {
        // Closed, or Redis does not listen: then the store finds out.
      }
    }
  }

  private void pass(Pair pair, boolean commands) {
    byte[] bytes = new byte[8192];
    try (InputStream in = (commands ? pair.store : pair.redis).getInputStream();
        OutputStream out = (commands ? pair.redis : pair.store).getOutputStream()) {
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        if (commands ? pair.takesCommands : pair.givesAnswers) {
          out.write(bytes, 0, read);
        }
        if (commands) {
          TimeUnit.MILLISECONDS.sleep(read * 1000L / commandBytesPerSecond);
        }
      }
    } catch (IOException | InterruptedException e) {
      // One of the two has gone.
    } finally {
      pair.close();
    }
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // It is of no use any more.
    }
  }

  @Override
  public void close() {
    isClosed = true;
    close(server);
    cut();
  }
}
