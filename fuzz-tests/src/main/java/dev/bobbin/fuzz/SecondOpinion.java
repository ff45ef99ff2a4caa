package dev.bobbin.fuzz;

import dev.bobbin.xmpp.api.xml.XmlElement;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK's parser makes of a stream that ours took to its end. It knows the names of XML
 * 1.0's fourth edition, and ours those of the fifth; so its refusal counts only where all is ASCII.
 */
final class SecondOpinion {
  private SecondOpinion() {}

  /** Compares elements in their text form: the header, first-level elements, and "closed". */
  static void agrees(byte[] stream, List<String> events) {
    List<String> theirs;
    try {
      theirs = events(stream);
    } catch (XMLStreamException | IllegalArgumentException e) {
      for (byte b : stream) {
        if (b < 0) {
          return;
        }
      }
      throw new AssertionError("the JDK refuses what was read as " + events, e);
    }
    Claim.that(theirs.equals(events), "the JDK reads " + theirs + ", not " + events);
  }

  private static List<String> events(byte[] stream) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(stream));
    List<String> events = new ArrayList<>();
    Deque<XmlElement.Builder> open = new ArrayDeque<>();
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          open.push(begun(xml));
          if (open.size() == 1) {
            events.add(open.element().build().toXml());
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          XmlElement element = open.pop().build();
          if (open.size() == 1) {
            events.add(element.toXml());
          } else if (!open.isEmpty()) {
            open.element().add(element);
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE, XMLStreamConstants.CDATA -> {
          if (open.size() > 1) {
            open.element().text(xml.getText());
          }
        }
        default -> {}
      }
    }
    events.add("closed");
    return events;
  }

  private static XmlElement.Builder begun(XMLStreamReader xml) {
    XmlElement.Builder element =
        XmlElement.builder(xml.getLocalName(), orEmpty(xml.getNamespaceURI()));
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      element.attribute(
          orEmpty(xml.getAttributeNamespace(i)),
          xml.getAttributeLocalName(i),
          xml.getAttributeValue(i));
    }
    return element;
  }

  private static String orEmpty(@Nullable String namespace) {
    return namespace == null ? "" : namespace;
  }
}
