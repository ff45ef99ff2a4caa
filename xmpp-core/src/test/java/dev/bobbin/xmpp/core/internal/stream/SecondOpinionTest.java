package dev.bobbin.xmpp.core.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.xml.XmlElement;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Generated streams give what the JDK's own parser makes of them, and are refused where it does.
 */
@Timeout(60)
class SecondOpinionTest {
  private static final StreamLimits LIMITS =
      new StreamLimits(200_000, 20, 40, 200, 500, 1_000_000_000);
  private static final String CLOSE = "</stream:stream>";
  private static final int STANZAS = 50;
  private static final int STREAMS = 15;
  private static final int MUTANTS = 300;
  private static final List<String> INSERTIONS =
      List.of(
          "<",
          ">",
          "/",
          "&",
          ";",
          "\"",
          "'",
          "=",
          ":",
          " ",
          "!",
          "?",
          "]",
          "]]>",
          "-",
          "#",
          "x",
          "0",
          "&#",
          "&#0;",
          "&#x1F;",
          "&#xD800;",
          "&#xFFFF;",
          "&#x110000;",
          "&a;",
          "xmlns:",
          "xml",
          "xmlns:p=''",
          " a='1'",
          " xmlns='urn:b'",
          "<a>",
          "</a>",
          "<a/>",
          "<![CDATA[",
          "\r",
          "\u0001",
          "\u00B7",
          "\u0300",
          "\u037E",
          "\uFFFE",
          "\uFFFF",
          "\uFEFF");
  private static final List<byte[]> RAW_INSERTIONS =
      List.of(
          new byte[] {0},
          new byte[] {(byte) 0x80},
          new byte[] {(byte) 0xC0, (byte) 0x80},
          new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
          new byte[] {(byte) 0xE2, (byte) 0x82},
          new byte[] {(byte) 0xFF});

  private final JdkOpinion jdk = new JdkOpinion();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void next_generatedStanzas_areWhatTheJdksParserReads(long seed) throws Exception {
    StanzaGenerator generator = new StanzaGenerator(seed);
    for (int stream = 0; stream < STREAMS; stream++) {
      StringBuilder all = new StringBuilder(Feed.HEADER);
      for (int i = 0; i < STANZAS; i++) {
        all.append(generator.next()).append(generator.random().nextBoolean() ? "\r\n" : "");
      }
      byte[] whole = Feed.bytes(all.append(CLOSE).toString());
      List<XmlElement> expected = jdk.read(whole).orElseThrow();
      assertThat(expected).hasSize(STANZAS);

      assertThat(elements(Feed.reader(LIMITS, pieces(generator.random(), whole))))
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void next_mutatedStanzas_areRefusedWhereTheJdksParserRefuses(long seed) throws Exception {
    StanzaGenerator generator = new StanzaGenerator(seed);
    Random random = generator.random();
    int refused = 0;
    int read = 0;
    while (refused + read < MUTANTS) {
      byte[] stanza = mutated(generator, Feed.bytes(generator.next()));
      byte[] whole = concat(Feed.bytes(Feed.HEADER), stanza, Feed.bytes(CLOSE));
      List<String> events = Feed.events(LIMITS, whole);
      Optional<List<XmlElement>> theirs = jdk.read(whole);
      if (theirs.isPresent() && events.contains("closed")) {
        read++;
        assertThat(elements(Feed.reader(LIMITS, whole)))
            .as(() -> hex(stanza))
            .isEqualTo(theirs.get());
      } else if (theirs.isPresent()) {
        // It is XML, and RFC 6120 does not allow it.
        assertThat(events).as(() -> hex(stanza)).last().isIn("restricted-xml", "bad-format");
      } else if (jdk.refusesByAnyEdition(whole)) {
        refused++;
        // It may also wait for the end of what was begun, such as a value without its quote.
        assertThat(events).as(() -> hex(stanza)).doesNotContain("closed");
      }
      assertThat(Feed.events(LIMITS, pieces(random, whole)))
          .as(() -> hex(stanza))
          .isEqualTo(events);
    }
    // Either kind must be there, or the test would say nothing of it.
    assertThat(refused).isGreaterThan(MUTANTS / 20);
    assertThat(read).isGreaterThan(MUTANTS / 20);
  }

  private static List<XmlElement> elements(StreamReader reader) throws Exception {
    List<XmlElement> elements = new ArrayList<>();
    for (Optional<StreamEvent> next = reader.next(); next.isPresent(); next = reader.next()) {
      if (next.get() instanceof StreamEvent.Received received) {
        elements.add(received.element());
      }
    }
    return elements;
  }

  private static byte[] mutated(StanzaGenerator generator, byte[] stanza) {
    Random random = generator.random();
    byte[] now = stanza;
    for (int i = random.nextInt(2); i >= 0; i--) {
      int at = random.nextInt(now.length);
      int to = Math.min(now.length, at + 1 + random.nextInt(3));
      byte[] before = Arrays.copyOfRange(now, 0, at);
      now =
          switch (random.nextInt(6)) {
            case 0 -> concat(before, Arrays.copyOfRange(now, to, now.length));
            case 1 -> concat(before, Arrays.copyOfRange(now, at, to), tail(now, at));
            case 2 -> concat(before, Feed.bytes(generator.one(INSERTIONS)), tail(now, to));
            case 3 -> concat(before, generator.one(RAW_INSERTIONS), tail(now, at));
            default -> concat(before, Feed.bytes(generator.one(INSERTIONS)), tail(now, at));
          };
      now = now.length == 0 ? stanza : now;
    }
    return now;
  }

  private static byte[] tail(byte[] whole, int from) {
    return Arrays.copyOfRange(whole, from, whole.length);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }

  private static String hex(byte[] stanza) {
    return new String(stanza, StandardCharsets.ISO_8859_1);
  }

  private static byte[][] pieces(Random random, byte[] whole) {
    Deque<byte[]> pieces = new ArrayDeque<>();
    int from = 0;
    while (from < whole.length) {
      int to = Math.min(whole.length, from + 1 + random.nextInt(random.nextBoolean() ? 5 : 300));
      pieces.add(Arrays.copyOfRange(whole, from, to));
      from = to;
    }
    return pieces.toArray(new byte[0][]);
  }
}
