package dev.bobbin.xmpp.core;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy on the loopback interface that leads to one port of it, whatever it is asked for: SOCKS 5
 * (RFC 1928) or HTTP CONNECT (RFC 9110). Port 0 refuses; a negative one keeps silent.
 */
final class TinyProxy implements AutoCloseable {
  private final Proxy.Type type;
  private final int port;
  private final String credentials;
  private final ServerSocket listener;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  TinyProxy(Proxy.Type type, int port) throws IOException {
    this(type, port, "");
  }

  /** One who wants a user and a password, joined by a colon. */
  TinyProxy(Proxy.Type type, int port, String credentials) throws IOException {
    this.type = type;
    this.port = port;
    this.credentials = credentials;
    this.listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    start(this::serve);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "tiny proxy");
    thread.setDaemon(true);
    thread.start();
  }

  Proxy proxy() {
    return new Proxy(type, new InetSocketAddress("127.0.0.1", listener.getLocalPort()));
  }

  /** What it was asked to lead to, as host and port. */
  List<String> asked() {
    return asked;
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket client = listener.accept()) {
        DataInputStream in = new DataInputStream(client.getInputStream());
        boolean socks = type == Proxy.Type.SOCKS;
        String request = socks ? socksRequest(in, client.getOutputStream()) : connectRequest(in);
        if (request.isEmpty()) {
          String who = "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"tiny\"\r\n\r\n";
          client.getOutputStream().write(who.getBytes(StandardCharsets.US_ASCII));
          continue;
        }
        asked.add(request);
        if (port < 0) {
          in.read();
        } else {
          client.getOutputStream().write(socks ? socksReply() : connectReply());
        }
        if (port > 0) {
          lead(client);
        }
      } catch (IOException e) {
        // The client left, or all is over.
      }
    }
  }

  private void lead(Socket client) throws IOException {
    try (Socket server = new Socket(Proxy.NO_PROXY)) {
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      start(() -> copy(server, client));
      copy(client, server);
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      in.transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One of them closed.
    }
  }

  private String socksRequest(DataInputStream in, OutputStream out) throws IOException {
    in.readByte();
    in.readNBytes(in.readUnsignedByte());
    out.write(new byte[] {5, (byte) (credentials.isEmpty() ? 0 : 2)});
    if (!credentials.isEmpty()) {
      in.readByte();
      boolean right = credentials.equals(text(in) + ":" + text(in));
      out.write(new byte[] {1, (byte) (right ? 0 : 1)});
    }
    byte[] head = in.readNBytes(4);
    if (head[3] == 1) {
      String address = InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
      return address + ":" + in.readUnsignedShort();
    }
    if (head[3] != 3) {
      return "an address of type " + head[3];
    }
    return text(in) + ":" + in.readUnsignedShort();
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
  }

  private byte[] socksReply() {
    byte notAllowed = 2;
    return new byte[] {5, port == 0 ? notAllowed : 0, 0, 1, 127, 0, 0, 1, 0, 0};
  }

  /** Empty when it lacks the credentials. */
  private String connectRequest(DataInputStream in) throws IOException {
    StringBuilder request = new StringBuilder();
    while (request.indexOf("\r\n\r\n") < 0) {
      request.append((char) in.readUnsignedByte());
    }
    String basic =
        Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.US_ASCII));
    boolean right = request.indexOf("\r\nProxy-Authorization: Basic " + basic + "\r\n") > 0;
    return credentials.isEmpty() || right ? request.toString().split(" ", -1)[1] : "";
  }

  private byte[] connectReply() {
    String status = port == 0 ? "403 Not Here" : "200 OK";
    return ("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
