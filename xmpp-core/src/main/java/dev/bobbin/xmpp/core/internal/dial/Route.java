package dev.bobbin.xmpp.core.internal.dial;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * One way to an endpoint.
 *
 * @param name for messages
 * @param address an address, or a name that the proxy looks up
 * @param proxy by which proxy; null for what the JVM's system properties say
 * @param authorization what an HTTP proxy is told of who asks; null for nothing. A secret
 */
record Route(
    String name, InetSocketAddress address, @Nullable Proxy proxy, @Nullable String authorization) {
  static Route to(InetAddress address, int port, @Nullable Proxy proxy) {
    return new Route(
        address.getHostAddress() + " port " + port,
        new InetSocketAddress(address, port),
        proxy,
        null);
  }

  static Route through(Proxy proxy, Endpoint endpoint, @Nullable String authorization) {
    return new Route(
        endpoint + " by the " + proxy,
        InetSocketAddress.createUnresolved(endpoint.host(), endpoint.port()),
        proxy,
        authorization);
  }

  /** A socket that is not connected and can be closed at any time. */
  Socket socket() {
    if (proxy == null) {
      return new Socket();
    }
    return new Socket(proxy.type() == Proxy.Type.HTTP ? Proxy.NO_PROXY : proxy);
  }

  /** Connects such a socket. Blocks up to the time-out, or while a proxy's name is looked up. */
  void connect(Socket socket, int timeoutMillis) throws IOException {
    if (proxy != null
        && proxy.type() == Proxy.Type.HTTP
        && proxy.address() instanceof InetSocketAddress http) {
      String authority = new Endpoint(address.getHostString(), address.getPort(), false).toString();
      new HttpTunnel(socket, http, timeoutMillis).open(authority, authorization);
    } else {
      socket.connect(address, timeoutMillis);
    }
    socket.setTcpNoDelay(true);
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return name;
  }
}
