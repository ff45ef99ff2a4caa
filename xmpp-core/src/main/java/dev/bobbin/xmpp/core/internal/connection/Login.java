package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.stanza.StanzaError;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.internal.dial.Dialer;
import dev.bobbin.xmpp.core.internal.dial.Endpoint;
import dev.bobbin.xmpp.core.internal.dial.SrvResolver;
import dev.bobbin.xmpp.core.internal.dial.TlsUpgrade;
import dev.bobbin.xmpp.core.internal.sasl.SaslException;
import dev.bobbin.xmpp.core.internal.sasl.ScramLogin;
import dev.bobbin.xmpp.core.internal.stream.StreamLimits;
import dev.bobbin.xmpp.core.internal.stream.StreamReader;
import dev.bobbin.xmpp.core.internal.stream.StreamViolation;
import java.io.IOException;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * The steps from a domain to a bound resource, one after the other on the connection's reader: TCP,
 * STARTTLS, SASL, resource binding (RFC 6120 sections 3 to 7). A {@link Watchdog} bounds each step.
 */
final class Login {
  private static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";
  private static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
  private static final String BIND = "urn:ietf:params:xml:ns:xmpp-bind";

  /** A logged-in connection: TCP, TLS over it, its stream where it stands, our full JID. */
  record Established(Socket raw, Socket socket, StreamReader reader, Jid self) {}

  private final ConnectionConfig config;
  private final Watchdog watchdog;

  Login(ConnectionConfig config, Watchdog watchdog) {
    this.config = config;
    this.watchdog = watchdog;
  }

  /** Logs in. Blocks. When it fails, the socket that the watchdog guards is to be closed. */
  Established run() throws ConnectionException {
    try {
      Socket raw = dial();
      NegotiationStream plain = new NegotiationStream(raw, config.account().domain());
      Socket tls = plain.orTell(() -> secure(plain));
      NegotiationStream secured = new NegotiationStream(tls, config.account().domain());
      return secured.orTell(() -> authenticateAndBind(secured, raw));
    } catch (ConnectionException e) {
      throw e;
    } catch (IOException e) {
      throw new ConnectionException(
          Reason.DISCONNECTED, "The connection was lost while logging in: " + e, e);
    } catch (RuntimeException e) {
      throw new ConnectionException(Reason.PROTOCOL, "Cannot log in: " + e.getMessage(), e);
    }
  }

  private Socket dial() {
    String domain = config.account().domain();
    if (config.endpoint() != null) {
      return dial(List.of(config.endpoint()));
    }
    watchdog.step("looking up the server of '" + domain + "'");
    // Two tries, of which the second waits twice as long, and time left for the domain itself.
    long patience = Math.max(1, config.stepTimeout().toMillis() / 5);
    SrvResolver resolver = new SrvResolver(config.nameServer(), patience, new SecureRandom());
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
    return Dialer.dial(endpoints, (int) config.connectTimeout().toMillis(), new DialProgress());
  }

  private final class DialProgress implements Dialer.Progress {
    @Override
    public void lookingUp(Endpoint endpoint) {
      watchdog.step("looking up the host of " + endpoint);
    }

    @Override
    public void connecting(String address, Socket socket) {
      watchdog.guard(socket);
      // The socket's own time-out comes first, and lets the next address have its turn.
      watchdog.step("connecting to " + address, config.connectTimeout().plus(config.stepTimeout()));
    }
  }

  private Socket secure(NegotiationStream stream) throws IOException, StreamViolation {
    watchdog.step("waiting for the server's stream features");
    XmlElement features = stream.open(StreamLimits.BEFORE_LOGIN, Optional.empty());
    if (features.child("starttls", TLS).isEmpty()) {
      throw new ConnectionException(
          Reason.NO_STARTTLS,
          "The server of '"
              + config.account().domain()
              + "' offers no STARTTLS, so nothing more was sent. Turn TLS on at the server"
              + " (docs/errors.md#no-starttls)",
          null);
    }
    watchdog.step("waiting for the server's answer to STARTTLS");
    stream.write(XmlElement.of("starttls", TLS).toXml());
    XmlElement answer = stream.read();
    if (!answer.is("proceed", TLS)) {
      throw new ConnectionException(
          Reason.TLS, "The server refused STARTTLS with <" + Remote.name(answer) + "/>", null);
    }
    if (stream.hasUnusedBytes()) {
      throw protocol("Bytes came after <proceed/> in the clear: somebody may be injecting them");
    }
    watchdog.step("waiting for the TLS handshake");
    return TlsUpgrade.upgrade(stream.socket(), config.tls(), config.account().domain());
  }

  private Established authenticateAndBind(NegotiationStream stream, Socket raw)
      throws IOException, StreamViolation {
    watchdog.step("waiting for the server's SASL mechanisms");
    XmlElement features = stream.open(StreamLimits.BEFORE_LOGIN, Optional.of(config.account()));
    authenticate(stream, features);
    if (stream.hasUnusedBytes()) {
      throw protocol("Bytes came after <success/> before the new stream was opened");
    }
    watchdog.step("waiting for the server's features after login");
    StreamLimits limits = StreamLimits.LOGGED_IN.withMaxStanzaBytes(config.maxStanzaBytes());
    features = stream.open(limits, Optional.of(config.account()));
    if (features.child("bind", BIND).isEmpty()) {
      throw protocol("The server offers no resource binding (RFC 6120 section 7)");
    }
    watchdog.step("waiting for the server to bind a resource");
    Jid self = bind(stream);
    return new Established(raw, stream.socket(), stream.reader(), self);
  }

  private void authenticate(NegotiationStream stream, XmlElement features)
      throws IOException, StreamViolation {
    List<String> offered =
        features.child("mechanisms", SASL).stream()
            .flatMap(mechanisms -> mechanisms.children("mechanism", SASL).stream())
            .map(mechanism -> mechanism.text().strip())
            .toList();
    String mechanism =
        ScramLogin.MECHANISMS.stream()
            .filter(offered::contains)
            .findFirst()
            .orElseThrow(
                () ->
                    new ConnectionException(
                        Reason.NO_COMMON_MECHANISM,
                        "The server offers the SASL mechanisms "
                            + Remote.list(offered)
                            + "; this client speaks "
                            + ScramLogin.MECHANISMS
                            + " (docs/errors.md#no-common-mechanism)",
                        null));
    try {
      String user = config.account().local().orElseThrow();
      ScramLogin scram = new ScramLogin(mechanism, user, config.password().characters());
      watchdog.step("authenticating by " + mechanism);
      stream.write(
          XmlElement.builder("auth", SASL)
              .attribute("mechanism", mechanism)
              .text(scram.first())
              .build()
              .toXml());
      XmlElement reply = expect(stream, "challenge");
      stream.write(response(scram.answer(reply.text())));
      watchdog.step("waiting for the outcome of " + mechanism);
      reply = expect(stream, "success", "challenge");
      if (reply.is("challenge", SASL)) {
        // RFC 6120 section 6.3.10 lets the server send its last data so, when it likes to.
        scram.verify(reply.text());
        stream.write(response(""));
        reply = expect(stream, "success");
      }
      if (!scram.isVerified()) {
        scram.verify(reply.text());
      }
    } catch (SaslException e) {
      throw new ConnectionException(
          Reason.AUTHENTICATION, "Authentication was given up: " + e.getMessage(), e);
    }
  }

  private static String response(String base64) {
    return XmlElement.builder("response", SASL).text(base64).build().toXml();
  }

  private XmlElement expect(NegotiationStream stream, String... names)
      throws IOException, StreamViolation {
    XmlElement reply = stream.read();
    for (String name : names) {
      if (reply.is(name, SASL)) {
        return reply;
      }
    }
    if (!reply.is("failure", SASL)) {
      throw protocol("The server answered <" + Remote.name(reply) + "/> during authentication");
    }
    String condition =
        reply.children().stream()
            .filter(child -> !child.name().equals("text"))
            .findFirst()
            .map(Remote::name)
            .orElse("failure");
    Reason reason =
        switch (condition) {
          case "not-authorized", "credentials-expired" -> Reason.WRONG_CREDENTIALS;
          case "account-disabled" -> Reason.ACCOUNT_DISABLED;
          default -> Reason.AUTHENTICATION;
        };
    throw new ConnectionException(
        reason,
        "The server refused to log in "
            + config.account()
            + ": "
            + condition
            + (reason == Reason.WRONG_CREDENTIALS ? ". Check user name and password" : "")
            + " (docs/errors.md#login-refused)",
        null);
  }

  private Jid bind(NegotiationStream stream) throws IOException, StreamViolation {
    XmlElement.Builder bind = XmlElement.builder("bind", BIND);
    if (config.resource() != null) {
      bind.add("resource", config.resource());
    }
    String id = new StanzaIds().next();
    stream.write(Iq.set(null, bind.build()).withId(id).element().toXml(Stanza.NAMESPACE));
    XmlElement answer = stream.read();
    Iq reply;
    try {
      reply = Iq.parse(answer);
    } catch (IllegalArgumentException e) {
      throw protocol("The server answered <" + Remote.name(answer) + "/> to resource binding");
    }
    if (!reply.id().equals(Optional.of(id))) {
      throw protocol("The server answered resource binding with another id");
    }
    if (reply.type() != Iq.Type.RESULT) {
      throw protocol(
          "The server refused to bind a resource: "
              + reply
                  .error()
                  .map(StanzaError::condition)
                  .map(c -> c.elementName())
                  .orElse("no error"));
    }
    Optional<Jid> bound =
        reply
            .payload()
            .filter(p -> p.is("bind", BIND))
            .flatMap(p -> p.child("jid", BIND))
            .map(jid -> Jid.of(jid.text()));
    if (bound.isEmpty() || bound.get().isBare() || !bound.get().bare().equals(config.account())) {
      throw protocol(
          "The server bound "
              + bound.map(Jid::toString).orElse("no JID")
              + " instead of a resource of "
              + config.account());
    }
    return bound.get();
  }

  private static ConnectionException protocol(String message) {
    return new ConnectionException(Reason.PROTOCOL, message, null);
  }
}
