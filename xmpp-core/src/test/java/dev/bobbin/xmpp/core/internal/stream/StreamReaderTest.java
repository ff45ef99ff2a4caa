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
        Arguments.of("<message >x</message >", "<message" + CLIENT + ">x</message>"));
  }

  @ParameterizedTest
  @MethodSource("allowed")
  void next_allowedStanza_isTheSameHoweverItIsCut(String stanza, String expected) {
    byte[] whole = Feed.bytes(Feed.HEADER + stanza + "</stream:stream>");
    List<String> events = List.of(Feed.OPENED, expected, "closed");

    assertThat(Feed.events(whole)).isEqualTo(events);
    assertThat(Feed.events(Feed.bytewise(whole))).isEqualTo(events);
    for (int at = 1; at < whole.length; at++) {
      assertThat(Feed.events(Feed.cut(whole, at))).as("cut at %d", at).isEqualTo(events);
    }
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

  private static List<Boolean> unusedAfterEach(StreamReader reader)
      throws IOException, StreamViolation {
    List<Boolean> unused = new ArrayList<>();
    while (reader.next().isPresent()) {
      unused.add(reader.hasUnusedBytes());
    }
    return unused;
  }
}
