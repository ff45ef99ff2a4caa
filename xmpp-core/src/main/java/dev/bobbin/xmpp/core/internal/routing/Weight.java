package dev.bobbin.xmpp.core.internal.routing;

import dev.bobbin.xmpp.api.xml.XmlAttribute;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.api.xml.XmlNode;
import dev.bobbin.xmpp.api.xml.XmlText;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * About how many bytes a stanza keeps in memory, rather too many than too few, on a JVM whose heap
 * is below 32 GiB (its references take four bytes). For use by one thread, once.
 *
 * <p>A name is a string of each element's own, as a stanza comes from the stream. A namespace is
 * one for all in its scope, so it counts once; counted each time, it would make a stanza of many
 * small elements in one long namespace seem hundreds of times as heavy as it is.
 */
final class Weight {
  /** The stanza itself with its parsed addresses, and what a queue holds of it. */
  private static final int STANZA = 512;

  /** An element or attribute with its place in a list, and a list of each kind, without strings. */
  private static final int NODE = 96;

  private static final int STRING = 48;

  private final Set<String> namespaces = Collections.newSetFromMap(new IdentityHashMap<>());

  private Weight() {}

  /** The weight of a received stanza, whose depth is bounded. */
  static long of(XmlElement stanza) {
    long weight = STANZA + new Weight().element(stanza);
    for (String address : new String[] {"to", "from"}) {
      // A JID has its text, and its parts once more.
      weight += 3 * stanza.attribute(address).map(Weight::string).orElse(0L);
    }
    return weight;
  }

  private long element(XmlElement element) {
    long weight = NODE + string(element.name()) + namespace(element.namespace());
    for (XmlAttribute attribute : element.attributes()) {
      weight += NODE + namespace(attribute.namespace());
      weight += string(attribute.name()) + string(attribute.value());
    }
    for (XmlNode child : element.nodes()) {
      weight +=
          child instanceof XmlElement inner
              ? element(inner)
              : NODE + string(((XmlText) child).value());
    }
    return weight;
  }

  private long namespace(String namespace) {
    return namespaces.add(namespace) ? string(namespace) : 0;
  }

  /** One byte a character, or two where one of them needs two. */
  private static long string(String text) {
    boolean latin = true;
    for (int i = 0; latin && i < text.length(); i++) {
      latin = text.charAt(i) <= 0xFF;
    }
    return STRING + (latin ? 1L : 2L) * text.length();
  }
}
