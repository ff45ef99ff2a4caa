package dev.bobbin.xmpp.api.xml;

/** The text form of an element: default namespaces, prefixes only where an attribute needs one. */
final class XmlWriter {
  private XmlWriter() {}

  static void write(XmlElement element, String inherited, StringBuilder xml) {
    // The prefix xml is declared everywhere, and its namespace must not be any other's.
    boolean reserved = element.namespace().equals(XmlAttribute.XML_NAMESPACE);
    String name = reserved ? "xml:" + element.name() : element.name();
    String inForce = reserved ? inherited : element.namespace();
    xml.append('<').append(name);
    if (!inForce.equals(inherited)) {
      xml.append(" xmlns='");
      escape(element.namespace(), true, xml);
      xml.append('\'');
    }
    int prefixes = 0;
    for (XmlAttribute attribute : element.attributes()) {
      xml.append(' ');
      if (attribute.namespace().equals(XmlAttribute.XML_NAMESPACE)) {
        xml.append("xml:");
      } else if (!attribute.namespace().isEmpty()) {
        prefixes++;
        xml.append("xmlns:a").append(prefixes).append("='");
        escape(attribute.namespace(), true, xml);
        xml.append("' a").append(prefixes).append(':');
      }
      xml.append(attribute.name()).append("='");
      escape(attribute.value(), true, xml);
      xml.append('\'');
    }
    if (element.nodes().isEmpty()) {
      xml.append("/>");
      return;
    }
    xml.append('>');
    for (XmlNode node : element.nodes()) {
      if (node instanceof XmlElement child) {
        write(child, inForce, xml);
      } else if (node instanceof XmlText text) {
        escape(text.value(), false, xml);
      }
    }
    xml.append("</").append(name).append('>');
  }

  /** White space that a parser would normalise away leaves as a character reference. */
  private static void escape(String text, boolean inAttribute, StringBuilder xml) {
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      String reference =
          switch (text.charAt(i)) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '\r' -> "&#13;";
            case '\'' -> inAttribute ? "&apos;" : "";
            case '\n' -> inAttribute ? "&#10;" : "";
            case '\t' -> inAttribute ? "&#9;" : "";
            default -> "";
          };
      if (!reference.isEmpty()) {
        xml.append(text, from, i).append(reference);
        from = i + 1;
      }
    }
    xml.append(text, from, text.length());
  }
}
