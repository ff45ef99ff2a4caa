package dev.bobbin.xmpp.disco;

import dev.bobbin.xmpp.api.xml.XmlElement;
import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** XML as it stands in a test, read by the JDK's parser. */
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

  private static XmlElement element(XMLStreamReader reader) throws XMLStreamException {
    XmlElement.Builder element =
        XmlElement.builder(reader.getLocalName(), orEmpty(reader.getNamespaceURI()));
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      element.attribute(
          orEmpty(reader.getAttributeNamespace(i)),
          reader.getAttributeLocalName(i),
          reader.getAttributeValue(i));
    }
    while (true) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> element.add(element(reader));
        case XMLStreamConstants.CHARACTERS -> element.text(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          return element.build();
        }
        default -> throw new IllegalArgumentException("neither element nor text");
      }
    }
  }

  private static String orEmpty(String namespace) {
    return namespace == null ? "" : namespace;
  }
}
