package dev.bobbin.xmpp.core.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a stream may cost, each at its bound and one above it, whole and byte by byte. */
@Timeout(60)
class StreamBoundsTest {
  private static final StreamLimits LIMITS = Feed.LIMITS;
  private static final String REFUSED = "policy-violation";
  private static final String OPEN = "end of bytes";

  private static List<String> events(String afterHeader) {
    List<String> events = events(LIMITS, Feed.HEADER + afterHeader);
    return events.subList(1, events.size());
  }

  private static List<String> events(StreamLimits limits, String stream) {
    byte[] whole = Feed.bytes(stream);
    List<String> events = Feed.events(limits, whole);
    assertThat(Feed.events(limits, Feed.bytewise(whole))).as("byte by byte").isEqualTo(events);
    return events;
  }

  private static String ofSize(int bytes, String before, String after) {
    return before + "x".repeat(bytes - before.length() - after.length()) + after;
  }

  @Test
  void next_stanzaOfTheGreatestSize_isReceivedAndOneByteMoreRefused() {
    String before = "<message><body>";
    String after = "</body></message>";
    String largest = ofSize(LIMITS.maxStanzaBytes(), before, after);

    assertThat(events(largest + " " + largest)).hasSize(3).last().isEqualTo(OPEN);
    assertThat(events(largest)).first().asString().contains("x".repeat(9000));
    assertThat(events(ofSize(LIMITS.maxStanzaBytes() + 1, before, after))).containsExactly(REFUSED);
  }

  @Test
  void next_stanzaOfTheGreatestSizeInOtherScripts_isCountedInBytes() {
    int most = LIMITS.maxStanzaBytes() - "<a></a>".length();
    String largest = "<a>" + "\u00E9".repeat(most / 2) + "x".repeat(most % 2) + "</a>";

    assertThat(events(largest)).hasSize(2).last().isEqualTo(OPEN);
    assertThat(events(largest.replaceFirst("</", "x</"))).containsExactly(REFUSED);
  }

  @Test
  void next_tooLargeWithoutEverEnding_isRefusedWhileItComes() {
    int over = LIMITS.maxStanzaBytes() + 1;
    List<String> beginnings =
        List.of(
            "<message a='",
            "<",
            "<message ",
            "<message><![CDATA[",
            "<message><a>",
            "<message>&#x",
            "<message>&",
            "<message xmlns:",
            "<message a='&#",
            "<?");
    for (String before : beginnings) {
      char filling = before.endsWith("#") || before.endsWith("#x") ? '0' : 'x';
      String under = before + String.valueOf(filling).repeat(over - 1 - before.length());

      assertThat(events(under)).as(before).containsExactly(OPEN);
      assertThat(events(under + filling)).as(before).containsExactly(REFUSED);
    }
  }

  @Test
  void next_whiteSpaceInsideAStanza_countsAsTheStanza() {
    String under = "<message>" + " ".repeat(LIMITS.maxStanzaBytes() - "<message>".length());

    assertThat(events(under)).containsExactly(OPEN);
    assertThat(events(under + " ")).containsExactly(REFUSED);
  }

  @Test
  void next_headerOfTheGreatestSize_isOpenedAndOneByteMoreRefused() {
    String before = Feed.HEADER.replace(" version='1.0'>", " version='1.0' a='");

    assertThat(events(LIMITS, ofSize(LIMITS.maxStanzaBytes(), before, "'>")))
        .hasSize(2)
        .last()
        .isEqualTo(OPEN);
    assertThat(events(LIMITS, ofSize(LIMITS.maxStanzaBytes() + 1, before, "'>")))
        .containsExactly(REFUSED);
    assertThat(events(LIMITS, " ".repeat(LIMITS.maxStanzaBytes()))).containsExactly(OPEN);
    assertThat(events(LIMITS, " ".repeat(LIMITS.maxStanzaBytes() + 1))).containsExactly(REFUSED);
  }

  @Test
  void next_whiteSpaceBetweenElements_isBoundedInOneRunOnly() {
    String most = " \n\t\r".repeat(LIMITS.maxIdleBytes() / 4);
    String largest = ofSize(LIMITS.maxStanzaBytes(), "<a>", "</a>");

    assertThat(most).hasSize(LIMITS.maxIdleBytes());
    assertThat(events(most + largest + most + "<b/>" + most)).hasSize(3).last().isEqualTo(OPEN);
    assertThat(events(most + " ")).containsExactly(REFUSED);
    assertThat(events("<b/>" + most + "\n")).hasSize(2).last().isEqualTo(REFUSED);
  }

  @Test
  void next_keepAlivesOfYears_areNotTooMuch() {
    byte[] aWeekApart = Feed.bytes((" ".repeat(7 * 24 * 60) + "<a/>").repeat(10));

    assertThat(Feed.events(StreamLimits.LOGGED_IN, Feed.bytes(Feed.HEADER), aWeekApart))
        .hasSize(12)
        .last()
        .isEqualTo(OPEN);
  }

  @Test
  void next_streamOfTheGreatestSize_isReadAndOneByteMoreRefused() {
    int most = 50_000;
    StreamLimits limits = new StreamLimits(10_000, 8, 8, 100, 500, most);
    String rest = ("<a/>" + " ".repeat(96)).repeat(most / 100).substring(Feed.HEADER.length());
    String stream = Feed.HEADER + rest;

    assertThat(stream).hasSize(most);
    assertThat(events(limits, stream.strip())).last().isEqualTo(OPEN);
    assertThat(events(limits, stream)).last().isEqualTo(OPEN);
    assertThat(events(limits, stream + " ")).last().isEqualTo(REFUSED);
    assertThat(events(limits, stream + "<a/>")).last().isEqualTo(REFUSED);
  }

  @Test
  void limits_beforeLogin_boundTheWholeStream() {
    StreamLimits limits = StreamLimits.BEFORE_LOGIN;
    String feature = "<a/>";
    long room = limits.maxTotalBytes() - Feed.HEADER.length();
    String most = feature.repeat((int) (room / feature.length()));

    assertThat(Feed.events(limits, Feed.bytes(Feed.HEADER + most))).last().isEqualTo(OPEN);
    assertThat(Feed.events(limits, Feed.bytes(Feed.HEADER + most + feature)))
        .last()
        .isEqualTo(REFUSED);
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
    StreamLimits deep = new StreamLimits(100_000, depth, 8, 100, 100, Long.MAX_VALUE);
    byte[] whole = Feed.bytes(Feed.HEADER + "<a>".repeat(depth) + "</a>".repeat(depth));
    String written = "<a xmlns='jabber:client'>" + "<a>".repeat(depth - 2) + "<a/>";
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread small =
        new Thread(
            null,
            () -> {
              XmlElement one = onlyElement(deep, whole);
              XmlElement same = onlyElement(deep, whole);
              assertThat(one.equals(same)).isTrue();
              assertThat(one.hashCode()).isEqualTo(same.hashCode());
              assertThat(one.toString()).isEqualTo("<a xmlns='jabber:client'>");
              assertThat(one.toXml()).isEqualTo(written + "</a>".repeat(depth - 1));
            },
            "small stack",
            256 * 1024);
    small.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
    small.start();
    small.join();

    assertThat(failure.get()).isNull();
  }

  private static XmlElement onlyElement(StreamLimits limits, byte[] stream) {
    StreamReader reader = Feed.reader(limits, stream);
    try {
      reader.next();
      return ((StreamEvent.Received) reader.next().orElseThrow()).element();
    } catch (Exception e) {
      throw new AssertionError("one element is there", e);
    }
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
    assertThat(events("<a" + attributes(LIMITS.maxAttributes()) + " ")).containsExactly(OPEN);
    assertThat(events("<a" + attributes(LIMITS.maxAttributes()) + " b")).containsExactly(REFUSED);
  }

  private static String attributes(int count) {
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < count; i++) {
      attributes.append(" a").append(i).append("=''");
    }
    return attributes.toString();
  }

  @Test
  void next_longestNamespace_isDeclaredAndOneCharacterMoreRefused() {
    String longest = "\u00E9".repeat(LIMITS.maxNamespaceLength());

    assertThat(events("<a xmlns='" + longest + "'/>")).hasSize(2);
    assertThat(events("<a xmlns:p='" + longest + "'/>")).hasSize(2);
    assertThat(events("<a xmlns='" + longest + "x'/>")).containsExactly(REFUSED);
    assertThat(events("<a xmlns:p='" + longest + "x'/>")).containsExactly(REFUSED);
    assertThat(events(LIMITS, Feed.HEADER.replace("'urn:x'", "'" + longest + "x'")))
        .containsExactly(REFUSED);
  }

  @Test
  void next_prefixesOfElementsThatEnded_areForgotten() {
    String declares = "<a xmlns:p='urn:p'><p:b xmlns:p='urn:q'/><p:c/></a>";

    assertThat(events(declares.repeat(3)))
        .containsOnly("<a xmlns='jabber:client'><b xmlns='urn:q'/><c xmlns='urn:p'/></a>", OPEN);
    assertThat(events(declares + "<p:d/>")).last().isEqualTo("not-well-formed");
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
