package dev.bobbin.xmpp.core.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What ends a stream, and with which condition. The condition must not depend on how the bytes were
 * cut into reads, or a test that passes would say nothing about the network.
 */
@Timeout(60)
class RefusedXmlTest {
  private static final String NO_HEADER =
      "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";

  static Stream<Arguments> afterTheHeader() {
    return Stream.of(
        // RFC 6120 section 11.1
        Arguments.of("restricted-xml", "<!-- c -->"),
        Arguments.of("restricted-xml", "<message><!-- c --></message>"),
        Arguments.of("restricted-xml", "<message><!----></message>"),
        Arguments.of("restricted-xml", "<?target data?>"),
        Arguments.of("restricted-xml", "<message><?target data?></message>"),
        Arguments.of("restricted-xml", "<?xml version='1.0'?>"),
        Arguments.of("restricted-xml", "<message><?xml version='1.0'?></message>"),
        Arguments.of("restricted-xml", "<!DOCTYPE a>"),
        Arguments.of("restricted-xml", "<!DOCTYPE a SYSTEM 'file:///nowhere'>"),
        Arguments.of("restricted-xml", "<message><!DOCTYPE a [<!ENTITY e 'x'>]></message>"),
        Arguments.of("restricted-xml", "<message><!ELEMENT a ANY></message>"),
        Arguments.of("restricted-xml", "<message>&e;</message>"),
        Arguments.of("restricted-xml", "<message a='&e;'/>"),
        Arguments.of("restricted-xml", "<message>&nbsp;</message>"),
        Arguments.of("restricted-xml", "<message>&AMP;</message>"),
        Arguments.of("restricted-xml", "<message>&averylongentityname;</message>"),
        Arguments.of("restricted-xml", "<![CDATA[x]]>"),
        // XML itself
        Arguments.of("not-well-formed", "<message>]]></message>"),
        Arguments.of("not-well-formed", "<message>]]]></message>"),
        Arguments.of("not-well-formed", "<message><a></message></a>"),
        Arguments.of("not-well-formed", "<message></iq>"),
        Arguments.of("not-well-formed", "<message></Message>"),
        Arguments.of("not-well-formed", "<x:a></y:a>"),
        Arguments.of("not-well-formed", "</message>"),
        Arguments.of("not-well-formed", "<>"),
        Arguments.of("not-well-formed", "<message><></message>"),
        Arguments.of("not-well-formed", "< a>"),
        Arguments.of("not-well-formed", "<a / >"),
        Arguments.of("not-well-formed", "</ a>"),
        Arguments.of("not-well-formed", "<1a/>"),
        Arguments.of("not-well-formed", "<message a=1/>"),
        Arguments.of("not-well-formed", "<message a/>"),
        Arguments.of("not-well-formed", "<message a='1'b='2'/>"),
        Arguments.of("not-well-formed", "<message a='<'/>"),
        Arguments.of("not-well-formed", "<message 'x>'/>"),
        Arguments.of("not-well-formed", "<message a='1' a='2'/>"),
        Arguments.of("not-well-formed", "<message xmlns='urn:a' xmlns='urn:b'/>"),
        Arguments.of(
            "not-well-formed", "<message xmlns:p='urn:a' xmlns:q='urn:a' p:a='1' q:a='2'/>"),
        Arguments.of("not-well-formed", "<message xmlns:p=''/>"),
        Arguments.of("not-well-formed", "<message xmlns:xmlns='urn:a'/>"),
        Arguments.of("not-well-formed", "<message xmlns:xml='urn:a'/>"),
        Arguments.of("not-well-formed", "<p:message/>"),
        Arguments.of("not-well-formed", "<message p:a='1'/>"),
        Arguments.of("not-well-formed", "<x:y:z/>"),
        Arguments.of("not-well-formed", "<:a/>"),
        Arguments.of("not-well-formed", "<message>a & b</message>"),
        Arguments.of("not-well-formed", "<message>&lt <b/></message>"),
        Arguments.of("not-well-formed", "<message a='&'/>"),
        Arguments.of("not-well-formed", "<message>&#0;</message>"),
        Arguments.of("not-well-formed", "<message>&#x1F;</message>"),
        Arguments.of("not-well-formed", "<message>&#xD800;</message>"),
        Arguments.of("not-well-formed", "<message>&#xFFFF;</message>"),
        Arguments.of("not-well-formed", "<message>&#x110000;</message>"),
        Arguments.of("not-well-formed", "<message>&#99999999;</message>"),
        Arguments.of("not-well-formed", "<message>&#;</message>"),
        Arguments.of("not-well-formed", "<message a='&#0;'/>"),
        // Whichever fault comes first decides.
        Arguments.of("not-well-formed", "<message><></message><!-- c -->"),
        Arguments.of("not-well-formed", "<message></iq><!-- c -->"),
        // Characters and encoding
        Arguments.of("not-well-formed", "<message>{00}</message>"),
        Arguments.of("not-well-formed", "<message>{01}</message>"),
        Arguments.of("not-well-formed", "<message a='{0B}'/>"),
        Arguments.of("not-well-formed", "<message>{80}</message>"),
        Arguments.of("not-well-formed", "<message>{FF}</message>"),
        Arguments.of("not-well-formed", "<message>{C3}</message>"),
        Arguments.of("not-well-formed", "<message>{C3 28}</message>"),
        Arguments.of("not-well-formed", "<message>{E2 82}</message>"),
        Arguments.of("not-well-formed", "<message a='{C3}'/>"),
        Arguments.of("not-well-formed", "<m{C3 28}/>"),
        Arguments.of("not-well-formed", "<message>{C0 80}</message>"),
        Arguments.of("not-well-formed", "<message>{C0 BC}</message>"),
        Arguments.of("not-well-formed", "<message>{C1 81}</message>"),
        Arguments.of("not-well-formed", "<message>{E0 80 80}</message>"),
        Arguments.of("not-well-formed", "<message>{E0 9F BF}</message>"),
        Arguments.of("not-well-formed", "<message>{F0 80 80 80}</message>"),
        Arguments.of("not-well-formed", "<message>{F0 8F BF BF}</message>"),
        Arguments.of("not-well-formed", "<message>{F4 90 80 80}</message>"),
        Arguments.of("not-well-formed", "<message>{F8 88 80 80 80}</message>"),
        Arguments.of("not-well-formed", "<message>{ED A0 80}</message>"),
        Arguments.of("not-well-formed", "<message>{ED B0 80}</message>"),
        Arguments.of("not-well-formed", "<message>{ED A0 BD ED B8 80}</message>"),
        Arguments.of("not-well-formed", "<message a='{ED A0 80}'/>"),
        Arguments.of("not-well-formed", "<message a='{C0 BC}'/>"),
        Arguments.of("not-well-formed", "<message>{EF BF BF}</message>"),
        Arguments.of("not-well-formed", "<message>{EF BF BE}</message>"),
        // The stream
        Arguments.of("bad-format", "text"),
        Arguments.of("bad-format", "&amp;"),
        Arguments.of("bad-format", "{C2 A0}"));
  }

  @ParameterizedTest
  @MethodSource("afterTheHeader")
  void next_refusedXml_endsTheStreamHoweverItIsCut(String condition, String xml) {
    expect(Feed.raw(Feed.HEADER + xml), List.of(Feed.OPENED, condition));
  }

  @ParameterizedTest
  @MethodSource("afterTheHeader")
  void next_refusedXmlAfterAStanza_givesTheStanzaFirst(String condition, String xml) {
    expect(
        Feed.raw(Feed.HEADER + "<iq/>" + xml),
        List.of(Feed.OPENED, "<iq xmlns='jabber:client'/>", condition));
  }

  static Stream<Arguments> beforeTheHeader() {
    return Stream.of(
        Arguments.of("not-well-formed", "{EF BB BF}" + NO_HEADER),
        Arguments.of("not-well-formed", "x" + NO_HEADER),
        Arguments.of("not-well-formed", "{FE FF}"),
        Arguments.of("not-well-formed", "HTTP/1.1 400 Bad Request\r\n"),
        Arguments.of("restricted-xml", "\n<?xml version='1.0'?>" + NO_HEADER),
        Arguments.of("restricted-xml", "<?xml version='1.0'?><?xml version='1.0'?>" + NO_HEADER),
        Arguments.of("restricted-xml", "<?xml-stylesheet href='a'?>" + NO_HEADER),
        Arguments.of("restricted-xml", "<?a b?>" + NO_HEADER),
        Arguments.of("restricted-xml", "<!-- c -->" + NO_HEADER),
        Arguments.of("restricted-xml", "<!DOCTYPE a []>" + NO_HEADER),
        Arguments.of("restricted-xml", "<!DOCTYPE a SYSTEM 'http://127.0.0.1/'>" + NO_HEADER),
        Arguments.of("restricted-xml", "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///'>]>" + NO_HEADER),
        // Bytes of UTF-8 that are said to be UTF-16 are not even XML.
        Arguments.of("not-well-formed", "<?xml version='1.0' encoding='UTF-16'?>" + NO_HEADER),
        Arguments.of(
            "unsupported-encoding", "<?xml version='1.0' encoding='ISO-8859-1'?>" + NO_HEADER),
        Arguments.of("not-well-formed", "<?xml version='1.1'?>" + NO_HEADER),
        Arguments.of("not-well-formed", "<?xml encoding='UTF-8'?>" + NO_HEADER),
        Arguments.of("not-well-formed", "<?xml version='1.0' ??>" + NO_HEADER),
        Arguments.of("bad-format", NO_HEADER.replace(">", "/>")),
        Arguments.of("not-well-formed", "</stream:stream>"),
        Arguments.of("invalid-namespace", "<stream xmlns='jabber:client'>"),
        Arguments.of("invalid-namespace", NO_HEADER.replace("jabber:client", "jabber:server")),
        Arguments.of("invalid-namespace", NO_HEADER.replace(" xmlns='jabber:client'", "")),
        Arguments.of("invalid-namespace", NO_HEADER.replace("/streams", "/stream")),
        Arguments.of("invalid-namespace", NO_HEADER.replace("<stream:stream", "<stream:other")),
        Arguments.of("invalid-namespace", "<html>"),
        Arguments.of("not-well-formed", "<stream:stream xmlns='jabber:client'>"));
  }

  @ParameterizedTest
  @MethodSource("beforeTheHeader")
  void next_refusedHeader_isNoEventHoweverItIsCut(String condition, String xml) {
    expect(Feed.raw(xml), List.of(condition));
  }

  @ParameterizedTest
  @CsvSource({"UTF-8", "utf-8", "Utf-8"})
  void next_encodingUtf8InAnyCase_isOpened(String encoding) {
    expect(
        Feed.bytes("<?xml version='1.0' encoding='" + encoding + "'?>" + NO_HEADER),
        List.of("opened <stream xmlns='http://etherx.jabber.org/streams'/>", "end of bytes"));
  }

  private static void expect(byte[] whole, List<String> events) {
    assertThat(Feed.events(whole)).isEqualTo(events);
    assertThat(Feed.events(Feed.bytewise(whole))).as("byte by byte").isEqualTo(events);
    for (int at = 1; at < whole.length; at++) {
      assertThat(Feed.events(Feed.cut(whole, at))).as("cut at %d", at).isEqualTo(events);
    }
  }
}
