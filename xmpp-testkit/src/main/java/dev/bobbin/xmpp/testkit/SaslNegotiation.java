package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Authenticates a client (RFC 6120 section 6). For use by one thread. */
final class SaslNegotiation {
  static final String NAMESPACE = "urn:ietf:params:xml:ns:xmpp-sasl";
  static final int MAX_ATTEMPTS = 5;

  private final XmlStream stream;
  private final List<ScramMechanism> mechanisms;
  private final Accounts accounts;

  SaslNegotiation(XmlStream stream, List<ScramMechanism> mechanisms, Accounts accounts) {
    this.stream = stream;
    this.mechanisms = mechanisms;
    this.accounts = accounts;
  }

  /** The stream feature; none at all without mechanisms, since an empty list is no valid one. */
  static String feature(List<ScramMechanism> mechanisms) {
    if (mechanisms.isEmpty()) {
      return "";
    }
    return mechanisms.stream()
        .map(mechanism -> "<mechanism>" + mechanism.saslName() + "</mechanism>")
        .collect(Collectors.joining("", "<mechanisms xmlns='" + NAMESPACE + "'>", "</mechanisms>"));
  }

  /** Waits until the client has proven who it is. */
  Jid authenticate() throws IOException {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      try {
        return attempt();
      } catch (SaslFailure failure) {
        stream.write(failure.toXml());
      }
    }
    throw new StreamFault("policy-violation", "too many attempts to authenticate");
  }

  private Jid attempt() throws IOException, SaslFailure {
    XmlElement auth = stream.read();
    if (!auth.is("auth", NAMESPACE)) {
      throw new StreamFault("not-authorized", "the client has not authenticated");
    }
    ScramMechanism mechanism =
        ScramMechanism.named(auth.attribute("mechanism").orElse(""))
            .filter(mechanisms::contains)
            .orElseThrow(() -> new SaslFailure("invalid-mechanism"));
    ScramExchange exchange = new ScramExchange(mechanism, accounts);
    String first = auth.text().isEmpty() ? ask("") : payload(auth);
    String last = ask(exchange.challenge(first));
    String success = exchange.success(last);
    stream.write("<success xmlns='" + NAMESPACE + "'>" + base64(success) + "</success>");
    return exchange.account();
  }

  private String ask(String challenge) throws IOException, SaslFailure {
    stream.write("<challenge xmlns='" + NAMESPACE + "'>" + base64(challenge) + "</challenge>");
    XmlElement response = stream.read();
    if (response.is("abort", NAMESPACE)) {
      throw new SaslFailure("aborted");
    }
    if (!response.is("response", NAMESPACE)) {
      throw new StreamFault("not-authorized", "the client has not authenticated");
    }
    return payload(response);
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
      throw new SaslFailure("malformed-request");
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
