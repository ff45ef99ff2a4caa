package dev.bobbin.xmpp.core.internal.routing;

import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.api.xml.XmlNode;
import dev.bobbin.xmpp.api.xml.XmlText;

/** About how many bytes an element keeps in memory; received ones have a bounded depth. */
final class Weight {
  private static final int OBJECT = 64;

  private Weight() {}

  static long of(XmlElement element) {
    long weight = OBJECT;
    for (var attribute : element.attributes()) {
      weight += OBJECT + attribute.value().length();
    }
    for (XmlNode child : element.nodes()) {
      weight +=
          child instanceof XmlElement inner
              ? of(inner)
              : OBJECT + ((XmlText) child).value().length();
    }
    return weight;
  }
}
