package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Authenticates a client (RFC 6120 section 6). For use by one thread. */
final class SaslNegotiation {
  static final String NAMESPACE = "urn:ietf:params:xml:ns:xmpp-sasl";
  static final int MAX_ATTEMPTS = 5;

  /**
   * Who a client has proven to be.
   *
   * @param outcome the account, and how the channel was bound
   * @param mechanism what it was proven with
   */
  record Authenticated(SaslExchange.Outcome outcome, SaslMechanism mechanism) {
    Jid account() {
      return outcome.account();
    }

    Login login(Jid bound, boolean direct, int turnarounds) {
      Optional<String> binding =
          Optional.of(outcome.channelBinding()).filter(type -> !type.isEmpty());
      return new Login(bound, direct, mechanism.saslName(), binding, turnarounds);
    }
  }

  private final XmlStream stream;
  private final SaslOffer offer;
  private final Accounts accounts;

  SaslNegotiation(XmlStream stream, SaslOffer offer, Accounts accounts) {
    this.stream = stream;
    this.offer = offer;
    this.accounts = accounts;
  }

  /** Waits until the client has proven who it is. */
  Authenticated authenticate() throws IOException {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      try {
        return attempt();
      } catch (SaslFailure failure) {
        stream.write(failure.toXml());
      }
    }
    throw new StreamFault("policy-violation", "too many attempts to authenticate");
  }

  private Authenticated attempt() throws IOException, SaslFailure {
    XmlElement auth = stream.read();
    if (!auth.is("auth", NAMESPACE)) {
      throw new StreamFault("not-authorized", "the client has not authenticated");
    }
    SaslMechanism mechanism =
        offer
            .mechanism(auth.attribute("mechanism").orElse(""))
            .orElseThrow(() -> new SaslFailure("invalid-mechanism"));
    SaslExchange.Outcome outcome = mechanism.begin(accounts, offer).prove(dialogue(auth));
    accounts.admit(outcome.account());
    stream.write(element("success", outcome.data()));
    return new Authenticated(outcome, mechanism);
  }

  private SaslExchange.Dialogue dialogue(XmlElement auth) {
    return new SaslExchange.Dialogue() {
      @Override
      public String first() throws IOException, SaslFailure {
        return auth.text().isEmpty() ? ask("") : payload(auth);
      }

      @Override
      public String ask(String challenge) throws IOException, SaslFailure {
        stream.write(element("challenge", challenge));
        XmlElement response = stream.read();
        if (response.is("abort", NAMESPACE)) {
          throw new SaslFailure("aborted");
        }
        if (!response.is("response", NAMESPACE)) {
          throw new StreamFault("not-authorized", "the client has not authenticated");
        }
        return payload(response);
      }
    };
  }

  private static String payload(XmlElement element) throws SaslFailure {
    String text = element.text();
    if (text.equals("=")) {
      return "";
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException e) {
      throw new SaslFailure("incorrect-encoding");
    } catch (CharacterCodingException e) {
      throw new SaslFailure(SaslFailure.MALFORMED_REQUEST);
    }
  }

  private static String element(String name, String data) {
    String text = Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8));
    return "<" + name + " xmlns='" + NAMESPACE + "'>" + text + "</" + name + ">";
  }
}
