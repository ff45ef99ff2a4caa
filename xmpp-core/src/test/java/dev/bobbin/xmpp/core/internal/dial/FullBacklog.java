package dev.bobbin.xmpp.core.internal.dial;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A port on the loopback interface where connecting hangs. Its queue has room for two or so, and
 * more than that are in it or wait for it, all before whoever comes later; nobody is ever taken
 * out.
 */
public final class FullBacklog implements AutoCloseable {
  private static final int ENOUGH = 16;
  private static final int PROBE_MILLIS = 100;

  private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final List<SocketChannel> waiting = new ArrayList<>();

  /** Fills the queue. */
  public FullBacklog() throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    for (int i = 0; i < ENOUGH; i++) {
      SocketChannel channel = SocketChannel.open();
      waiting.add(channel);
      channel.configureBlocking(false);
      channel.connect(address);
    }
    try (Socket probe = new Socket()) {
      probe.connect(address, PROBE_MILLIS);
    } catch (SocketTimeoutException e) {
      return;
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
    for (SocketChannel channel : waiting) {
      channel.close();
    }
    server.close();
  }
}
