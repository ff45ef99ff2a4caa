package dev.bobbin.xmpp.core.internal.dial;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One way to an endpoint.
 *
 * @param name for messages
 * @param address an address, or a name that the proxy looks up
 * @param proxy by which proxy; null for what the JVM's system properties say
 */
record Route(String name, SocketAddress address, @Nullable Proxy proxy) {
  static Route to(InetAddress address, int port, @Nullable Proxy proxy) {
    return new Route(
        address.getHostAddress() + " port " + port, new InetSocketAddress(address, port), proxy);
  }

  static Route through(Proxy proxy, Endpoint endpoint) {
    return new Route(
        endpoint + " by the " + proxy,
        InetSocketAddress.createUnresolved(endpoint.host(), endpoint.port()),
        proxy);
  }

  Socket socket() {
    return proxy == null ? new Socket() : new Socket(proxy);
  }
}
