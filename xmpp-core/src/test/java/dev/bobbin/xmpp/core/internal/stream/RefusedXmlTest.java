package dev.bobbin.xmpp.core.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What ends a stream, and with which condition of RFC 6120 section 4.9.3. The condition must not
 * depend on how the bytes were cut into reads, or a test that passes would say nothing about the
 * network. Sections are those of RFC 6120 where nothing else is said; {@code {C3 28}} are bytes.
 */
@Timeout(60)
class RefusedXmlTest {
  /** Rows of a table: one condition, and what must end the stream with it. */
  static Stream<Arguments> rows(String condition, String... inputs) {
    return Arrays.stream(inputs).map(input -> Arguments.of(condition, input));
  }

  static Stream<Arguments> afterTheHeader() {
    return Stream.of(
            // RFC 6120 section 11.1: comments, processing instructions, DTDs, entities
            rows(
                "restricted-xml",
                "<!-- c -->",
                "<message><!-- c --></message>",
                "<message><!----></message>",
                "<?target data?>",
                "<message><?target data?></message>",
                "<message><?t?></message>",
                "<message><?xml-stylesheet href='a'?></message>",
                "<!DOCTYPE a>",
                "<!DOCTYPE a SYSTEM 'file:///nowhere'>",
                "<!DOCTYPE a PUBLIC 'p' 'http://127.0.0.1/'>",
                "<!DOCTYPE a [<!ENTITY b 'x'><!ENTITY c '&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;'>]><a>&d;</a>",
                "<message><!DOCTYPE a [<!ENTITY e SYSTEM 'file:///nowhere'>]></message>",
                "<message><!ELEMENT a ANY></message>",
                "<message><!ENTITY e 'x'></message>",
                "<message>&e;</message>",
                "<message a='&e;'/>",
                "<message>&nbsp;</message>",
                "<message>&AMP;</message>",
                "<message>&averylongentityname;</message>",
                "<message>&\u00E9;</message>",
                "&e;"),
            // XML 1.0: markup that is none
            rows(
                "not-well-formed",
                "<>",
                "<message><></message>",
                "< a>",
                "<message>< /message>",
                "<a / >",
                "<a/ >",
                "<!>",
                "<message><!></message>",
                "<message><!-x></message>",
                "<message><![INCLUDE[x]]></message>",
                "<message><![cdata[x]]></message>",
                "<message><! [CDATA[x]]></message>",
                "<![CDAT>",
                "<?>",
                "<? target?>",
                "<message><??></message>",
                "<?:a b?>",
                "<message><<a/></message>",
                "<message><&amp;/></message>"),
            // XML 1.0 section 2.8: one declaration, in front
            rows(
                "not-well-formed",
                "<?xml version='1.0'?>",
                "<message><?xml version='1.0'?></message>",
                "<?XML version='1.0'?>",
                "<message><?xMl?></message>"),
            // XML 1.0 section 2.4: text
            rows(
                "not-well-formed",
                "<message>]]></message>",
                "<message>]]]></message>",
                "<message>&amp;]]></message>",
                "<message><![CDATA[x]]>]]></message>",
                "<message>a & b</message>",
                "<message>&lt <b/></message>",
                "<message>&;</message>",
                "<message>&</message>",
                "<message>&amp</message>",
                "<message>&&amp;</message>",
                "<message>&-a;</message>",
                "<message>&a:b;</message>"),
            // XML 1.0 section 3: tags that match
            rows(
                "not-well-formed",
                "<message><a></message></a>",
                "<message></iq>",
                "<message></Message>",
                "<message></messag>",
                "<message></messages>",
                "<x:a></y:a>",
                "<x:a></a>",
                "<a xmlns='urn:x'></x:a>",
                "</message>",
                "</stream>",
                "</stream:strea>",
                "<message></ message>",
                "<message></message x>",
                "<message></message a='1'>",
                "<message></message/>",
                "<message></></message>",
                "</stream:stream/>"),
            // XML 1.0 section 3.1: attributes
            rows(
                "not-well-formed",
                "<message a=1/>",
                "<message a/>",
                "<message a >",
                "<message a=/>",
                "<message a='1'b='2'/>",
                "<message a='1'/b='2'>",
                "<message a='<'/>",
                "<message 'x>'/>",
                "<message a=='1'/>",
                "<message ='1'/>",
                "<message a='1' a='2'/>",
                "<message a='1' b='2' a='1'/>",
                "<message a='&'/>",
                "<message a='&lt'/>",
                "<message a='& b'/>",
                "<message a=\"1'2\"3\"/>",
                "<message , a='1'/>"),
            // XML 1.0 section 2.3: names
            rows(
                "not-well-formed",
                "<1a/>",
                "<-a/>",
                "<.a/>",
                "<a$/>",
                "<a,b/>",
                "<a\u00D7/>",
                "<\u00B7a/>",
                "<\u0300a/>",
                "<a\u037E/>",
                "<a\u2028/>",
                "<message 1a=''/>",
                "<message a@b=''/>",
                "<a&amp;/>"),
            // Namespaces in XML 1.0; RFC 6120 section 11.3 has them with well-formedness
            rows(
                "not-well-formed",
                "<p:message/>",
                "<message p:a='1'/>",
                "<message><p:a xmlns:p='urn:p'/><p:b/></message>",
                "<a><b xmlns:p='urn:p'/><c p:d=''/></a>",
                "<message xmlns:p=''/>",
                "<message xmlns:x=''/>",
                "<message xmlns:xmlns='urn:a'/>",
                "<message xmlns:xmlns='http://www.w3.org/2000/xmlns/'/>",
                "<message xmlns:p='http://www.w3.org/2000/xmlns/'/>",
                "<message xmlns='http://www.w3.org/2000/xmlns/'/>",
                "<message xmlns:xml='urn:a'/>",
                "<message xmlns:xml=''/>",
                "<message xmlns:p='http://www.w3.org/XML/1998/namespace'/>",
                "<message xmlns='http://www.w3.org/XML/1998/namespace'/>",
                "<xmlns:a/>",
                "<message xmlns='urn:a' xmlns='urn:b'/>",
                "<message xmlns:p='urn:a' xmlns:p='urn:a'/>",
                "<message xmlns:p='urn:a' xmlns:q='urn:a' p:a='1' q:a='2'/>",
                "<message xmlns:p='urn:x' x:a='1' p:a='1'/>",
                "<x:y:z/>",
                "<:a/>",
                "<a:/>",
                "<x:1a/>",
                "<x:/>",
                "<message x:='1'/>",
                "<message :a='1'/>",
                "<message xmlns:='urn:a'/>",
                "<message xmlns:1='urn:a'/>",
                "<message x::a='1'/>"),
            // XML 1.0 section 2.2: characters, as they are and as references
            rows(
                "not-well-formed",
                "<message>{00}</message>",
                "<message>{01}</message>",
                "<message>{08}</message>",
                "<message>{0B}</message>",
                "<message>{0C}</message>",
                "<message>{0E}</message>",
                "<message>{1F}</message>",
                "<message a='{00}'/>",
                "<message a='{0B}'/>",
                "<message{00}/>",
                "<mess{00}age/>",
                "{00}",
                "{0C}",
                "<message>{EF BF BE}</message>",
                "<message>{EF BF BF}</message>",
                "<message a='{EF BF BE}'/>",
                "<message><![CDATA[{00}]]></message>",
                "<message>&#{00};</message>",
                "<message>&#0;</message>",
                "<message>&#x0;</message>",
                "<message>&#8;</message>",
                "<message>&#x1F;</message>",
                "<message>&#x0000000000000000000B;</message>",
                "<message>&#xD800;</message>",
                "<message>&#xDFFF;</message>",
                "<message>&#xD83D;&#xDE00;</message>",
                "<message>&#55357;</message>",
                "<message>&#xFFFE;</message>",
                "<message>&#xFFFF;</message>",
                "<message>&#x110000;</message>",
                "<message>&#1114112;</message>",
                "<message>&#x100000041;</message>",
                "<message>&#4294967361;</message>",
                "<message>&#99999999999999999999999999;</message>",
                "<message>&#;</message>",
                "<message>&#x;</message>",
                "<message>&#X41;</message>",
                "<message>&#xx41;</message>",
                "<message>&#xG;</message>",
                "<message>&#A;</message>",
                "<message>&# 65;</message>",
                "<message>&#+65;</message>",
                "<message>&#-65;</message>",
                "<message>&#6\u0665;</message>",
                "<message>&#65 ;</message>",
                "<message>&#x41</message>",
                "<message a='&#0;'/>",
                "<message a='&#xD800;'/>",
                "<message a='&#xFFFF;'/>"),
            // RFC 6120 section 4.9.3.22: bytes that are no UTF-8 (RFC 3629)
            rows(
                "unsupported-encoding",
                "<message>{80}</message>",
                "<message>{BF}</message>",
                "<message>{FF}</message>",
                "<message>{FE}</message>",
                "<message>{C3}</message>",
                "<message>{C3 28}</message>",
                "<message>{C3 C3 A9}</message>",
                "<message>{E2 82}</message>",
                "<message>{F0 9F 98}</message>",
                "<message a='{C3}'/>",
                "<m{C3 28}/>",
                "<{80}/>",
                "{80}",
                "{FF FE}",
                "<message>{C0 80}</message>",
                "<message>{C0 BC}</message>",
                "<message>{C1 BF}</message>",
                "<message>{E0 80 80}</message>",
                "<message>{E0 9F BF}</message>",
                "<message>{F0 80 80 80}</message>",
                "<message>{F0 8F BF BF}</message>",
                "<message>{F4 90 80 80}</message>",
                "<message>{F5 80 80 80}</message>",
                "<message>{F8 88 80 80 80}</message>",
                "<message>{ED A0 80}</message>",
                "<message>{ED BF BF}</message>",
                "<message>{ED A0 BD ED B8 80}</message>",
                "<message a='{ED A0 80}'/>",
                "<message a='{C0 BC}'/>",
                "<message><![CDATA[{C0 BE}]]></message>"),
            // Well-formed, and nothing that a stream has a use for (sections 4.9.3.1 and 11.7)
            rows(
                "bad-format",
                "text",
                "&amp;",
                "&#32;",
                "]]",
                "{C2 A0}",
                "<![CDATA[x]]>",
                "<![CDATA[]]>",
                "]]>"),
            // Section 11.6: U+FEFF is a character, and no mark, wherever it is
            rows("bad-format", "{EF BB BF}", "{EF BB BF}<message/>"),
            // Whichever fault comes first decides.
            rows("not-well-formed", "<message><></message><!-- c -->", "<message></iq><!-- c -->"),
            rows("restricted-xml", "<message><!-- {80}", "<message>&e;{00}"),
            rows("unsupported-encoding", "<message>{80}<!-- ", "<message></messag{80}"))
        .flatMap(rows -> rows);
  }

  @ParameterizedTest
  @MethodSource("afterTheHeader")
  void next_refusedXml_endsTheStreamHoweverItIsCut(String condition, String xml) {
    Feed.expectHoweverCut(Feed.HEADER, xml, List.of(Feed.OPENED, condition));
  }

  @ParameterizedTest
  @MethodSource("afterTheHeader")
  void next_refusedXmlAfterAStanza_givesTheStanzaFirst(String condition, String xml) {
    assertThat(Feed.events(Feed.raw(Feed.HEADER + "<iq/>" + xml)))
        .containsExactly(Feed.OPENED, "<iq xmlns='jabber:client'/>", condition);
  }
}
