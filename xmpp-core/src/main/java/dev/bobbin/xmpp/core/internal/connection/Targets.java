package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionState;
import dev.bobbin.xmpp.core.internal.dial.Destination;
import dev.bobbin.xmpp.core.internal.dial.Dialer;
import dev.bobbin.xmpp.core.internal.dial.Endpoint;
import dev.bobbin.xmpp.core.internal.dial.SrvResolver;
import java.io.IOException;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.List;

/**
 * The servers of a domain, tried one after the other until one is secured (<a
 * href="https://www.rfc-editor.org/rfc/rfc6120#section-3.2">RFC 6120 section 3.2</a>). For use by
 * one thread.
 */
final class Targets {
  /** A server that TLS has shown to be the right one: TCP, and the stream over TLS, not open. */
  record Secured(Socket raw, NegotiationStream stream) {}

  private final ConnectionConfig config;
  private final Watchdog watchdog;

  Targets(ConnectionConfig config, Watchdog watchdog) {
    this.config = config;
    this.watchdog = watchdog;
  }

  /** Secures a connection to one of a destination's servers. Blocks. */
  Secured secure(Destination destination) throws IOException {
    Socket raw = dial(destination);
    return new Secured(raw, new TlsNegotiation(config, watchdog).secure(raw));
  }

  private Socket dial(Destination destination) {
    String domain = destination.domain();
    Endpoint endpoint = destination.endpoint();
    if (endpoint != null) {
      return dial(List.of(endpoint));
    }
    watchdog.step("looking up the server of '" + domain + "'");
    // Two tries, of which the second waits twice as long, and time left for the domain itself.
    long patience = Math.max(1, config.timeouts().step().toMillis() / 5);
    SrvResolver resolver = new SrvResolver(destination.nameServer(), patience, new SecureRandom());
    List<Endpoint> endpoints = resolver.resolve(domain);
    try {
      return dial(endpoints);
    } catch (ConnectionException e) {
      if (resolver.failure().isEmpty() || watchdog.ended() != null) {
        throw e;
      }
      throw new ConnectionException(
          e.reason(),
          e.getMessage()
              + " (its SRV records could not be looked up: "
              + Remote.text(resolver.failure().get())
              + ")",
          e);
    }
  }

  private Socket dial(List<Endpoint> endpoints) {
    return Dialer.dial(endpoints, (int) config.timeouts().connect().toMillis(), new DialProgress());
  }

  private final class DialProgress implements Dialer.Progress {
    @Override
    public void lookingUp(Endpoint endpoint) {
      watchdog.enter(ConnectionState.CONNECTING, "trying " + endpoint);
      watchdog.step("looking up the host of " + endpoint);
    }

    @Override
    public void connecting(String address, Socket socket) {
      watchdog.guard(socket);
      // The socket's own time-out comes first, and lets the next address have its turn.
      watchdog.step(
          "connecting to " + address, config.timeouts().connect().plus(config.timeouts().step()));
    }
  }
}
