package dev.bobbin.xmpp.core.internal.dial;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens a TCP connection to the first endpoint that accepts one. */
public final class Dialer {
  private static final int MOST_ADDRESSES = 16;

  private Dialer() {}

  /** Is told what is being tried, before each step that may take long. */
  public interface Progress {
    /**
     * A host's name is looked up.
     *
     * @param endpoint the host
     */
    void lookingUp(Endpoint endpoint);

    /**
     * An address is tried. What this throws ends the dialling.
     *
     * @param address the address and port
     * @param socket will be connected; another thread can close it
     */
    void connecting(String address, Socket socket);
  }

  /**
   * Tries every address of every endpoint in order. Blocks.
   *
   * @param endpoints where to connect
   * @param timeoutMillis how long to wait for each address
   * @param progress is told of each step
   * @return a connected socket with {@code TCP_NODELAY}
   * @throws ConnectionException when no address accepts; the message lists what was tried
   */
  public static Socket dial(List<Endpoint> endpoints, int timeoutMillis, Progress progress) {
    List<String> tried = new ArrayList<>();
    @Nullable Exception last = null;
    Reason reason = Reason.NAME_NOT_FOUND;
    for (Endpoint endpoint : endpoints) {
      InetAddress[] addresses;
      progress.lookingUp(endpoint);
      try {
        addresses = InetAddress.getAllByName(endpoint.host());
      } catch (UnknownHostException e) {
        tried.add(endpoint + " (name not found)");
        last = last == null ? e : last;
        continue;
      }
      for (int i = 0; i < Math.min(addresses.length, MOST_ADDRESSES); i++) {
        Socket socket = new Socket();
        String address = addresses[i].getHostAddress() + " port " + endpoint.port();
        progress.connecting(address, socket);
        try {
          socket.setTcpNoDelay(true);
          socket.connect(new InetSocketAddress(addresses[i], endpoint.port()), timeoutMillis);
          return socket;
        } catch (IOException e) {
          close(socket);
          boolean timedOut = e instanceof SocketTimeoutException;
          String why =
              timedOut ? "timed out" : e instanceof ConnectException ? "refused" : "failed";
          reason = timedOut && reason != Reason.UNREACHABLE ? Reason.TIMED_OUT : Reason.UNREACHABLE;
          tried.add(address + " (" + why + ")");
          last = e;
        }
      }
    }
    throw new ConnectionException(
        reason,
        "Cannot connect to "
            + String.join(", ", endpoints.stream().map(Endpoint::toString).toList())
            + "; tried "
            + String.join(", ", tried)
            + ". Check host and port (docs/errors.md#cannot-connect)",
        last);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It never connected; there is nothing to lose.
    }
  }
}
