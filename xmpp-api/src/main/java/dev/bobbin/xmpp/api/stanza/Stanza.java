package dev.bobbin.xmpp.api.stanza;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.List;
import java.util.Optional;

/**
 * One of the three stanzas of <a href="https://www.rfc-editor.org/rfc/rfc6120#section-8">RFC 6120
 * section 8</a>. Immutable and safe for use by several threads.
 */
public sealed interface Stanza permits ParsedStanza {
  /** The namespace of stanzas between a client and its server. */
  String NAMESPACE = "jabber:client";

  /**
   * The stanza as XML.
   *
   * @return an {@code iq}, {@code message} or {@code presence} element in {@link #NAMESPACE}
   */
  XmlElement element();

  /**
   * Reads a stanza.
   *
   * @param element an element in {@link #NAMESPACE}
   * @return the stanza
   * @throws IllegalArgumentException when it is none of the three, has a type that RFC 6120 does
   *     not know, or an address that is no JID
   */
  static Stanza parse(XmlElement element) {
    String name = element.namespace().equals(NAMESPACE) ? element.name() : "";
    return switch (name) {
      case "iq" -> Iq.parse(element);
      case "message" -> Message.parse(element);
      case "presence" -> Presence.parse(element);
      default -> throw new IllegalArgumentException(element + " is no stanza");
    };
  }

  /**
   * The addressee.
   *
   * @return the JID in {@code to}; empty when the attribute is absent
   */
  Optional<Jid> to();

  /**
   * The sender.
   *
   * @return the JID in {@code from}; empty when the attribute is absent
   */
  Optional<Jid> from();

  /**
   * The identifier that a reply or an error carries back.
   *
   * @return the value of {@code id}; empty when the attribute is absent
   */
  default Optional<String> id() {
    return element().attribute("id");
  }

  /**
   * The elements inside, standard and extension alike.
   *
   * @return the child elements in their order
   */
  default List<XmlElement> children() {
    return element().children();
  }

  /**
   * What went wrong, in a stanza of type {@code error}.
   *
   * @return the error; empty in a stanza of any other type
   */
  Optional<StanzaError> error();
}
