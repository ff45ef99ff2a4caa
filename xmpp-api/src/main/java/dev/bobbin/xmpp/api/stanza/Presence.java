package dev.bobbin.xmpp.api.stanza;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Availability, broadcast or directed (<a
 * href="https://www.rfc-editor.org/rfc/rfc6121#section-4">RFC 6121 section 4</a>).
 */
public final class Presence extends ParsedStanza {
  /** What a presence says or asks (RFC 6121 section 4.7.1). */
  public enum Type {
    /** Available; it has no {@code type} attribute. */
    AVAILABLE,
    /** No longer available. */
    UNAVAILABLE,
    /** Asks to be told somebody's presence. */
    SUBSCRIBE,
    /** Allows that. */
    SUBSCRIBED,
    /** No longer wants to be told. */
    UNSUBSCRIBE,
    /** No longer allows it. */
    UNSUBSCRIBED,
    /** A server asks for the current presence. */
    PROBE,
    /** A presence that could not be delivered. */
    ERROR;

    /**
     * The value of the attribute {@code type}.
     *
     * @return the name in lower case; empty for {@link #AVAILABLE}
     */
    public String value() {
      return this == AVAILABLE ? "" : name().toLowerCase(Locale.ROOT);
    }
  }

  private final Type type;

  private Presence(XmlElement element, Type type) {
    super(element, "presence");
    this.type = type;
  }

  /**
   * Says that this resource is available.
   *
   * @return a presence to everyone who may know
   */
  public static Presence available() {
    return of(Type.AVAILABLE, null);
  }

  /**
   * Makes a presence.
   *
   * @param type what it says
   * @param to the addressee, or null for everyone who may know
   * @return the presence; {@link #withChild} adds to it
   */
  public static Presence of(Type type, @Nullable Jid to) {
    return parse(
        XmlElement.builder("presence", NAMESPACE)
            .attribute("type", type == Type.AVAILABLE ? null : type.value())
            .attribute("to", to == null ? null : to.toString())
            .build());
  }

  /**
   * Reads a presence.
   *
   * @param element a {@code presence} element in {@link Stanza#NAMESPACE}
   * @return the presence
   * @throws IllegalArgumentException when it is no {@code presence}, its type is unknown, or an
   *     address is no JID
   */
  public static Presence parse(XmlElement element) {
    String text = element.attribute("type").orElse("");
    for (Type type : Type.values()) {
      if (type.value().equals(text)) {
        return new Presence(element, type);
      }
    }
    throw unknownType("presence", text);
  }

  /**
   * What it says or asks.
   *
   * @return the type
   */
  @Override
  public Type type() {
    return type;
  }

  /**
   * The same presence with one more child element.
   *
   * @param child the element
   * @return a copy
   */
  public Presence withChild(XmlElement child) {
    return parse(element().toBuilder().add(child).build());
  }
}
