package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.xml.XmlAttribute;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.api.xml.XmlNode;
import dev.bobbin.xmpp.api.xml.XmlText;
import java.util.Comparator;

/**
 * An element as text that is the same for elements that say the same: attributes are sorted, each
 * element names its namespace only where it differs from its parent's, and attributes in a
 * namespace name it in braces, since a prefix would have to be invented.
 */
final class ComparableText {
  private static final Comparator<XmlAttribute> ORDER =
      Comparator.comparing(XmlAttribute::namespace).thenComparing(XmlAttribute::name);

  private ComparableText() {}

  static String of(XmlElement element) {
    StringBuilder text = new StringBuilder();
    write(element, "", text);
    return text.toString();
  }

  private static void write(XmlElement element, String inherited, StringBuilder text) {
    text.append('<').append(element.name());
    if (!element.namespace().equals(inherited)) {
      quote("xmlns", element.namespace(), text);
    }
    element.attributes().stream()
        .sorted(ORDER)
        .forEach(attribute -> quote(name(attribute), attribute.value(), text));
    if (element.nodes().isEmpty()) {
      text.append("/>");
      return;
    }
    text.append('>');
    for (XmlNode node : element.nodes()) {
      if (node instanceof XmlElement child) {
        write(child, element.namespace(), text);
      } else if (node instanceof XmlText characters) {
        text.append(escaped(characters.value()));
      }
    }
    text.append("</").append(element.name()).append('>');
  }

  private static String name(XmlAttribute attribute) {
    return attribute.namespace().isEmpty()
        ? attribute.name()
        : '{' + attribute.namespace() + '}' + attribute.name();
  }

  private static void quote(String name, String value, StringBuilder text) {
    text.append(' ').append(name).append("='");
    text.append(escaped(value).replace("'", "&apos;")).append('\'');
  }

  private static String escaped(String value) {
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
