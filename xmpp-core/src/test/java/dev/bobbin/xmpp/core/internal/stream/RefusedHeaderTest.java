package dev.bobbin.xmpp.core.internal.stream;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which headers, and what in front of them, end a stream, and with which condition of RFC 6120
 * section 4.9.3, however the bytes are cut. Sections are those of RFC 6120.
 */
@Timeout(60)
class RefusedHeaderTest {
  private static final String HEADER =
      "<stream:stream xmlns='jabber:client' xmlns:stream='" + StreamReader.STREAMS + "'>";

  static Stream<Arguments> beforeTheHeader() {
    return Stream.of(
            // Section 11.6: U+FEFF is text in front of the header, as any other
            RefusedXmlTest.rows(
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
            RefusedXmlTest.rows(
                "unsupported-encoding",
                "{FE FF 00 3C 00 3F}",
                "{FF FE 3C 00 3F 00}",
                "{00 3C 00 3F 00 78}",
                "{3C 00 3F 00 78 00}",
                "{00 00 FE FF 00 00 00 3C}",
                "{FF FE 00 00 3C 00 00 00}",
                "{00 00 00 3C}",
                "{3C 00 00 00}",
                "{00 00 FF FE}",
                "{00 00 3C 00}",
                "{00 3C 00 00}",
                "<?xml version='1.0' encoding='UTF-16'?>HEADER",
                "<?xml version='1.0' encoding='ISO-8859-1'?>HEADER",
                "<?xml version='1.0' encoding='US-ASCII'?>HEADER",
                "<?xml version='1.0' encoding='UTF8'?>HEADER",
                "<?xml version='1.0' encoding='utf-8-x' ?>HEADER",
                "<?xml version='1.1' encoding='UTF-16'?>HEADER",
                "{C0 BC}stream:stream>"),
            // A zero byte that is in none of the rows of XML 1.0 appendix F is U+0000
            RefusedXmlTest.rows(
                "not-well-formed",
                "{20 00}",
                "{00 41}",
                "{00 00 41}",
                "{00 3C 41}",
                "{3C 00 41}",
                "{3C 00 3F 41}",
                "{3C 41 00}",
                "<?x{00}",
                "<?xm{00}"),
            // Declarations: XML 1.1 can be read by nobody who speaks XMPP (section 11.8)
            RefusedXmlTest.rows(
                "bad-format",
                "<?xml version='1.1'?>HEADER",
                "<?xml version='1.00'?>HEADER",
                "<?xml version='1.1' encoding='UTF-8' standalone='no' ?>HEADER"),
            RefusedXmlTest.rows(
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
            RefusedXmlTest.rows(
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
            RefusedXmlTest.rows(
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
            RefusedXmlTest.rows(
                "not-well-formed",
                "<stream:stream xmlns='jabber:client'>",
                "<stream:stream>",
                "<stream:stream xmlns='jabber:client' xmlns:stream=''>",
                "<stream:stream xmlns='jabber:client' xmlns:stream='STREAMS' xmlns:stream='STREAMS'>"),
            // The right namespace, and no stream
            RefusedXmlTest.rows(
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
