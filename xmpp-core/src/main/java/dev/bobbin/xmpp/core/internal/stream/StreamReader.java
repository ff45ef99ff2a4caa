package dev.bobbin.xmpp.core.internal.stream;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.internal.stream.StreamViolation.Condition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of one stream into events. Blocks while there are none. For use by one thread.
 *
 * <p>Bytes go through a {@link StreamFramer} first and reach the parser in slices that end where a
 * first-level element ends; so it is known at each event which bytes were read and not yet used (a
 * peer that sends more after {@code <proceed/>} is found out), and between two elements the parser
 * can be replaced by a fresh one. That is done after {@link StreamLimits#maxNames()} distinct
 * names, because a parser's symbol table only grows.
 *
 * <p>A character whose bytes have not all come is held back: Aalto 1.4 loses one of four bytes that
 * is cut in two inside an attribute value, and with it a letter of somebody's address.
 *
 * <p>CDATA is taken for text: RFC 6120 section 11.1 does not forbid it.
 */
public final class StreamReader {
  /** The namespace of the stream element, its features and its errors. */
  public static final String STREAMS = "http://etherx.jabber.org/streams";

  private static final int BUFFER_BYTES = 16 * 1024;

  private final InputStream in;
  private final StreamLimits limits;
  private final String contentNamespace;
  private final StreamFramer framer;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final Set<String> names = new HashSet<>();
  private final Deque<XmlElement.Builder> open = new ArrayDeque<>();
  private final StringBuilder text = new StringBuilder();
  private AsyncXMLStreamReader<AsyncByteArrayFeeder> parser;
  private String prime = "";
  private int from;
  private int to;
  private int held;
  private boolean betweenElements;
  private boolean ended;

  /**
   * Reads a new stream.
   *
   * @param in the bytes
   * @param limits what the stream may cost
   * @param contentNamespace the default namespace that its header must declare
   */
  public StreamReader(InputStream in, StreamLimits limits, String contentNamespace) {
    this.in = in;
    this.limits = limits;
    this.contentNamespace = contentNamespace;
    this.framer = new StreamFramer(limits);
    this.parser = newParser();
  }

  /** How many distinct names the present parser has met. */
  int knownNames() {
    return names.size();
  }

  private static AsyncXMLStreamReader<AsyncByteArrayFeeder> newParser() {
    return new InputFactoryImpl().createAsyncForByteArray();
  }

  /**
   * Whether bytes were read that no event has used: after {@code <proceed/>} there must be none.
   *
   * @return true if there are
   */
  public boolean hasUnusedBytes() {
    return from < to;
  }

  /**
   * The next event.
   *
   * @return the event; empty when the bytes ended without the stream being closed
   * @throws IOException when reading fails
   * @throws StreamViolation when the peer broke the rules; the stream must end
   */
  public Optional<StreamEvent> next() throws IOException, StreamViolation {
    while (!ended) {
      if (from == to) {
        System.arraycopy(buffer, to - held, buffer, 0, held);
        int read = in.read(buffer, held, buffer.length - held);
        if (read < 0) {
          return Optional.empty();
        }
        from = held;
        to = held + read;
      }
      while (from < to) {
        int length = scan();
        int begun = framer.incomplete();
        StreamEvent event = parse(buffer, from - held, held + length - begun);
        held = begun;
        from += length;
        if (framer.ended() != (event != null)) {
          // The parser may wait for more bytes before it compares a short end tag.
          throw new StreamViolation(Condition.NOT_WELL_FORMED, "tags that do not match");
        }
        if (event != null) {
          return Optional.of(event);
        }
      }
    }
    return Optional.empty();
  }

  /** The framer's refusal counts only if the parser has nothing against what came before it. */
  private int scan() throws StreamViolation {
    try {
      return framer.scan(buffer, from, to - from);
    } catch (StreamViolation e) {
      parse(buffer, from - held, held + framer.scanned());
      throw e;
    }
  }

  private @Nullable StreamEvent parse(byte[] bytes, int offset, int length) throws StreamViolation {
    try {
      if (betweenElements && names.size() > limits.maxNames()) {
        replaceParser();
      }
      parser.getInputFeeder().feedInput(bytes, offset, length);
      StreamEvent event = null;
      for (int type = parser.next();
          type != AsyncXMLStreamReader.EVENT_INCOMPLETE && type != XMLStreamConstants.END_DOCUMENT;
          type = parser.next()) {
        StreamEvent complete = take(type);
        event = complete == null ? event : complete;
      }
      betweenElements = event != null;
      return event;
    } catch (XMLStreamException | RuntimeException e) {
      // Aalto throws unchecked where it reads text late, and elements refuse what XML forbids.
      throw new StreamViolation(Condition.NOT_WELL_FORMED, "the parser refuses it", e);
    }
  }

  private @Nullable StreamEvent take(int type) throws StreamViolation, XMLStreamException {
    switch (type) {
      case XMLStreamConstants.START_DOCUMENT -> checkDeclaration();
      case XMLStreamConstants.START_ELEMENT -> {
        if (prime.isEmpty()) {
          return new StreamEvent.Opened(header());
        }
        flushText();
        open.push(startElement());
      }
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE, XMLStreamConstants.CDATA -> {
        if (!open.isEmpty()) {
          text.append(parser.getText());
        }
      }
      case XMLStreamConstants.END_ELEMENT -> {
        return endElement();
      }
      default -> throw new StreamViolation(Condition.RESTRICTED_XML, "forbidden by RFC 6120");
    }
    return null;
  }

  private @Nullable StreamEvent endElement() {
    if (open.isEmpty()) {
      ended = true;
      return new StreamEvent.Closed();
    }
    flushText();
    XmlElement element = open.pop().build();
    XmlElement.Builder parent = open.peek();
    if (parent == null) {
      return new StreamEvent.Received(element);
    }
    parent.add(element);
    return null;
  }

  private void flushText() {
    XmlElement.Builder parent = open.peek();
    if (parent != null && text.length() > 0) {
      parent.text(text.toString());
      text.setLength(0);
    }
  }

  private XmlElement header() throws StreamViolation {
    XmlElement header = startElement().build();
    StringBuilder tag = new StringBuilder("<").append(prefixed(parser.getPrefix(), "stream"));
    String content = "";
    for (int i = 0; i < parser.getNamespaceCount(); i++) {
      String prefix = parser.getNamespacePrefix(i);
      String uri = parser.getNamespaceURI(i);
      boolean isDefault = prefix == null || prefix.isEmpty();
      if (isDefault) {
        content = uri;
      }
      // Written as an attribute value so that it is escaped as one.
      String escaped = XmlElement.builder("x", "").attribute("y", uri).build().toXml();
      String value = escaped.substring(escaped.indexOf('\''), escaped.lastIndexOf('\'') + 1);
      tag.append(isDefault ? " xmlns=" : " xmlns:" + prefix + '=').append(value);
    }
    if (!header.is("stream", STREAMS) || !content.equals(contentNamespace)) {
      throw new StreamViolation(Condition.INVALID_NAMESPACE, "the stream's namespaces are wrong");
    }
    prime = tag.append('>').toString();
    return header;
  }

  private XmlElement.Builder startElement() throws StreamViolation {
    for (int i = 0; i < parser.getNamespaceCount(); i++) {
      String prefix = parser.getNamespacePrefix(i);
      String uri = parser.getNamespaceURI(i);
      if (prefix != null && !prefix.isEmpty() && (uri == null || uri.isEmpty())) {
        throw new StreamViolation(Condition.NOT_WELL_FORMED, "a prefix is bound to no namespace");
      }
      names.add(prefixed("xmlns", orEmpty(prefix)));
    }
    names.add(prefixed(parser.getPrefix(), parser.getLocalName()));
    XmlElement.Builder element =
        XmlElement.builder(parser.getLocalName(), orEmpty(parser.getNamespaceURI()));
    for (int i = 0; i < parser.getAttributeCount(); i++) {
      names.add(prefixed(parser.getAttributePrefix(i), parser.getAttributeLocalName(i)));
      element.attribute(
          orEmpty(parser.getAttributeNamespace(i)),
          parser.getAttributeLocalName(i),
          parser.getAttributeValue(i));
    }
    return element;
  }

  private void checkDeclaration() throws StreamViolation {
    String encoding = parser.getCharacterEncodingScheme();
    if (encoding != null && !encoding.toUpperCase(Locale.ROOT).equals("UTF-8")) {
      throw new StreamViolation(Condition.UNSUPPORTED_ENCODING, "the encoding is not UTF-8");
    }
    String version = parser.getVersion();
    if (version != null && !version.equals("1.0")) {
      throw new StreamViolation(Condition.NOT_WELL_FORMED, "the XML version is not 1.0");
    }
  }

  /** Between two elements only: the new parser is told the header that the old one had read. */
  private void replaceParser() throws XMLStreamException, StreamViolation {
    names.clear();
    parser = newParser();
    byte[] header = prime.getBytes(StandardCharsets.UTF_8);
    parser.getInputFeeder().feedInput(header, 0, header.length);
    int type = parser.next();
    while (type == XMLStreamConstants.START_DOCUMENT || type == XMLStreamConstants.START_ELEMENT) {
      type = parser.next();
    }
  }

  private static String prefixed(@Nullable String prefix, String name) {
    return prefix == null || prefix.isEmpty() ? name : prefix + ':' + name;
  }

  private static String orEmpty(@Nullable String namespace) {
    return namespace == null ? "" : namespace;
  }
}
