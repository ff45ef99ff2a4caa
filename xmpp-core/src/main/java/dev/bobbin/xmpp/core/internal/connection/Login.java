package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.ConnectionState;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.internal.stream.StreamLimits;
import dev.bobbin.xmpp.core.internal.stream.StreamReader;
import dev.bobbin.xmpp.core.internal.stream.StreamViolation;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The steps from a domain to a bound resource, one after the other on the connection's reader: TCP,
 * STARTTLS, SASL, resource binding (RFC 6120 sections 3 to 7). A {@link Watchdog} bounds each step.
 */
final class Login {

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
      Targets.Secured server = new Targets(config, watchdog, diallers).secure(config.destination());
      return server.stream().orTell(() -> logIn(server.stream(), server.raw()));
    } catch (ConnectionException e) {
      throw e;
    } catch (IOException e) {
      throw new ConnectionException(
          Reason.DISCONNECTED, "The connection was lost while logging in: " + e, e);
    } catch (RuntimeException e) {
      throw new ConnectionException(Reason.PROTOCOL, "Cannot log in: " + e.getMessage(), e);
    }
  }

  private Established logIn(NegotiationStream stream, Socket raw)
      throws IOException, StreamViolation {
    Optional<Jid> from = config.credentials().claimed();
    watchdog.enter(ConnectionState.AUTHENTICATING, "TLS has shown the server's identity");
    watchdog.step("waiting for the server's SASL mechanisms");
    XmlElement features = stream.open(StreamLimits.BEFORE_LOGIN, from);
    new SaslNegotiation(config.credentials(), watchdog).authenticate(stream, features);
    if (stream.hasUnusedBytes()) {
      throw StreamErrors.protocol("Bytes came after <success/> before the new stream was opened");
    }
    watchdog.enter(ConnectionState.BINDING, "server and client have proven who they are");
    watchdog.step("waiting for the server's features after login");
    StreamLimits limits = StreamLimits.LOGGED_IN.withMaxStanzaBytes(config.maxStanzaBytes());
    features = stream.open(limits, from);
    Jid self = new ResourceBinding(config, watchdog).bind(stream, features);
    return new Established(raw, stream.socket(), stream.reader(), self);
  }
}
