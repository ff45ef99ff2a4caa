package dev.bobbin.xmpp.api.stanza;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A message pushed to somebody (<a href="https://www.rfc-editor.org/rfc/rfc6121#section-5">RFC 6121
 * section 5</a>).
 */
public final class Message extends ParsedStanza {
  /** What kind of conversation a message belongs to (RFC 6121 section 5.2.2). */
  public enum Type {
    /** A single message outside a conversation; what an absent or unknown type means. */
    NORMAL,
    /** One-to-one chat. */
    CHAT,
    /** A multi-user room. */
    GROUPCHAT,
    /** A notice that expects no reply. */
    HEADLINE,
    /** A message that could not be delivered. */
    ERROR;

    /**
     * The value of the attribute {@code type}.
     *
     * @return the name in lower case
     */
    public String value() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Type type;

  private Message(XmlElement element, Type type) {
    super(element, "message");
    this.type = type;
  }

  /**
   * Makes a chat message.
   *
   * @param to the addressee
   * @param body its text
   * @return the message
   */
  public static Message chat(Jid to, String body) {
    return of(Type.CHAT, to).withChild(bodyElement(body));
  }

  /**
   * Makes a message without content.
   *
   * @param type its type
   * @param to the addressee
   * @return the message; {@link #withChild} adds to it
   */
  public static Message of(Type type, Jid to) {
    return parse(
        XmlElement.builder("message", NAMESPACE)
            .attribute("type", type.value())
            .attribute("to", to.toString())
            .build());
  }

  /**
   * Reads a message; a type that RFC 6121 does not know counts as normal, as its section 5.2.2
   * wants.
   *
   * @param element a {@code message} element in {@link Stanza#NAMESPACE}
   * @return the message
   * @throws IllegalArgumentException when it is no {@code message}, or an address is no JID
   */
  public static Message parse(XmlElement element) {
    String text = element.attribute("type").orElse("");
    for (Type type : Type.values()) {
      if (type.value().equals(text)) {
        return new Message(element, type);
      }
    }
    return new Message(element, Type.NORMAL);
  }

  private static XmlElement bodyElement(String body) {
    return XmlElement.builder("body", NAMESPACE).text(body).build();
  }

  /**
   * What kind of conversation it belongs to.
   *
   * @return the type
   */
  @Override
  public Type type() {
    return type;
  }

  /**
   * The text for people.
   *
   * @return the text of the first {@code body}; empty when there is none
   */
  public Optional<String> body() {
    return element().child("body", NAMESPACE).map(XmlElement::text);
  }

  /**
   * The same message with one more child element.
   *
   * @param child the element
   * @return a copy
   */
  public Message withChild(XmlElement child) {
    return parse(element().toBuilder().add(child).build());
  }

  /**
   * The same message with another identifier.
   *
   * @param id the identifier
   * @return a copy
   */
  public Message withId(String id) {
    Objects.requireNonNull(id, "id");
    return parse(with("id", id));
  }
}
