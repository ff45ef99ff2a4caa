package dev.bobbin.xmpp.core;

import dev.bobbin.xmpp.core.internal.dial.Destination;
import dev.bobbin.xmpp.core.internal.dial.Endpoint;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which way to the server an {@link XmppClientBuilder} was given. For use by one thread. */
final class ServerChoice {
  private @Nullable Endpoint endpoint;
  private @Nullable InetSocketAddress nameServer;
  private @Nullable Proxy proxy;

  void endpoint(String host, int port, boolean directTls) {
    if (Objects.requireNonNull(host, "host").isBlank()) {
      // The JDK takes an empty name for the local host.
      throw new IllegalArgumentException("a host is a name or an address, not blank");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("a TCP port is a number from 1 to 65535, not " + port);
    }
    if (endpoint != null && endpoint.directTls() != directTls) {
      throw new IllegalStateException(
          "Both host(...) and directTls(...) were given; one of them would have no effect, so leave"
              + " it out (docs/errors.md#no-effect)");
    }
    endpoint = new Endpoint(host, port, directTls);
  }

  void nameServer(InetSocketAddress server) {
    nameServer = Objects.requireNonNull(server, "server");
  }

  void proxy(Proxy given) {
    proxy = Objects.requireNonNull(given, "given");
  }

  /** The way to a domain. A name server is asked behind a redirect even where a host was given. */
  Destination destination(String domain) {
    return new Destination(domain, endpoint, nameServer, proxy);
  }
}
