package dev.bobbin.integration;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Stands before a server, and cuts each connection after some bytes of the server's. */
final class Cutter implements AutoCloseable {
  private final InetSocketAddress server;
  private final ServerSocket listener;
  private volatile int most;

  Cutter(InetSocketAddress server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    start("cutter", this::accept);
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  void cutAfter(int bytes) {
    most = bytes;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try (Socket client = listener.accept();
          Socket behind = new Socket(server.getAddress(), server.getPort())) {
        start("cutter, other way", () -> pass(client, behind, Integer.MAX_VALUE));
        pass(behind, client, most);
      } catch (IOException e) {
        // Closed, or one of the two has left.
      }
    }
  }

  private static void pass(Socket from, Socket to, int most) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[1024];
      int left = most;
      for (int n = in.read(buffer); n >= 0 && left > 0; n = in.read(buffer)) {
        out.write(buffer, 0, Math.min(n, left));
        left -= n;
        if (left <= 0) {
          return;
        }
      }
    } catch (IOException e) {
      // Cut.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
