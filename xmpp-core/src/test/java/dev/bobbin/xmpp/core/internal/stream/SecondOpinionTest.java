package dev.bobbin.xmpp.core.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.xml.XmlElement;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random well-formed stanzas give what the JDK's own parser makes of them. */
@Timeout(60)
class SecondOpinionTest {
  private static final StreamLimits LIMITS = new StreamLimits(200_000, 20, 40, 100);
  private static final String[] TEXTS = {
    "plain",
    " ",
    "\n\t",
    "a\r\nb",
    "&amp;",
    "&lt;",
    "&gt;",
    "&apos;",
    "&quot;",
    "&#65;",
    "&#x1F600;",
    "\u00E9",
    "\u20AC",
    "\uD83D\uDE00",
    "]]",
    "]",
    "&#13;",
    "&#10;",
    "\uFFFD",
    "\u0085",
    "\u2028"
  };
  private static final String[] NAMESPACES = {"urn:a", "urn:b?c=1&amp;d=2", "jabber:client", ""};

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void next_randomStanzas_agreeWithTheJdksParser(long seed) throws Exception {
    Random random = new Random(seed);
    StringBuilder all = new StringBuilder();
    Deque<XmlElement> expected = new ArrayDeque<>();
    for (int i = 0; i < 300; i++) {
      String stanza = element(random, 0);
      expected.add(asTheJdkReads(stanza));
      all.append(stanza).append(random.nextBoolean() ? "\n" : "");
    }
    byte[] whole = Feed.bytes(Feed.HEADER + all + "</stream:stream>");
    StreamReader reader = Feed.reader(LIMITS, randomPieces(random, whole));
    reader.next();

    while (!expected.isEmpty()) {
      assertThat(reader.next().map(Feed::text)).contains(expected.remove().toXml());
    }
    assertThat(reader.next()).isEqualTo(Optional.of(new StreamEvent.Closed()));
  }

  private static byte[][] randomPieces(Random random, byte[] whole) {
    Deque<byte[]> pieces = new ArrayDeque<>();
    int from = 0;
    while (from < whole.length) {
      int to = Math.min(whole.length, from + 1 + random.nextInt(random.nextBoolean() ? 5 : 3000));
      pieces.add(java.util.Arrays.copyOfRange(whole, from, to));
      from = to;
    }
    return pieces.toArray(new byte[0][]);
  }

  private static String element(Random random, int depth) {
    String[] prefixes = {"", "x:", "stream:", "p:"};
    String prefix = prefixes[random.nextInt(prefixes.length)];
    String name = prefix + (random.nextBoolean() ? "n" : "n\u00E9-" + random.nextInt(50) + ".x_");
    StringBuilder xml = new StringBuilder("<" + name);
    if (prefix.equals("p:")) {
      xml.append(" xmlns:p=\"urn:p\"");
    } else if (random.nextInt(4) == 0) {
      xml.append(" xmlns='").append(NAMESPACES[random.nextInt(NAMESPACES.length)]).append('\'');
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      char quote = random.nextBoolean() ? '"' : '\'';
      String[] starts = {"a", "x:a", "xml:a", "\u00E9"};
      xml.append(random.nextBoolean() ? " " : "\n ")
          .append(starts[random.nextInt(starts.length)])
          .append(i)
          .append(random.nextBoolean() ? "=" : " = ")
          .append(quote)
          .append(text(random))
          .append(random.nextBoolean() ? "/>]]>" : "")
          .append(quote);
    }
    if (random.nextInt(5) == 0) {
      return xml.append(random.nextBoolean() ? "/>" : " />").toString();
    }
    xml.append('>');
    for (int i = random.nextInt(depth > 5 ? 1 : 4); i > 0; i--) {
      switch (random.nextInt(4)) {
        case 0 ->
            xml.append("<![CDATA[").append(random.nextBoolean() ? "<a>&b;]]" : "").append("]]>");
        case 1 -> xml.append(text(random));
        default -> xml.append(element(random, depth + 1));
      }
    }
    return xml.append("</").append(name).append(random.nextBoolean() ? ">" : " >").toString();
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(TEXTS[random.nextInt(TEXTS.length)]);
    }
    return text.toString();
  }

  private static XmlElement asTheJdkReads(String stanza) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    String header = Feed.HEADER.substring(Feed.HEADER.indexOf("?>") + 2);
    XMLStreamReader jdk =
        factory.createXMLStreamReader(new StringReader(header + stanza + "</stream:stream>"));
    Deque<XmlElement.Builder> open = new ArrayDeque<>();
    jdk.next();
    while (true) {
      switch (jdk.next()) {
        case XMLStreamConstants.START_ELEMENT -> open.push(begun(jdk));
        case XMLStreamConstants.END_ELEMENT -> {
          XmlElement element = open.pop().build();
          if (open.isEmpty()) {
            return element;
          }
          open.element().add(element);
        }
        default -> open.element().text(jdk.getText());
      }
    }
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
