package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.stanza.StanzaError;
import dev.bobbin.xmpp.api.xml.XmlElement;

/** What a peer gets whose answer would be larger than a server takes. */
final class TooLarge {
  private TooLarge() {}

  /** An error with the addresses and the id of the answer. */
  static Iq insteadOf(Iq answer) {
    XmlElement element = answer.element();
    return Iq.parse(
        XmlElement.builder("iq", Stanza.NAMESPACE)
            .attribute("type", "error")
            .attribute("id", element.attribute("id").orElse(null))
            .attribute("to", element.attribute("to").orElse(null))
            .attribute("from", element.attribute("from").orElse(null))
            .add(StanzaError.of(StanzaError.Condition.INTERNAL_SERVER_ERROR).toElement())
            .build());
  }
}
