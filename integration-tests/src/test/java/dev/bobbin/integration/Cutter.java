package dev.bobbin.integration;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Stands before a server, one connection at a time: cuts each after some bytes of the server's, or
 * is a proxy (CONNECT of HTTP, RFC 9110 section 9.3.6) that leads there, whatever it is asked for.
 */
final class Cutter implements AutoCloseable {
  private final InetSocketAddress server;
  private final ServerSocket listener;
  private final boolean proxy;
  private volatile int most = Integer.MAX_VALUE;

  private Cutter(InetSocketAddress server, boolean proxy) throws IOException {
    this.server = server;
    this.proxy = proxy;
    this.listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    start("cutter", this::accept);
  }

  static Cutter before(InetSocketAddress server) throws IOException {
    return new Cutter(server, false);
  }

  static Cutter proxyTo(InetSocketAddress server) throws IOException {
    return new Cutter(server, true);
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
        if (proxy) {
          skipRequest(client.getInputStream());
          client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
        }
        start("cutter, other way", () -> pass(client, behind, Integer.MAX_VALUE));
        pass(behind, client, most);
      } catch (IOException e) {
        // Closed, or one of the two has left.
      }
    }
  }

  private static void skipRequest(InputStream in) throws IOException {
    StringBuilder request = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      request.append((char) b);
      if (request.indexOf("\r\n\r\n") >= 0) {
        return;
      }
    }
    throw new IOException("no request");
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
