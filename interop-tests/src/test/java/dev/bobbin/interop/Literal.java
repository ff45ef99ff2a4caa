package dev.bobbin.interop;

import dev.bobbin.xmpp.api.xml.XmlElement;
import java.io.StringReader;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * XML as it stands in a test, read by the JDK's parser, and elements in one order of attributes,
 * since servers send them in any.
 */
final class Literal {
  private Literal() {}

  static XmlElement xml(String text) {
    try {
      XMLStreamReader reader =
          XMLInputFactory.newDefaultFactory().createXMLStreamReader(new StringReader(text));
      reader.nextTag();
      return element(reader);
    } catch (XMLStreamException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** As {@link #xml} reads it. */
  static XmlElement sorted(XmlElement element) {
    return xml(element.toXml());
  }

  private static XmlElement element(XMLStreamReader in) throws XMLStreamException {
    XmlElement.Builder element =
        XmlElement.builder(in.getLocalName(), orNone(in.getNamespaceURI()));
    Map<String, Integer> order = new TreeMap<>();
    for (int i = 0; i < in.getAttributeCount(); i++) {
      order.put(in.getAttributeLocalName(i) + ' ' + orNone(in.getAttributeNamespace(i)), i);
    }
    for (int i : order.values()) {
      element.attribute(
          orNone(in.getAttributeNamespace(i)),
          in.getAttributeLocalName(i),
          in.getAttributeValue(i));
    }
    for (int event = in.next(); event != XMLStreamConstants.END_ELEMENT; event = in.next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        element.add(element(in));
      } else if (event == XMLStreamConstants.CHARACTERS) {
        element.text(in.getText());
      } else {
        throw new IllegalArgumentException("neither element nor text");
      }
    }
    return element.build();
  }

  private static String orNone(String namespace) {
    return namespace == null ? "" : namespace;
  }
}
