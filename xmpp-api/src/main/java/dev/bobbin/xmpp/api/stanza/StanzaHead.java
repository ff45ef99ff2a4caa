package dev.bobbin.xmpp.api.stanza;

import dev.bobbin.xmpp.api.internal.Quoted;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
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
    return new StanzaHead(element, address(element, "to"), address(element, "from"), error);
  }

  /** One kind of exception for all that a peer can get wrong in a stanza. */
  private static Optional<Jid> address(XmlElement element, String attribute) {
    try {
      return element.attribute(attribute).map(Jid::of);
    } catch (MalformedJidException e) {
      throw new IllegalArgumentException(
          "'" + attribute + "' of " + element.name() + ": " + e.getMessage(), e);
    }
  }

  static XmlElement with(XmlElement element, String attribute, String value) {
    return element.toBuilder().attribute(attribute, value).build();
  }

  static IllegalArgumentException unknownType(String stanza, String type) {
    return new IllegalArgumentException("'" + Quoted.of(type) + "' is no type of " + stanza);
  }
}
