package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionState;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.internal.dial.Destination;
import dev.bobbin.xmpp.core.internal.dial.Endpoint;
import dev.bobbin.xmpp.core.internal.stream.StreamLimits;
import dev.bobbin.xmpp.core.internal.stream.StreamReader;
import dev.bobbin.xmpp.core.internal.stream.StreamViolation;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The steps from a domain to a bound resource, one after the other on the connection's reader: TCP,
 * STARTTLS, SASL, resource binding (RFC 6120 sections 3 to 7); and again at another host when the
 * server, once secured, sends us there. A {@link Watchdog} bounds each step, and all of them.
 */
final class Login {
  /** The feature of XEP-0305. */
  private static final String PIPELINING = "urn:xmpp:features:pipelining";

  /** A logged-in connection: TCP, TLS over it, its stream where it stands, our full JID. */
  record Established(Socket raw, Socket socket, StreamReader reader, Jid self) {}

  private final ConnectionConfig config;
  private final Watchdog watchdog;
  private final Executor diallers;

  Login(ConnectionConfig config, Watchdog watchdog, Executor diallers) {
    this.config = config;
    this.watchdog = watchdog;
    this.diallers = diallers;
  }

  /** Logs in. Blocks. When it fails, the socket that the watchdog guards is to be closed. */
  Established run() throws ConnectionException {
    try {
      Redirects redirects = new Redirects(config.destination());
      Destination destination = config.destination();
      while (true) {
        Targets.Secured server = new Targets(config, watchdog, diallers).secure(destination);
        try {
          XmlElement features = server.features();
          return server.stream().orLeave(() -> logIn(server, features));
        } catch (ConnectionException e) {
          destination = redirects.after(e);
          watchdog.discard();
          watchdog.enter(
              ConnectionState.CONNECTING,
              "the server sends us to '" + Remote.text(name(destination)) + "'");
        }
      }
    } catch (IOException | RuntimeException e) {
      throw LoginFailure.of(e, config.destination().domain());
    }
  }

  private static String name(Destination destination) {
    Endpoint endpoint = destination.endpoint();
    return endpoint == null ? destination.domain() : endpoint.toString();
  }

  private Established logIn(Targets.Secured server, XmlElement announced)
      throws IOException, StreamViolation {
    XmlElement features = announced;
    NegotiationStream stream = server.stream();
    Optional<Jid> from = config.credentials().claimed();
    ResourceBinding binding = new ResourceBinding(config, watchdog);
    watchdog.enter(ConnectionState.AUTHENTICATING, "TLS has shown the server's identity");
    if (features.child("pipelining", PIPELINING).isPresent()) {
      stream.appendToLast(stream.header(from) + binding.request());
    }
    new SaslNegotiation(config.credentials(), watchdog).authenticate(stream, features);
    watchdog.enter(ConnectionState.BINDING, "server and client have proven who they are");
    watchdog.step("waiting for the server's features after login");
    StreamLimits limits = StreamLimits.LOGGED_IN.withMaxStanzaBytes(config.maxStanzaBytes());
    if (stream.hasAppended()) {
      features = stream.reopened(limits);
      binding.requireOffered(features);
    } else {
      if (stream.hasUnusedBytes()) {
        throw StreamErrors.protocol("Bytes came after <success/> before the new stream was opened");
      }
      features = stream.open(limits, from);
      binding.requireOffered(features);
      stream.write(binding.request());
    }
    return new Established(server.raw(), stream.socket(), stream.reader(), binding.result(stream));
  }
}
