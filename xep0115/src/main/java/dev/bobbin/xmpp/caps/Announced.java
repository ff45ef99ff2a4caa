package dev.bobbin.xmpp.caps;

import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.Optional;

/**
 * What a presence says of its sender's capabilities (<a
 * href="https://xmpp.org/extensions/xep-0115.html#format">XEP-0115 section 4</a>).
 *
 * @param fingerprint the hash of what it can do
 * @param node the software; a URI, but nothing here depends on that
 */
record Announced(Fingerprint fingerprint, String node) {
  static final String NAMESPACE = "http://jabber.org/protocol/caps";

  /** Longer ones name no software that anybody knows, and would only fill memory. */
  static final int MOST_CHARACTERS = 256;

  /**
   * A hash, and by which function.
   *
   * @param hash the function, as the peer names it
   * @param ver the hash in Base64
   */
  record Fingerprint(String hash, String ver) {}

  /**
   * Reads the element of a presence.
   *
   * @return what it says; empty when it has no such element, or an incomplete or overlong one, or
   *     that of the format without {@code hash}, which proves nothing
   */
  static Optional<Announced> in(Presence presence) {
    return presence
        .element()
        .child("c", NAMESPACE)
        .filter(c -> fits(c, "hash") && fits(c, "node") && fits(c, "ver"))
        .map(c -> new Announced(new Fingerprint(text(c, "hash"), text(c, "ver")), text(c, "node")));
  }

  private static boolean fits(XmlElement c, String attribute) {
    String text = text(c, attribute);
    return !text.isEmpty() && text.length() <= MOST_CHARACTERS;
  }

  private static String text(XmlElement c, String attribute) {
    return c.attribute(attribute).orElse("");
  }

  /** The node that is asked what the hash stands for. */
  String discoNode() {
    return node + '#' + fingerprint.ver();
  }

  XmlElement toElement() {
    return XmlElement.builder("c", NAMESPACE)
        .attribute("hash", fingerprint.hash())
        .attribute("node", node)
        .attribute("ver", fingerprint.ver())
        .build();
  }
}
