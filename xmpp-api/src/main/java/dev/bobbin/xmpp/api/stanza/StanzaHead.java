package dev.bobbin.xmpp.api.stanza;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.Objects;
import java.util.Optional;

/** What the three stanzas have in common: the element, its addresses, and its error. */
record StanzaHead(
    XmlElement element, Optional<Jid> to, Optional<Jid> from, Optional<StanzaError> error) {

  static StanzaHead parse(XmlElement element, String name) {
    Objects.requireNonNull(element, "element");
    if (!element.is(name, Stanza.NAMESPACE)) {
      throw new IllegalArgumentException(element + " is no " + name);
    }
    Optional<StanzaError> error =
        element.attribute("type").filter("error"::equals).map(type -> StanzaError.in(element));
    return new StanzaHead(
        element,
        element.attribute("to").map(Jid::of),
        element.attribute("from").map(Jid::of),
        error);
  }

  static XmlElement with(XmlElement element, String attribute, String value) {
    return element.toBuilder().attribute(attribute, value).build();
  }

  static IllegalArgumentException unknownType(String stanza, String type) {
    String shown = type.length() > 100 ? type.substring(0, 100) + "..." : type;
    return new IllegalArgumentException("'" + shown + "' is no type of " + stanza);
  }
}
