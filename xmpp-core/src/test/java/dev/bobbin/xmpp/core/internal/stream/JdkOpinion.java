package dev.bobbin.xmpp.core.internal.stream;

import dev.bobbin.xmpp.api.xml.XmlElement;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What the JDK's own parser, another one than ours, makes of a whole stream. */
final class JdkOpinion {
  private static final String NEWER_NAMES =
      "[\\u07FF-\\u1FFF\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF"
          + "\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\x{10000}-\\x{EFFFF}]";

  private final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();

  JdkOpinion() {
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
  }

  /** The first-level elements of a stream that is closed; empty when it is refused. */
  Optional<List<XmlElement>> read(byte[] stream) {
    try {
      return Optional.of(read(decoded(stream)));
    } catch (XMLStreamException | CharacterCodingException | RuntimeException e) {
      // Some of the JDK's complaints are unchecked.
      return Optional.empty();
    }
  }

  /**
   * Whether a stream is refused for another reason than its names: the JDK has those of the fourth
   * edition of XML 1.0, and what only the fifth allows becomes an omega.
   */
  boolean refusesByAnyEdition(byte[] stream) {
    try {
      read(decoded(stream).replaceAll(NEWER_NAMES, "\u03A9"));
      return false;
    } catch (XMLStreamException | CharacterCodingException | RuntimeException e) {
      return true;
    }
  }

  /** A new decoder reports what is no UTF-8; the parser would print it. */
  private static String decoded(byte[] stream) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(stream)).toString();
  }

  private List<XmlElement> read(String stream) throws XMLStreamException {
    XMLStreamReader jdk = factory.createXMLStreamReader(new StringReader(stream));
    List<XmlElement> elements = new ArrayList<>();
    Deque<XmlElement.Builder> open = new ArrayDeque<>();
    boolean rooted = false;
    while (jdk.hasNext()) {
      switch (jdk.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (rooted) {
            open.push(begun(jdk));
          }
          rooted = true;
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (!open.isEmpty()) {
            XmlElement element = open.pop().build();
            if (open.isEmpty()) {
              elements.add(element);
            } else {
              open.element().add(element);
            }
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (!open.isEmpty()) {
            open.element().text(jdk.getText());
          }
        }
        default -> {
          // What RFC 6120 forbids, and XML does not.
        }
      }
    }
    return elements;
  }

  private static XmlElement.Builder begun(XMLStreamReader jdk) {
    XmlElement.Builder element =
        XmlElement.builder(jdk.getLocalName(), orEmpty(jdk.getNamespaceURI()));
    for (int i = 0; i < jdk.getAttributeCount(); i++) {
      element.attribute(
          orEmpty(jdk.getAttributeNamespace(i)),
          jdk.getAttributeLocalName(i),
          jdk.getAttributeValue(i));
    }
    return element;
  }

  private static String orEmpty(String namespace) {
    return namespace == null ? "" : namespace;
  }
}
