package dev.bobbin.xmpp.api.stanza;

import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the three stanzas have in common: the element, its addresses, and its error. */
abstract sealed class ParsedStanza implements Stanza permits Iq, Message, Presence {
  private final XmlElement element;
  private final Optional<Jid> to;
  private final Optional<Jid> from;
  private final Optional<StanzaError> error;

  ParsedStanza(XmlElement element, String name) {
    Objects.requireNonNull(element, "element");
    if (!element.is(name, NAMESPACE)) {
      throw new IllegalArgumentException(element + " is no " + name);
    }
    this.element = element;
    this.to = address("to");
    this.from = address("from");
    this.error =
        element.attribute("type").filter("error"::equals).map(type -> StanzaError.in(element));
  }

  /** One kind of exception for all that a peer can get wrong in a stanza. */
  private Optional<Jid> address(String attribute) {
    try {
      return element.attribute(attribute).map(Jid::of);
    } catch (MalformedJidException e) {
      throw new IllegalArgumentException(
          "'" + attribute + "' of " + element.name() + ": " + e.getMessage(), e);
    }
  }

  abstract Enum<?> type();

  final XmlElement with(String attribute, String value) {
    return element.toBuilder().attribute(attribute, value).build();
  }

  static IllegalArgumentException unknownType(String stanza, String type) {
    return new IllegalArgumentException("'" + Quoted.of(type) + "' is no type of " + stanza);
  }

  @Override
  public final XmlElement element() {
    return element;
  }

  @Override
  public final Optional<Jid> to() {
    return to;
  }

  @Override
  public final Optional<Jid> from() {
    return from;
  }

  @Override
  public final Optional<StanzaError> error() {
    return error;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof ParsedStanza that && element.equals(that.element);
  }

  @Override
  public final int hashCode() {
    return element.hashCode();
  }

  /**
   * Type and addresses, without the content.
   *
   * @return a text for logs, not XML
   */
  @Override
  public final String toString() {
    String type = type().name().toLowerCase(Locale.ROOT);
    return element.name() + ' ' + type + " from " + from.orElse(null) + " to " + to.orElse(null);
  }
}
