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
  private static final String HEADER =
      "<stream:stream xmlns='jabber:client' xmlns:stream='" + StreamReader.STREAMS + "'>";

  private static Stream<Arguments> rows(String condition, String... inputs) {
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

  static Stream<Arguments> beforeTheHeader() {
    return Stream.of(
            // Section 11.6: U+FEFF is text in front of the header, as any other
            rows(
                "not-well-formed",
                "{EF BB BF}HEADER",
                "{EF BB BF}<?xml version='1.0'?>HEADER",
                "xHEADER",
                "&#32;HEADER",
                "&e;",
                "]]>",
                "<![CDATA[ ]]>HEADER",
                "HTTP/1.1 400 Bad Request\r\n",
                "</stream:stream>",
                "</>"),
            // Other encodings, with mark and without
            rows(
                "unsupported-encoding",
                "{FE FF 00 3C 00 3F}",
                "{FF FE 3C 00 3F 00}",
                "{00 3C 00 3F 00 78}",
                "{3C 00 3F 00 78 00}",
                "{00 00 FE FF 00 00 00 3C}",
                "{FF FE 00 00 3C 00 00 00}",
                "{00 00 00 3C}",
                "{3C 00 00 00}",
                "{20 00}",
                "<?x{00}",
                "<?xml version='1.0' encoding='UTF-16'?>HEADER",
                "<?xml version='1.0' encoding='ISO-8859-1'?>HEADER",
                "<?xml version='1.0' encoding='US-ASCII'?>HEADER",
                "<?xml version='1.0' encoding='UTF8'?>HEADER",
                "<?xml version='1.0' encoding='utf-8-x' ?>HEADER",
                "<?xml version='1.1' encoding='UTF-16'?>HEADER",
                "{C0 BC}stream:stream>"),
            rows("not-well-formed", "<?xm{00}"),
            // Declarations: XML 1.1 can be read by nobody who speaks XMPP (section 11.8)
            rows(
                "bad-format",
                "<?xml version='1.1'?>HEADER",
                "<?xml version='1.00'?>HEADER",
                "<?xml version='1.1' encoding='UTF-8' standalone='no' ?>HEADER"),
            rows(
                "not-well-formed",
                "<?xml version='2.0'?>HEADER",
                "<?xml version='1'?>HEADER",
                "<?xml version=''?>HEADER",
                "<?xml version='1.0\"?>HEADER",
                "<?xml version=1.0?>HEADER",
                "<?xml?>HEADER",
                "<?xml ?>HEADER",
                "<?xml encoding='UTF-8'?>HEADER",
                "<?xml encoding='UTF-8' version='1.0'?>HEADER",
                "<?xml version='1.0' standalone='yes' encoding='UTF-8'?>HEADER",
                "<?xml version='1.0'encoding='UTF-8'?>HEADER",
                "<?xml version='1.0' encoding=''?>HEADER",
                "<?xml version='1.0' encoding='-8'?>HEADER",
                "<?xml version='1.0' encoding='UTF 8'?>HEADER",
                "<?xml version='1.0' standalone=''?>HEADER",
                "<?xml version='1.0' standalone='maybe'?>HEADER",
                "<?xml version='1.0' standalone='YES'?>HEADER",
                "<?xml version='1.0' version='1.0'?>HEADER",
                "<?xml version='1.0' other='1'?>HEADER",
                "<?xml version='1.0' ??>HEADER",
                "<?xml version='1.0'>HEADER?>",
                "<?xml\u0085version='1.0'?>HEADER",
                "<?XML version='1.0'?>HEADER",
                "<?Xml version='1.0'?>HEADER",
                "\n<?xml version='1.0'?>HEADER",
                " <?xml version='1.0'?>HEADER",
                "<?xml version='1.0'?><?xml version='1.0'?>HEADER",
                "<?xml version='1.0'?>x"),
            // Section 11.1, in front of the header
            rows(
                "restricted-xml",
                "<?xml-stylesheet href='a'?>HEADER",
                "<?a b?>HEADER",
                "<?xml version='1.0'?><?a b?>HEADER",
                "<!-- c -->HEADER",
                "<!DOCTYPE a []>HEADER",
                "<!DOCTYPE a SYSTEM 'http://127.0.0.1/'>HEADER",
                "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY e SYSTEM 'file:///'>]>HEADER",
                "<!DOCTYPE lolz [<!ENTITY lol 'lol'><!ENTITY lol2 '&lol;&lol;&lol;'>]>HEADER"),
            // Sections 4.8 and 4.9.3.10: the namespaces of the header
            rows(
                "invalid-namespace",
                "<stream xmlns='jabber:client'>",
                "<stream>",
                "<html>",
                "<stream:stream xmlns:stream='urn:x'>",
                "<s:stream xmlns='jabber:client' xmlns:s='jabber:client'>",
                "<stream:stream xmlns='jabber:server' xmlns:stream='STREAMS'>",
                "<stream:stream xmlns='urn:x' xmlns:stream='STREAMS'>",
                "<stream:stream xmlns='jabber:client' xmlns:stream='STREAMS/'>",
                "<stream:stream xmlns='jabber:client' xmlns:stream='HTTP://ETHERX.JABBER.ORG/streams'>",
                "<other xmlns='urn:x'>"),
            rows(
                "not-well-formed",
                "<stream:stream xmlns='jabber:client'>",
                "<stream:stream>",
                "<stream:stream xmlns='jabber:client' xmlns:stream=''>",
                "<stream:stream xmlns='jabber:client' xmlns:stream='STREAMS' xmlns:stream='STREAMS'>"),
            // The right namespace, and no stream
            rows(
                "bad-format",
                "<stream:other xmlns='jabber:client' xmlns:stream='STREAMS'>",
                "<stream:Stream xmlns='jabber:client' xmlns:stream='STREAMS'>",
                "<stream:features xmlns='jabber:client' xmlns:stream='STREAMS'>",
                "<stream:stream xmlns='jabber:client' xmlns:stream='STREAMS'/>"))
        .flatMap(rows -> rows);
  }

  @ParameterizedTest
  @MethodSource("beforeTheHeader")
  void next_refusedHeader_isNoEventHoweverItIsCut(String condition, String xml) {
    String stream = xml.replace("HEADER", HEADER).replace("STREAMS", StreamReader.STREAMS);
    Feed.expectHoweverCut("", stream, List.of(condition));
  }
}
