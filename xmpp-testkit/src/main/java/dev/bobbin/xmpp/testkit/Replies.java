package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.stanza.StanzaError;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.Optional;

/** What the server itself answers: to the sender, from where the stanza went. */
final class Replies {
  private Replies() {}

  static XmlElement result(XmlElement request, Optional<XmlElement> payload) {
    XmlElement.Builder reply = reply(request, "result");
    payload.ifPresent(reply::add);
    return reply.build();
  }

  /** Empty for what must never be answered: an error, or the reply to a request. */
  static Optional<XmlElement> error(XmlElement stanza, StanzaError.Condition condition) {
    String type = stanza.attribute("type").orElse("");
    if (type.equals("error") || stanza.name().equals("iq") && type.equals("result")) {
      return Optional.empty();
    }
    return Optional.of(reply(stanza, "error").add(StanzaError.of(condition).toElement()).build());
  }

  private static XmlElement.Builder reply(XmlElement stanza, String type) {
    return XmlElement.builder(stanza.name(), Stanza.NAMESPACE)
        .attribute("type", type)
        .attribute("id", stanza.attribute("id").orElse(null))
        .attribute("from", stanza.attribute("to").orElse(null))
        .attribute("to", stanza.attribute("from").orElse(null));
  }
}
