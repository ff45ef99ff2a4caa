package dev.bobbin.xmpp.core.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a stream that obeys the rules gives. How the bytes are cut into reads must not matter: each
 * input is read whole, one byte at a time, and in two pieces cut at every byte.
 */
@Timeout(60)
class StreamReaderTest {
  private static final String CLIENT = " xmlns='jabber:client'";

  static Stream<Arguments> allowed() {
    return Stream.of(
        Arguments.of("<message/>", "<message" + CLIENT + "/>"),
        Arguments.of("<message></message>", "<message" + CLIENT + "/>"),
        Arguments.of(
            "<iq type='get' id=\"a'b\"><q xmlns='urn:q'>t<r/>u</q></iq>",
            "<iq" + CLIENT + " type='get' id='a&apos;b'><q xmlns='urn:q'>t<r/>u</q></iq>"),
        // The prefix is declared in the stream's header.
        Arguments.of(
            "<message><x:y/></message>", "<message" + CLIENT + "><y xmlns='urn:x'/></message>"),
        Arguments.of("<message x:z='1'/>", "<message" + CLIENT + " xmlns:a1='urn:x' a1:z='1'/>"),
        Arguments.of(
            "<message><p:y xmlns:p='urn:p'/></message>",
            "<message" + CLIENT + "><y xmlns='urn:p'/></message>"),
        Arguments.of(
            "<stream:features><a xmlns='urn:a'/></stream:features>",
            "<features xmlns='http://etherx.jabber.org/streams'><a xmlns='urn:a'/></features>"),
        Arguments.of(
            "<message><body xmlns=''/></message>",
            "<message" + CLIENT + "><body xmlns=''/></message>"),
        Arguments.of("<message xml:lang='de'/>", "<message" + CLIENT + " xml:lang='de'/>"),
        Arguments.of(
            "<message>&amp;&lt;&gt;&apos;&quot;&#65;&#x42;&#x1F600;</message>",
            "<message" + CLIENT + ">&amp;&lt;&gt;'\"AB\uD83D\uDE00</message>"),
        Arguments.of(
            "<message a='&amp;&lt;&gt;&apos;&quot;&#65;&#x42;'/>",
            "<message" + CLIENT + " a='&amp;&lt;&gt;&apos;\"AB'/>"),
        Arguments.of(
            "<message><![CDATA[<a>&amp;]]]]><![CDATA[>]]></message>",
            "<message" + CLIENT + ">&lt;a&gt;&amp;amp;]]&gt;</message>"),
        Arguments.of("<message><![CDATA[]]></message>", "<message" + CLIENT + "/>"),
        Arguments.of(
            "<message>]] ]> ]]&gt; ]&#93;></message>",
            "<message" + CLIENT + ">]] ]&gt; ]]&gt; ]]&gt;</message>"),
        Arguments.of("<message a=']]>'/>", "<message" + CLIENT + " a=']]&gt;'/>"),
        Arguments.of(
            "<message a='1>2' b='/>' c='-->'/>",
            "<message" + CLIENT + " a='1&gt;2' b='/&gt;' c='--&gt;'/>"),
        Arguments.of(
            "<message>\u00E9 \u20AC \uD83D\uDE00 \uFFFD</message>",
            "<message" + CLIENT + ">\u00E9 \u20AC \uD83D\uDE00 \uFFFD</message>"),
        Arguments.of(
            "<message>a\r\nb\rc\td</message>", "<message" + CLIENT + ">a\nb\nc\td</message>"),
        Arguments.of(
            "<message>\u0009\r\r\n&#13;&#xA;</message>",
            "<message" + CLIENT + ">\t\n\n&#13;\n</message>"),
        Arguments.of("<message>\r&#10;\n</message>", "<message" + CLIENT + ">\n\n\n</message>"),
        Arguments.of(
            "<message><![CDATA[a\r\nb\r]]>\n</message>",
            "<message" + CLIENT + ">a\nb\n\n</message>"),
        // XML 1.0 section 3.3.3: white space in attributes is a space, unless it is a reference.
        Arguments.of(
            "<message a='1\t2\n3\r4\r\n5 6'/>", "<message" + CLIENT + " a='1 2 3 4 5 6'/>"),
        Arguments.of(
            "<message a='&#9;&#10;&#13;&#32;'/>", "<message" + CLIENT + " a='&#9;&#10;&#13; '/>"),
        Arguments.of(
            "<message>&#x000000000000000000000041;&#00000000000000000000000066;</message>",
            "<message" + CLIENT + ">AB</message>"),
        Arguments.of(
            "<message>\uD7FF\uE000\uFEFF\uFFFD\uDBFF\uDFFF\u007F\u0085&#x10FFFF;</message>",
            "<message"
                + CLIENT
                + ">\uD7FF\uE000\uFEFF\uFFFD\uDBFF\uDFFF\u007F\u0085\uDBFF\uDFFF</message>"),
        Arguments.of(
            "<message\n\ta\r\n=\t'1'\nb = '2'\r/>", "<message" + CLIENT + " a='1' b='2'/>"),
        // A prefix is bound anew inside, and also where it is used before it is declared.
        Arguments.of(
            "<x:a x:b='1' xmlns:x='urn:y'><x:c xmlns:x='urn:z'/><x:d/></x:a>",
            "<a xmlns='urn:y' xmlns:a1='urn:y' a1:b='1'><c xmlns='urn:z'/><d/></a>"),
        Arguments.of(
            "<message xmlns:p='urn:a' xmlns:q='urn:b' p:a='1' q:a='2' a='3'/>",
            "<message" + CLIENT + " xmlns:a1='urn:a' a1:a='1' xmlns:a2='urn:b' a2:a='2' a='3'/>"),
        Arguments.of(
            "<message xmlns:p='jabber:client' p:a='1' a='2'/>",
            "<message" + CLIENT + " xmlns:a1='jabber:client' a1:a='1' a='2'/>"),
        Arguments.of(
            "<message xmlns:xml='http://www.w3.org/XML/1998/namespace'/>",
            "<message" + CLIENT + "/>"),
        Arguments.of(
            "<\u00E9\u0300.-\u00B7 _='1'></\u00E9\u0300.-\u00B7 >",
            "<\u00E9\u0300.-\u00B7" + CLIENT + " _='1'/>"),
        Arguments.of("<\uD801\uDC00></\uD801\uDC00>", "<\uD801\uDC00" + CLIENT + "/>"),
        Arguments.of("<message>]</message>", "<message" + CLIENT + ">]</message>"),
        Arguments.of(
            "<message><![CDATA[]]]]]]></message>", "<message" + CLIENT + ">]]]]</message>"),
        Arguments.of("<message>]]<a/>></message>", "<message" + CLIENT + ">]]<a/>&gt;</message>"),
        Arguments.of("<message >x</message >", "<message" + CLIENT + ">x</message>"));
  }

  @ParameterizedTest
  @MethodSource("allowed")
  void next_allowedStanza_isTheSameHoweverItIsCut(String stanza, String expected) {
    Feed.expectHoweverCut(
        Feed.HEADER, stanza + "</stream:stream>", List.of(Feed.OPENED, expected, "closed"));
  }

  static Stream<Arguments> headers() {
    String stream = "xmlns:stream='" + StreamReader.STREAMS + "'";
    String both = "xmlns='jabber:client' " + stream;
    return Stream.of(
            "<?xml version='1.0'?><stream:stream " + both + ">",
            "<?xml version='1.0' encoding='UTF-8'?>\n<stream:stream " + both + ">",
            "<?xml version='1.0' encoding='utf-8'?><stream:stream " + both + ">",
            "<?xml version='1.0' encoding='Utf-8' ?><stream:stream " + both + ">",
            "<?xml\tversion = \"1.0\"\r\nencoding\n=\n\"UTF-8\"\n?><stream:stream " + both + ">",
            "<?xml version='1.0' standalone='yes'?><stream:stream " + both + ">",
            "<?xml version='1.0' encoding='UTF-8' standalone='no'?><stream:stream " + both + ">",
            "\r\n <stream:stream " + both + ">",
            // RFC 6120 section 4.8.5: any prefix may be accepted.
            "<s:stream xmlns='jabber:client' xmlns:s='" + StreamReader.STREAMS + "' >",
            "<\u03C3:stream xmlns='jabber:client' xmlns:\u03C3='" + StreamReader.STREAMS + "'>",
            // Section 4.8.2: the default namespace may be left to the stanzas.
            "<stream:stream " + stream + ">",
            "<stream:stream xmlns='' " + stream + ">",
            "<stream xmlns='" + StreamReader.STREAMS + "'>",
            "<stream:stream xmlns='&#106;abber:client' " + stream + ">")
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("headers")
  void next_allowedHeader_isOpenedHoweverItIsCut(String header) {
    String stanza = "<message xmlns='jabber:client'/>";
    Feed.expectHoweverCut(
        "",
        header + stanza,
        List.of("opened <stream xmlns='" + StreamReader.STREAMS + "'/>", stanza, "end of bytes"));
  }

  @Test
  void next_severalStanzasInOneRead_comeOneByOne() {
    byte[] whole = Feed.bytes(Feed.HEADER + "<a/> <b>1</b>\n\t<c/><c/></stream:stream>");

    assertThat(Feed.events(whole))
        .containsExactly(
            Feed.OPENED,
            "<a xmlns='jabber:client'/>",
            "<b xmlns='jabber:client'>1</b>",
            "<c xmlns='jabber:client'/>",
            "<c xmlns='jabber:client'/>",
            "closed");
  }

  @Test
  void next_bytesEndInsideAStanza_isNoEvent() {
    assertThat(Feed.events(Feed.bytes(Feed.HEADER + "<message><body>x</body>")))
        .containsExactly(Feed.OPENED, "end of bytes");
  }

  @Test
  void next_headerWithoutDeclarationAndWithoutVersion_isOpened() {
    assertThat(
            Feed.events(
                Feed.bytes(
                    "<stream:stream xmlns='jabber:client' from='a.example' id='1'"
                        + " xmlns:stream='http://etherx.jabber.org/streams'>")))
        .containsExactly(
            "opened <stream xmlns='http://etherx.jabber.org/streams' from='a.example' id='1'/>",
            "end of bytes");
  }

  @Test
  void next_afterTheStreamWasClosed_readsNothingMore() throws Exception {
    StreamReader reader =
        Feed.reader(Feed.LIMITS, Feed.bytes(Feed.HEADER + "</stream:stream><!-- -->"));
    reader.next();

    assertThat(reader.next()).contains(new StreamEvent.Closed());
    assertThat(reader.next()).isEmpty();
    assertThat(reader.hasUnusedBytes()).isTrue();
  }

  @Test
  void hasUnusedBytes_atEachEvent_isTrueOnlyWhereMoreWasRead() throws Exception {
    byte[] proceed = Feed.bytes("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    byte[] header = Feed.bytes(Feed.HEADER);

    StreamReader exact = Feed.reader(Feed.LIMITS, header, proceed);
    assertThat(unusedAfterEach(exact)).containsExactly(false, false);

    StreamReader together = Feed.reader(Feed.LIMITS, Feed.bytes(Feed.HEADER + "<proceed/>"));
    assertThat(unusedAfterEach(together)).containsExactly(true, false);

    StreamReader space = Feed.reader(Feed.LIMITS, header, Feed.bytes("<proceed/> "));
    assertThat(unusedAfterEach(space)).containsExactly(false, true);

    StreamReader injected = Feed.reader(Feed.LIMITS, header, Feed.bytes("<proceed/><iq/>"));
    assertThat(unusedAfterEach(injected)).containsExactly(false, true, false);
  }

  @Test
  void hasUnusedBytes_howeverTheStreamIsCut_isWhatTheEndOfTheLastReadSays() throws Exception {
    String[] parts = {
      Feed.HEADER, "<a/>", " <b>\u00E9<c/></b>", "\r\n<d a='>'></d >", "</stream:stream>"
    };
    byte[] whole = Feed.bytes(String.join("", parts));
    for (int at = 1; at < whole.length; at++) {
      StreamReader reader = Feed.reader(Feed.LIMITS, Feed.cut(whole, at));
      int used = 0;
      for (String part : parts) {
        used += Feed.bytes(part).length;
        assertThat(reader.next()).isPresent();
        int read = used <= at ? at : whole.length;
        if (reader.hasUnusedBytes() != used < read) {
          assertThat(reader.hasUnusedBytes())
              .as("cut at %d, after %s", at, part)
              .isEqualTo(used < read);
        }
      }
    }
    StreamReader bytewise = Feed.reader(Feed.LIMITS, Feed.bytewise(whole));
    while (bytewise.next().isPresent()) {
      assertThat(bytewise.hasUnusedBytes()).isFalse();
    }
  }

  private static List<Boolean> unusedAfterEach(StreamReader reader)
      throws IOException, StreamViolation {
    List<Boolean> unused = new ArrayList<>();
    while (reader.next().isPresent()) {
      unused.add(reader.hasUnusedBytes());
    }
    return unused;
  }

  @Test
  void following_bytesOfTheNextStreamWereRead_areItsFirst() throws Exception {
    byte[] whole = Feed.bytes(Feed.HEADER + "<a/>" + Feed.HEADER + "<b/><c/>");
    for (byte[][] pieces : List.of(new byte[][] {whole}, Feed.bytewise(whole))) {
      StreamReader first = Feed.reader(Feed.LIMITS, pieces);
      assertThat(Feed.text(first.next().orElseThrow())).isEqualTo(Feed.OPENED);
      assertThat(Feed.text(first.next().orElseThrow())).isEqualTo("<a" + CLIENT + "/>");

      StreamReader second = first.following(Feed.LIMITS);

      assertThat(first.hasUnusedBytes()).isFalse();
      assertThat(first.next()).isEmpty();
      assertThat(Feed.text(second.next().orElseThrow())).isEqualTo(Feed.OPENED);
      assertThat(Feed.text(second.next().orElseThrow())).isEqualTo("<b" + CLIENT + "/>");
      assertThat(Feed.text(second.next().orElseThrow())).isEqualTo("<c" + CLIENT + "/>");
      assertThat(second.next()).isEmpty();
    }
  }
}
