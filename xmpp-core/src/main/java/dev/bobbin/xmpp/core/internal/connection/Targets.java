package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.ConnectionState;
import dev.bobbin.xmpp.core.internal.dial.Destination;
import dev.bobbin.xmpp.core.internal.dial.Dialer;
import dev.bobbin.xmpp.core.internal.dial.Endpoint;
import dev.bobbin.xmpp.core.internal.dial.SrvResolver;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The servers of a domain, tried one after the other until one is secured (<a
 * href="https://www.rfc-editor.org/rfc/rfc6120#section-3.2">RFC 6120 section 3.2</a>). Whatever
 * goes wrong with one before TLS has shown it to be the right one, the next has its turn. Which one
 * it was is nobody else's affair: what fails later fails for good. For use by one thread.
 */
final class Targets {
  /** A server that TLS has shown to be the right one: TCP, and the stream over TLS, not open. */
  record Secured(Socket raw, NegotiationStream stream) {}

  private final ConnectionConfig config;
  private final Watchdog watchdog;
  private final Executor diallers;

  /**
   * @param diallers starts each task on a thread of its own
   */
  Targets(ConnectionConfig config, Watchdog watchdog, Executor diallers) {
    this.config = config;
    this.watchdog = watchdog;
    this.diallers = diallers;
  }

  /** Secures a connection to one of a destination's servers. Blocks. */
  Secured secure(Destination destination) {
    String domain = destination.domain();
    Endpoint endpoint = destination.endpoint();
    if (endpoint != null) {
      return secureAny(List.of(endpoint), destination);
    }
    watchdog.step("looking up the server of '" + domain + "'");
    // Two questions, each asked twice, the second time with twice the patience; and time left over.
    long patience = Math.max(1, config.timeouts().step().toMillis() / 10);
    SrvResolver resolver = new SrvResolver(destination.nameServer(), patience, new SecureRandom());
    List<Endpoint> endpoints = resolver.resolve(domain);
    try {
      return secureAny(endpoints, destination);
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

  private Secured secureAny(List<Endpoint> endpoints, Destination destination) {
    FailedTargets failed = new FailedTargets(destination.domain());
    for (Endpoint endpoint : endpoints) {
      watchdog.beginTarget();
      watchdog.enter(ConnectionState.CONNECTING, "trying " + endpoint);
      Target target = new Target(endpoint, destination);
      try {
        Secured secured = target.secure();
        watchdog.keepTarget();
        return secured;
      } catch (IOException | RuntimeException e) {
        failed.add(endpoint, target.connected, watchdog.leaveTarget(failure(e)));
        ConnectionException ended = watchdog.ended();
        if (ended != null) {
          throw ended;
        }
      }
    }
    throw failed.summary();
  }

  private static ConnectionException failure(Exception e) {
    if (e instanceof ConnectionException known) {
      return known;
    }
    return e instanceof IOException
        ? new ConnectionException(
            Reason.DISCONNECTED, "The connection was lost while logging in: " + e, e)
        : new ConnectionException(Reason.PROTOCOL, "Cannot log in: " + e.getMessage(), e);
  }

  private final class Target implements Dialer.Progress {
    private final Endpoint endpoint;
    private final Dialer dialer;
    private boolean connected;

    Target(Endpoint endpoint, Destination destination) {
      this.endpoint = endpoint;
      int patience = (int) config.timeouts().connect().toMillis();
      this.dialer = new Dialer(diallers, patience, destination.proxy(), this);
    }

    Secured secure() throws IOException {
      Socket raw = dialer.dial(endpoint);
      connected = true;
      return new Secured(
          raw, new TlsNegotiation(config, watchdog).secure(raw, endpoint.directTls()));
    }

    @Override
    public void lookingUp(Endpoint host, Closeable lookUp) {
      watchdog.guard(lookUp);
      watchdog.step("looking up the host of " + host);
    }

    @Override
    public void connecting(String address, Closeable attempt) {
      watchdog.guard(attempt);
      // The attempt's own time-out comes first, and lets the next address have its turn.
      watchdog.step(
          "connecting to " + address, config.timeouts().connect().plus(config.timeouts().step()));
    }
  }
}
