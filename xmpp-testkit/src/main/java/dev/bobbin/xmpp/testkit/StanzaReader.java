package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.xml.XmlElement;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads one XML stream with the JDK's own parser: its header, then element after element. A stream
 * restart takes a new reader. For use by one thread, which it blocks.
 */
final class StanzaReader {
  private static final int MAX_ATTRIBUTES = 256;

  private final TagSlicer bytes;
  private final XMLStreamReader parser;

  /** Waits for the first tag. */
  StanzaReader(TagSlicer bytes) throws IOException {
    this.bytes = bytes;
    bytes.endStanza();
    // Not newFactory(): it would take whatever StAX implementation is on the path. One factory a
    // stream, since its tables grow with each name that a client invents.
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    // The parser's own bounds differ from JDK to JDK and cannot be told from bad XML; ours hold.
    factory.setProperty("jdk.xml.maxElementDepth", "0");
    factory.setProperty("jdk.xml.elementAttributeLimit", "0");
    // Decoded here, since the parser would print bad bytes to the standard error. The decoder
    // blocks
    // for more bytes only when it has no character to give.
    CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    try {
      parser = factory.createXMLStreamReader(new InputStreamReader(bytes, utf8));
    } catch (XMLStreamException | RuntimeException e) {
      throw translated(e);
    }
  }

  StreamHeader header() throws IOException {
    int event = advance();
    while (event == XMLStreamConstants.SPACE) {
      event = advance();
    }
    requireTagOrText(event);
    String encoding = parser.getCharacterEncodingScheme();
    if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
      throw new StreamFault("unsupported-encoding", "the encoding is not UTF-8");
    }
    if ("1.1".equals(parser.getVersion())) {
      throw new StreamFault("not-well-formed", "the XML version is not 1.0");
    }
    String content = parser.getNamespaceURI("");
    StreamHeader header =
        new StreamHeader(
            parser.getLocalName(),
            orEmpty(parser.getNamespaceURI()),
            orEmpty(content),
            orEmpty(parser.getAttributeValue("", "to")),
            orEmpty(parser.getAttributeValue("", "version")));
    bytes.endStanza();
    return header;
  }

  /** Waits for the next child of the stream, complete with its last byte. */
  XmlElement next() throws IOException {
    while (true) {
      switch (advance()) {
        case XMLStreamConstants.START_ELEMENT -> {
          XmlElement element = element();
          bytes.endStanza();
          return element;
        }
        case XMLStreamConstants.END_ELEMENT -> throw new StreamClosed();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE -> {
          if (!parser.isWhiteSpace()) {
            throw new StreamFault("bad-format", "there is text between stanzas");
          }
        }
        default -> throw restricted();
      }
    }
  }

  private XmlElement element() throws IOException {
    Deque<XmlElement.Builder> open = new ArrayDeque<>();
    open.push(begin());
    while (true) {
      int event = advance();
      requireTagOrText(event);
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (open.size() == XmlElement.MAX_DEPTH) {
          throw new StreamFault("policy-violation", "elements nest too deep");
        }
        open.push(begin());
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        XmlElement done = open.pop().build();
        XmlElement.Builder parent = open.peek();
        if (parent == null) {
          return done;
        }
        parent.add(done);
      } else {
        addText(open.getFirst());
      }
    }
  }

  private XmlElement.Builder begin() throws StreamFault {
    if (parser.getAttributeCount() > MAX_ATTRIBUTES) {
      throw new StreamFault("policy-violation", "an element has too many attributes");
    }
    try {
      XmlElement.Builder element =
          XmlElement.builder(parser.getLocalName(), orEmpty(parser.getNamespaceURI()));
      for (int i = 0; i < parser.getAttributeCount(); i++) {
        element.attribute(
            orEmpty(parser.getAttributeNamespace(i)),
            parser.getAttributeLocalName(i),
            parser.getAttributeValue(i));
      }
      return element;
    } catch (IllegalArgumentException e) {
      throw notWellFormed(e);
    }
  }

  private void addText(XmlElement.Builder element) throws StreamFault {
    try {
      element.text(parser.getText());
    } catch (IllegalArgumentException e) {
      throw notWellFormed(e);
    }
  }

  private int advance() throws IOException {
    try {
      return parser.next();
    } catch (XMLStreamException | RuntimeException e) {
      throw translated(e);
    }
  }

  /** What the socket threw goes on as it was; the rest is the parser's verdict on its input. */
  private IOException translated(Exception e) {
    IOException failure = bytes.failure();
    return failure != null ? failure : notWellFormed(e);
  }

  private static StreamFault notWellFormed(Exception cause) {
    StreamFault fault = new StreamFault("not-well-formed", "this is no well-formed XML");
    fault.initCause(cause);
    return fault;
  }

  private static void requireTagOrText(int event) throws StreamFault {
    boolean allowed =
        switch (event) {
          case XMLStreamConstants.START_ELEMENT,
              XMLStreamConstants.END_ELEMENT,
              XMLStreamConstants.CHARACTERS,
              XMLStreamConstants.CDATA,
              XMLStreamConstants.SPACE ->
              true;
          default -> false;
        };
    if (!allowed) {
      throw restricted();
    }
  }

  private static StreamFault restricted() {
    return new StreamFault(
        "restricted-xml", "comments, processing instructions and DTDs are not allowed");
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
