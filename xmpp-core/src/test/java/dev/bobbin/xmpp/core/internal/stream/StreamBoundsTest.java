package dev.bobbin.xmpp.core.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a stream may cost: size, depth, attributes and names, each at its bound and one above. */
@Timeout(60)
class StreamBoundsTest {
  private static final StreamLimits LIMITS = Feed.LIMITS;
  private static final String REFUSED = "policy-violation";

  private static List<String> events(String afterHeader) {
    byte[] whole = Feed.bytes(Feed.HEADER + afterHeader);
    List<String> events = Feed.events(whole);
    assertThat(Feed.events(Feed.bytewise(whole))).as("byte by byte").isEqualTo(events);
    return events.subList(1, events.size());
  }

  private static String ofSize(int bytes, String before, String after) {
    return before + "x".repeat(bytes - before.length() - after.length()) + after;
  }

  @Test
  void next_stanzaOfTheGreatestSize_isReceived() throws Exception {
    String largest = ofSize(LIMITS.maxStanzaBytes(), "<message><body>", "</body></message>");

    assertThat(events(largest + " " + largest)).hasSize(3).last().isEqualTo("end of bytes");
    assertThat(events(largest)).first().asString().contains("x".repeat(9000));
  }

  @Test
  void next_stanzaOneByteAboveTheBound_isRefused() {
    String size = "<message><body>";
    assertThat(events(ofSize(LIMITS.maxStanzaBytes() + 1, size, "</body></message>")))
        .containsExactly(REFUSED);
  }

  @Test
  void next_tooLargeWithoutEverEnding_isRefusedWhileItComes() {
    int over = LIMITS.maxStanzaBytes() + 1;

    assertThat(events(ofSize(over, "<message a='", ""))).containsExactly(REFUSED);
    assertThat(events(ofSize(over, "<", ""))).containsExactly(REFUSED);
    assertThat(events("<message" + " ".repeat(over - 8))).containsExactly(REFUSED);
    assertThat(events(ofSize(over, "<message><![CDATA[", ""))).containsExactly(REFUSED);
    assertThat(events(ofSize(over, "<message/></", ""))).last().isEqualTo("not-well-formed");
    assertThat(events("<message>" + " ".repeat(over - 9))).containsExactly(REFUSED);
  }

  @Test
  void next_headerAboveTheBound_isRefused() {
    String header = Feed.HEADER.replace(" version='1.0'>", " a='");
    assertThat(Feed.events(Feed.bytes(ofSize(LIMITS.maxStanzaBytes() + 1, header, ""))))
        .containsExactly(REFUSED);
    assertThat(Feed.events(Feed.bytes(" ".repeat(LIMITS.maxStanzaBytes() + 1))))
        .containsExactly(REFUSED);
  }

  @Test
  void next_endlessWhiteSpaceBetweenStanzas_isNoCost() {
    String spaces = " \n\t\r".repeat(LIMITS.maxStanzaBytes());
    String largest = ofSize(LIMITS.maxStanzaBytes(), "<a>", "</a>");

    assertThat(Feed.events(Feed.bytes(Feed.HEADER + spaces + largest + spaces + "<b/>")))
        .hasSize(4)
        .last()
        .isEqualTo("end of bytes");
  }

  @Test
  void next_deepestAllowed_isReceivedAndOneDeeperRefused() {
    int depth = LIMITS.maxDepth();

    assertThat(events("<a>".repeat(depth) + "</a>".repeat(depth))).hasSize(2);
    assertThat(events("<a>".repeat(depth - 1) + "<a/>" + "</a>".repeat(depth - 1))).hasSize(2);
    assertThat(events("<a>".repeat(depth + 1))).containsExactly(REFUSED);
    assertThat(events("<a>".repeat(depth) + "<a/>")).containsExactly(REFUSED);
  }

  @Test
  void next_deepestAnySettingAllows_needsOnlyASmallStack() throws Exception {
    int depth = XmlElement.MAX_DEPTH;
    StreamLimits deep = new StreamLimits(100_000, depth, 8, 2000);
    byte[] whole =
        Feed.bytes(Feed.HEADER + "<a>".repeat(depth) + "</a>".repeat(depth) + "</stream:stream>");
    AtomicReference<List<String>> events = new AtomicReference<>(List.of());
    Thread small =
        new Thread(null, () -> events.set(Feed.events(deep, whole)), "small stack", 256 * 1024);
    small.start();
    small.join();

    assertThat(events.get()).hasSize(3).last().isEqualTo("closed");
  }

  @Test
  void next_mostAttributesAllowed_isReceivedAndOneMoreRefused() {
    int most = LIMITS.maxAttributes();

    assertThat(events("<a" + attributes(most) + "/>")).hasSize(2);
    assertThat(events("<a xmlns:q='urn:q'" + attributes(most - 1) + "/>")).hasSize(2);
    assertThat(events("<a><b" + attributes(most) + "/><c" + attributes(most) + "/></a>"))
        .hasSize(2);
    assertThat(events("<a" + attributes(most + 1) + "/>")).containsExactly(REFUSED);
    assertThat(events("<a xmlns:q='urn:q'" + attributes(most) + "/>")).containsExactly(REFUSED);
  }

  @Test
  void next_attributesWithoutEverEnding_areRefusedAtTheBound() {
    StreamLimits large = new StreamLimits(16 * 1024 * 1024, 8, 8, 2000);
    byte[] unfinished = Feed.bytes(Feed.HEADER + "<a" + attributes(200_000));

    assertThat(Feed.events(large, unfinished)).containsExactly(Feed.OPENED, REFUSED);
  }

  private static String attributes(int count) {
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < count; i++) {
      attributes.append(" a").append(i).append("=''");
    }
    return attributes.toString();
  }

  @Test
  void next_aHundredThousandNames_replaceTheParserAndStayRight() throws Exception {
    StringBuilder stanzas = new StringBuilder();
    int count = 25_000;
    for (int i = 0; i < count; i++) {
      stanzas
          .append("<n" + i + " a" + i + "='v'><x:y" + i + " xmlns:p" + i + "='urn:p' x:b='1'/></n")
          .append(i)
          .append('>');
    }
    StreamReader reader =
        Feed.reader(LIMITS, Feed.bytes(Feed.HEADER), Feed.bytes(stanzas + "</stream:stream>"));
    reader.next();

    for (int i = 0; i < count; i++) {
      assertThat(reader.next().map(Feed::text))
          .contains(
              "<n"
                  + i
                  + " xmlns='jabber:client' a"
                  + i
                  + "='v'><y"
                  + i
                  + " xmlns='urn:x' xmlns:a1='urn:x' a1:b='1'/></n"
                  + i
                  + ">");
      assertThat(reader.knownNames()).isLessThanOrEqualTo(LIMITS.maxNames() + 5);
    }
    assertThat(reader.next()).contains(new StreamEvent.Closed());
  }

  @Test
  void next_manyPrefixesThatNothingUses_replaceTheParserToo() throws Exception {
    StringBuilder stanzas = new StringBuilder();
    int count = 1000;
    for (int i = 0; i < count; i++) {
      stanzas.append("<a xmlns:p").append(i).append("='urn:p'/>");
    }
    StreamReader reader = Feed.reader(LIMITS, Feed.bytes(Feed.HEADER + stanzas));
    int most = 0;
    for (Optional<StreamEvent> next = reader.next(); next.isPresent(); next = reader.next()) {
      most = Math.max(most, reader.knownNames());
    }

    assertThat(most).isEqualTo(LIMITS.maxNames() + 1);
  }

  @Test
  void next_headerWithAHostileNamespace_isStillRightInANewParser() throws Exception {
    String header =
        "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'"
            + " xmlns:x='urn:&apos;&lt;&amp;>\"&#10;'>";
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      names.append("<a").append(i).append("/>");
    }
    StreamReader reader = Feed.reader(LIMITS, Feed.bytes(header + names + "<x:b/>"));
    XmlElement last = XmlElement.of("none", "");
    for (Optional<StreamEvent> next = reader.next(); next.isPresent(); next = reader.next()) {
      if (next.get() instanceof StreamEvent.Received received) {
        last = received.element();
      }
    }

    assertThat(last).isEqualTo(XmlElement.of("b", "urn:'<&>\"\n"));
  }

  @Test
  void message_neverQuotesTheStream() {
    StreamReader reader =
        Feed.reader(LIMITS, Feed.bytes(Feed.HEADER + "<message>secret &secret;</message>"));

    assertThatThrownBy(
            () -> {
              while (reader.next().isPresent()) {
                // Until it is refused.
              }
            })
        .isInstanceOf(StreamViolation.class)
        .hasMessage("an entity reference");
  }
}
