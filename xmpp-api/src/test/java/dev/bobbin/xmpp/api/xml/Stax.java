package dev.bobbin.xmpp.api.xml;

import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads an element with the JDK's parser, which knows nothing of our writer. */
public final class Stax {
  private Stax() {}

  /**
   * Reads a whole document.
   *
   * @param xml well-formed XML
   * @return its root
   */
  public static XmlElement read(String xml) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
      reader.nextTag();
      XmlElement root = element(reader);
      while (reader.hasNext()) {
        reader.next();
      }
      return root;
    } catch (XMLStreamException e) {
      throw new IllegalArgumentException(xml, e);
    }
  }

  private static XmlElement element(XMLStreamReader reader) throws XMLStreamException {
    XmlElement.Builder builder =
        XmlElement.builder(reader.getLocalName(), blank(reader.getNamespaceURI()));
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      builder.attribute(
          blank(reader.getAttributeNamespace(i)),
          reader.getAttributeLocalName(i),
          reader.getAttributeValue(i));
    }
    while (reader.next() != XMLStreamConstants.END_ELEMENT) {
      if (reader.isStartElement()) {
        builder.add(element(reader));
      } else {
        builder.text(reader.getText());
      }
    }
    return builder.build();
  }

  private static String blank(String namespace) {
    return namespace == null ? "" : namespace;
  }
}
