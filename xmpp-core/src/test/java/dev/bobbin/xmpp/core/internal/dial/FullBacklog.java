package dev.bobbin.xmpp.core.internal.dial;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port on the loopback interface where connecting hangs: its queue is full. */
public final class FullBacklog implements AutoCloseable {
  private static final int ENOUGH = 64;
  private static final int PATIENCE_MILLIS = 100;

  private final ServerSocket server;
  private final List<Socket> waiting = new ArrayList<>();

  /** On 127.0.0.1. */
  public FullBacklog() throws IOException {
    this("127.0.0.1", 0);
  }

  /** On a given address. */
  public FullBacklog(String address, int port) throws IOException {
    server = new ServerSocket(port, 1, InetAddress.getByName(address));
    for (int i = 0; i < ENOUGH; i++) {
      Socket socket = new Socket();
      waiting.add(socket);
      try {
        socket.connect(
            new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), PATIENCE_MILLIS);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
    close();
    throw new IllegalStateException("the backlog cannot be filled");
  }

  /** Where it hangs. */
  public int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : waiting) {
      socket.close();
    }
    server.close();
  }
}
