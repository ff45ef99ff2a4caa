package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.internal.connection.FailedTargets.Reached;
import dev.bobbin.xmpp.core.internal.dial.Destination;
import dev.bobbin.xmpp.core.internal.dial.Dialer;
import dev.bobbin.xmpp.core.internal.dial.Endpoint;
import dev.bobbin.xmpp.core.internal.dial.SrvResolver;
import dev.bobbin.xmpp.core.internal.stream.StreamLimits;
import dev.bobbin.xmpp.core.internal.stream.StreamViolation;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a domain, tried one after the other until one has sent its features over TLS (<a
 * href="https://www.rfc-editor.org/rfc/rfc6120#section-3.2">RFC 6120 section 3.2</a>). Whatever
 * goes wrong with one before, the next has its turn: TLS alone proves little, since a proxy may end
 * it for a server that is dead (<a href="https://xmpp.org/extensions/xep-0368.html">XEP-0368</a>).
 * What fails later fails for good. For use by one thread.
 */
final class Targets {
  /**
   * A server that TLS has shown to be the right one, and that speaks XMPP.
   *
   * @param raw TCP
   * @param stream over TLS, open
   * @param announced its features; null when it sends us to another host
   * @param redirect that it does; null when it does not
   */
  record Secured(
      Socket raw,
      NegotiationStream stream,
      @Nullable XmlElement announced,
      @Nullable ConnectionException redirect) {
    /** What it offers. Throws the redirect, if there is one. */
    XmlElement features() {
      if (redirect != null) {
        throw redirect;
      }
      return Objects.requireNonNull(announced);
    }
  }

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
    // Silence of the name servers must not end the step: the domain itself is tried then.
    Duration limit = config.timeouts().step().dividedBy(2);
    SrvResolver resolver =
        new SrvResolver(
            diallers, destination.nameServer(), limit, new SecureRandom(), watchdog::guard);
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
    ConnectionException before = null;
    for (Endpoint endpoint : endpoints) {
      watchdog.beginTarget();
      if (before != null) {
        watchdog.retry("trying " + endpoint + ", after " + failed.last(), before);
      }
      Target target = new Target(endpoint, destination);
      try {
        Secured secured = target.secure();
        watchdog.keepTarget();
        return secured;
      } catch (IOException | RuntimeException e) {
        String domain = config.destination().domain();
        before = watchdog.leaveTarget(LoginFailure.of(e, domain));
        failed.add(endpoint, target.reached, before);
        ConnectionException ended = watchdog.ended();
        if (ended != null) {
          throw ended;
        }
      }
    }
    throw failed.summary();
  }

  private final class Target implements Dialer.Progress {
    private final Endpoint endpoint;
    private final Dialer dialer;
    private Reached reached = Reached.NOBODY;

    Target(Endpoint endpoint, Destination destination) {
      this.endpoint = endpoint;
      int patience = (int) config.timeouts().connect().toMillis();
      this.dialer = new Dialer(diallers, patience, destination.proxy(), this);
    }

    Secured secure() throws IOException {
      Socket raw = dialer.dial(endpoint);
      reached = Reached.CONNECTED;
      NegotiationStream stream = overTls(raw);
      reached = Reached.SECURED;
      watchdog.step("waiting for the server's SASL mechanisms");
      try {
        return new Secured(raw, stream, stream.orLeave(() -> features(stream)), null);
      } catch (ConnectionException e) {
        if (Redirects.isOne(e)) {
          return new Secured(raw, stream, null, e);
        }
        throw e;
      }
    }

    private NegotiationStream overTls(Socket raw) throws IOException {
      try {
        return new TlsNegotiation(config, watchdog).secure(raw, endpoint.directTls());
      } catch (ConnectionException e) {
        throw Redirects.inTheClear(e);
      }
    }

    private XmlElement features(NegotiationStream stream) throws IOException, StreamViolation {
      return stream.open(StreamLimits.BEFORE_LOGIN, config.credentials().claimed());
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
