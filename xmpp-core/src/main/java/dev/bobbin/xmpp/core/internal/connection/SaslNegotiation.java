package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.internal.sasl.Credentials;
import dev.bobbin.xmpp.core.internal.sasl.SaslException;
import dev.bobbin.xmpp.core.internal.sasl.ScramLogin;
import dev.bobbin.xmpp.core.internal.stream.StreamViolation;
import java.io.IOException;
import java.util.List;

/**
 * Proves to the server who logs in, and has it prove itself (<a
 * href="https://www.rfc-editor.org/rfc/rfc6120#section-6">RFC 6120 section 6</a>). For use by one
 * thread.
 */
final class SaslNegotiation {
  private static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";

  private final Credentials credentials;
  private final Watchdog watchdog;

  SaslNegotiation(Credentials credentials, Watchdog watchdog) {
    this.credentials = credentials;
    this.watchdog = watchdog;
  }

  /** Authenticates on a secured stream whose features are these. Blocks. */
  void authenticate(NegotiationStream stream, XmlElement features)
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
      String user = credentials.account().local().orElseThrow();
      ScramLogin scram = new ScramLogin(mechanism, user, credentials.password().characters());
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
      throw StreamErrors.protocol(
          "The server answered <" + Remote.name(reply) + "/> during authentication");
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
            + credentials.account()
            + ": "
            + condition
            + (reason == Reason.WRONG_CREDENTIALS ? ". Check user name and password" : "")
            + " (docs/errors.md#login-refused)",
        null);
  }
}
