package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.internal.sasl.ChannelBinding;
import dev.bobbin.xmpp.core.internal.sasl.ChosenMechanism;
import dev.bobbin.xmpp.core.internal.sasl.Credentials;
import dev.bobbin.xmpp.core.internal.sasl.MechanismChoice;
import dev.bobbin.xmpp.core.internal.sasl.SaslException;
import dev.bobbin.xmpp.core.internal.sasl.SaslExchange;
import dev.bobbin.xmpp.core.internal.sasl.SaslOffer;
import dev.bobbin.xmpp.core.internal.stream.StreamViolation;
import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLSocket;

/**
 * Proves to the server who logs in, and has it prove itself (<a
 * href="https://www.rfc-editor.org/rfc/rfc6120#section-6">RFC 6120 section 6</a>). What is said
 * belongs to the mechanism; here is the frame around it, and which mechanism it is. For use by one
 * thread.
 *
 * <p>One mechanism is tried, once: going on to a weaker one after a failure would let whoever can
 * cause failures choose the mechanism.
 */
final class SaslNegotiation {
  private final Credentials credentials;
  private final Watchdog watchdog;

  SaslNegotiation(Credentials credentials, Watchdog watchdog) {
    this.credentials = credentials;
    this.watchdog = watchdog;
  }

  /** Authenticates on a secured stream whose features are these. Blocks. */
  void authenticate(NegotiationStream stream, XmlElement features)
      throws IOException, StreamViolation {
    ChosenMechanism mechanism = choose(stream, SaslOffer.of(features));
    SaslElements elements = new SaslElements(stream);
    watchdog.step("waiting for the password");
    try (SaslExchange exchange = mechanism.begin()) {
      step(mechanism, exchange);
      elements.auth(mechanism.name(), exchange.initialResponse(), exchange.hasSaidAll());
      XmlElement reply = stream.read();
      // Ends, since an exchange takes only so many challenges.
      while (SaslElements.isChallenge(reply)) {
        byte[] answer = answer(exchange, elements, reply);
        elements.response(answer, exchange.hasSaidAll());
        step(mechanism, exchange);
        reply = stream.read();
      }
      if (!SaslElements.isSuccess(reply)) {
        throw SaslElements.isFailure(reply)
            ? SaslFailure.of(reply, credentials.account(), mechanism.adviceOnRefusal())
            : StreamErrors.protocol(
                "The server answered <" + Remote.name(reply) + "/> during authentication");
      }
      exchange.succeed(SaslElements.data(reply));
    } catch (SaslException e) {
      throw new ConnectionException(
          Reason.AUTHENTICATION,
          "Authentication was given up: "
              + e.getMessage()
              + " (docs/errors.md#authentication-given-up)",
          e.getCause() == null ? e : e.getCause());
    }
  }

  private void step(ChosenMechanism mechanism, SaslExchange exchange) {
    String doing = exchange.hasSaidAll() ? "waiting for the outcome of " : "authenticating by ";
    watchdog.step(doing + mechanism.name());
  }

  /** Tells the server when its challenge is not acceptable (RFC 6120 section 6.4.4). */
  private static byte[] answer(SaslExchange exchange, SaslElements elements, XmlElement challenge)
      throws SaslException {
    try {
      return exchange.answer(SaslElements.data(challenge));
    } catch (SaslException e) {
      elements.abort();
      throw e;
    }
  }

  private ChosenMechanism choose(NegotiationStream stream, SaslOffer offer) {
    List<ChannelBinding> bindings =
        stream.socket() instanceof SSLSocket tls ? ChannelBinding.of(tls.getSession()) : List.of();
    MechanismChoice choice = new MechanismChoice(credentials, offer, bindings);
    return choice.best().orElseThrow(() -> nothingInCommon(offer, choice));
  }

  private ConnectionException nothingInCommon(SaslOffer offer, MechanismChoice choice) {
    StringBuilder message =
        new StringBuilder("The server offers the SASL mechanisms ")
            .append(Remote.list(offer.mechanisms()))
            .append(offer.bindings().isEmpty() ? "" : " and the channel bindings ")
            .append(offer.bindings().isEmpty() ? "" : Remote.list(offer.bindings()))
            .append("; this client uses ")
            .append(credentials.mechanismNames());
    choice.leftOut().forEach(reason -> message.append(". ").append(reason));
    return new ConnectionException(
        Reason.NO_COMMON_MECHANISM,
        message.append(" (docs/errors.md#no-common-mechanism)").toString(),
        null);
  }
}
