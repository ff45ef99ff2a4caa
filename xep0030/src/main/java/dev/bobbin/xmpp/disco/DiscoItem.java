package dev.bobbin.xmpp.disco;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that belongs to an entity (<a
 * href="https://xmpp.org/extensions/xep-0030.html#items">XEP-0030 section 4</a>).
 *
 * @param jid whom to ask about it
 * @param node which node of that JID, not empty; null for none
 * @param name a name for people, or null
 */
public record DiscoItem(Jid jid, @Nullable String node, @Nullable String name) {
  /** The namespace of questions and answers about what belongs to an entity. */
  public static final String NAMESPACE = "http://jabber.org/protocol/disco#items";

  /**
   * Checks that the JID is there, and that a node has a name.
   *
   * @param jid whom to ask about it
   * @param node which node of that JID; null for none
   * @param name a name for people, or null
   * @throws IllegalArgumentException when the node is empty
   */
  public DiscoItem {
    Objects.requireNonNull(jid, "jid");
    if (node != null && node.isEmpty()) {
      throw new IllegalArgumentException("a node is not empty; an item without one has null");
    }
  }

  /** What of two names for the same is the same. */
  DiscoItem withoutName() {
    return new DiscoItem(jid, node, null);
  }

  XmlElement toElement() {
    return XmlElement.builder("item", NAMESPACE)
        .attribute("jid", jid.toString())
        .attribute("node", node)
        .attribute("name", name)
        .build();
  }
}
