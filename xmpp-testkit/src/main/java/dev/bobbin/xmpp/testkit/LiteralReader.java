package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.xml.XmlElement;
import java.io.StringReader;
import java.util.Objects;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads one literal with the JDK's parser. Not a part of {@link LiteralXml}, whose callers can be
 * modules that do not read {@code java.xml}: the compiler must not meet its types there.
 */
final class LiteralReader {
  private LiteralReader() {}

  static XmlElement read(String xml) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
      if (reader.next() != XMLStreamConstants.START_ELEMENT) {
        throw unread(xml, "there is something before the element", null);
      }
      XmlElement element = element(reader);
      if (reader.next() != XMLStreamConstants.END_DOCUMENT) {
        throw unread(xml, "there is something behind the element", null);
      }
      return element;
    } catch (XMLStreamException e) {
      throw unread(xml, Objects.requireNonNullElse(e.getMessage(), "not well-formed"), e);
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
        default -> throw new XMLStreamException("there is neither element nor text");
      }
    }
  }

  private static String orEmpty(@Nullable String namespace) {
    return namespace == null ? "" : namespace;
  }

  private static IllegalArgumentException unread(
      String xml, String why, @Nullable XMLStreamException cause) {
    return new IllegalArgumentException("The literal cannot be read: " + why + ": " + xml, cause);
  }
}
