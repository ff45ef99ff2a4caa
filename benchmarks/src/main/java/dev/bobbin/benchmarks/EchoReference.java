package dev.bobbin.benchmarks;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * What the same way costs without XMPP: a client, a relay and a peer, each pair joined by one plain
 * TCP connection on loopback, with blocking sockets and a thread for each direction. No TLS, no
 * XML, no parsing: as little as two hops can cost.
 */
final class EchoReference implements Workload, AutoCloseable {
  private static final int BUFFER = 64 * 1024;
  private static final int MOST_MILLIS = 30_000;

  private final int requestBytes;
  private final int responseBytes;
  private final Socket client;
  private final Socket clientAtRelay;
  private final Socket peer;
  private final Socket peerAtRelay;

  /** Starts relay and peer, which end with {@link #close}. */
  EchoReference(int requestBytes, int responseBytes) throws IOException {
    this.requestBytes = requestBytes;
    this.responseBytes = responseBytes;
    try (ServerSocket relay = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
      client = new Socket(relay.getInetAddress(), relay.getLocalPort());
      clientAtRelay = relay.accept();
      peer = new Socket(relay.getInetAddress(), relay.getLocalPort());
      peerAtRelay = relay.accept();
    }
    for (Socket socket : new Socket[] {client, clientAtRelay, peer, peerAtRelay}) {
      socket.setTcpNoDelay(true);
    }
    client.setSoTimeout(MOST_MILLIS);
    start("echo-relay-there", () -> pump(clientAtRelay, peerAtRelay));
    start("echo-relay-back", () -> pump(peerAtRelay, clientAtRelay));
    start("echo-peer", this::answer);
  }

  @Override
  public String name() {
    return "TCP echo";
  }

  /** One thread keeps the window full: it writes a request for each answer that it has read. */
  @Override
  public Measurement run(int inFlight, Duration time, int most) throws IOException {
    InputStream in = new BufferedInputStream(client.getInputStream(), BUFFER);
    OutputStream out = new BufferedOutputStream(client.getOutputStream(), BUFFER);
    byte[] request = new byte[requestBytes];
    byte[] response = new byte[responseBytes];
    ArrayDeque<Long> begun = new ArrayDeque<>();
    Recorder recorder = new Recorder(time.toNanos(), most);
    long now = System.nanoTime();
    while (begun.size() < inFlight && recorder.begin(now)) {
      out.write(request);
      begun.add(now);
    }
    out.flush();
    while (!begun.isEmpty()) {
      if (in.readNBytes(response, 0, responseBytes) < responseBytes) {
        throw new IOException("The echo has ended");
      }
      now = System.nanoTime();
      recorder.end(now - begun.remove());
      if (recorder.begin(now)) {
        out.write(request);
        begun.add(now);
      }
      if (in.available() < responseBytes) {
        out.flush();
      }
    }
    return recorder.finish();
  }

  private void answer() throws IOException {
    InputStream in = new BufferedInputStream(peer.getInputStream(), BUFFER);
    OutputStream out = new BufferedOutputStream(peer.getOutputStream(), BUFFER);
    byte[] request = new byte[requestBytes];
    byte[] response = new byte[responseBytes];
    while (in.readNBytes(request, 0, requestBytes) == requestBytes) {
      out.write(response);
      if (in.available() < requestBytes) {
        out.flush();
      }
    }
  }

  private static void pump(Socket from, Socket to) throws IOException {
    byte[] buffer = new byte[BUFFER];
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    int length = in.read(buffer);
    while (length >= 0) {
      out.write(buffer, 0, length);
      length = in.read(buffer);
    }
  }

  private interface Body {
    void run() throws IOException;
  }

  private static void start(String name, Body body) {
    Thread thread =
        new Thread(
            () -> {
              try {
                body.run();
              } catch (IOException e) {
                // Closed; a client that still waits is told by its own socket.
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    for (Socket socket : new Socket[] {client, clientAtRelay, peer, peerAtRelay}) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
