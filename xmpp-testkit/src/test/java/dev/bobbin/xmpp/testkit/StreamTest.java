package dev.bobbin.xmpp.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamTest {
  private static final int MAX_BYTES = 20_000;
  private static LoopbackServer server;

  @BeforeAll
  static void startServer() {
    server =
        Servers.builder()
            .account("juliet", "secret1")
            .account("romeo", "secret2")
            .maxStanzaBytes(MAX_BYTES)
            .start();
  }

  @AfterAll
  static void closeServer() {
    server.close();
  }

  private static RawClient juliet() throws IOException {
    return RawClient.bound(server, "juliet", "secret1", "");
  }

  private static String header(String to, String content, String streams, String version) {
    return "<stream:stream to='"
        + to
        + "' version='"
        + version
        + "' xmlns='"
        + content
        + "' xmlns:stream='"
        + streams
        + "'>";
  }

  private void assertHeaderRefused(String header, String condition) throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.send(header);
      client.expectHeaderAndStreamError(condition);
    }
  }

  @Test
  void header_otherDomain_isHostUnknown() throws IOException {
    String streams = "http://etherx.jabber.org/streams";
    assertHeaderRefused(header("example.net", "jabber:client", streams, "1.0"), "host-unknown");
    assertHeaderRefused(header("a b", "jabber:client", streams, "1.0"), "host-unknown");
  }

  @Test
  void header_withoutTo_isImproperAddressing() throws IOException {
    assertHeaderRefused(
        header("", "jabber:client", "http://etherx.jabber.org/streams", "1.0"),
        "improper-addressing");
  }

  @Test
  void header_otherNamespace_isInvalidNamespace() throws IOException {
    String streams = "http://etherx.jabber.org/streams";
    assertHeaderRefused(
        header("example.org", "jabber:server", streams, "1.0"), "invalid-namespace");
    assertHeaderRefused(header("example.org", "", streams, "1.0"), "invalid-namespace");
    assertHeaderRefused(
        header("example.org", "jabber:client", "urn:other", "1.0"), "invalid-namespace");
  }

  @Test
  void header_oldVersion_isUnsupportedVersion() throws IOException {
    assertHeaderRefused(
        header("example.org", "jabber:client", "http://etherx.jabber.org/streams", "0.9"),
        "unsupported-version");
  }

  @Test
  void header_otherElement_isBadFormat() throws IOException {
    assertHeaderRefused(
        "<message xmlns='http://etherx.jabber.org/streams' to='example.org'>", "bad-format");
  }

  @Test
  void header_doctype_isRestrictedXml() throws IOException {
    assertHeaderRefused(
        "<!DOCTYPE s [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>" + RawClient.OPEN,
        "restricted-xml");
    assertHeaderRefused(
        "<?xml version='1.0'?><!DOCTYPE s SYSTEM 'http://127.0.0.1:9/x.dtd'>", "restricted-xml");
  }

  @Test
  void header_commentOrInstructionBefore_isRestrictedXml() throws IOException {
    assertHeaderRefused("<!-- hello -->", "restricted-xml");
    assertHeaderRefused("<?xml version='1.0'?><?go now?>", "restricted-xml");
  }

  @Test
  void header_otherEncodingOrXmlVersion_isRefused() throws IOException {
    String rest = RawClient.OPEN.substring("<?xml version='1.0'?>".length());
    assertHeaderRefused(
        "<?xml version='1.0' encoding='ISO-8859-1'?>" + rest, "unsupported-encoding");
    assertHeaderRefused("<?xml version='1.1'?>" + rest, "not-well-formed");
  }

  @Test
  void header_noXml_isNotWellFormed() throws IOException {
    assertHeaderRefused("GET / HTTP/1.1\r\n", "not-well-formed");
  }

  @Test
  void stream_bytesOneByOne_isUnderstoodAtEachLastByte() throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.sendByteByByte(RawClient.OPEN);
      client.receiveHeader();
      client.receiveThrough("</stream:features>");
      client.startTls();
      client.open();
      client.logIn("SCRAM-SHA-1", "juliet", "secret1");
      client.bind("bytes");

      client.sendByteByByte("<iq type='get' id='é&amp;1'><ping xmlns='urn:xmpp:ping'/></iq>");
      client.expectUtf8("<iq type='result' id='é&amp;1' to='juliet@example.org/bytes'/>");
      client.sendByteByByte("<iq type='get' id='2'><ping xmlns='urn:xmpp:ping'></ping></iq>");
      client.expectUtf8("<iq type='result' id='2' to='juliet@example.org/bytes'/>");
    }
  }

  @Test
  void stream_manyStanzasInOneWrite_areAllServed() throws IOException {
    try (RawClient client = juliet()) {
      String ping = "<iq type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq>";
      client.send(ping.repeat(100));
      for (int i = 0; i < 100; i++) {
        client.expect("<iq type='result' id='1' to='" + client.jid() + "'/>");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!-- hello -->",
        "<message><!-- hello --></message>",
        "<?go now?>",
        "<message><body>a<?go now?></body></message>"
      })
  void stream_commentOrInstruction_isRestrictedXml(String xml) throws IOException {
    try (RawClient client = juliet()) {
      client.send(xml);
      client.expectStreamError("restricted-xml");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<iq></message>",
        "<message",
        "<message a='1' a='2'/>",
        "<x:message/>",
        "<message xmlns:p=''/>",
        "<message>]]></message>",
        "<message>&lol;</message>",
        "<message>&#0;</message>",
        "<!DOCTYPE s [<!ENTITY a 'b'>]>",
        "<?xml version='1.0'?>"
      })
  void stream_badXml_isNotWellFormed(String xml) throws IOException {
    try (RawClient client = juliet()) {
      client.send(xml + (xml.endsWith(">") ? "" : "<"));
      client.expectStreamError("not-well-formed");
    }
  }

  @Test
  void stream_bytesThatAreNoUtf8_areNotWellFormed() throws IOException {
    try (RawClient client = juliet()) {
      client.send("<message><body>\u00e9".getBytes(StandardCharsets.ISO_8859_1));
      client.send("</body></message>");
      client.expectStreamError("not-well-formed");
    }
  }

  @Test
  void stream_textBetweenStanzas_isBadFormat() throws IOException {
    try (RawClient client = juliet()) {
      client.send("hello<presence/>");
      client.expectStreamError("bad-format");
    }
  }

  @Test
  void stanza_inAnotherNamespace_isInvalidNamespace() throws IOException {
    try (RawClient client = juliet()) {
      client.send("<message xmlns='jabber:server'/>");
      client.expectStreamError("invalid-namespace");
    }
  }

  @Test
  void stanza_ofAnotherName_isUnsupported() throws IOException {
    try (RawClient client = juliet()) {
      client.send("<massage/>");
      client.expectStreamError("unsupported-stanza-type");
    }
  }

  @Test
  void stanza_asLargeAsAllowed_isServed() throws IOException {
    try (RawClient client = juliet()) {
      client.send(pingOf(MAX_BYTES));
      client.expect("<iq type='result' id='1' to='" + client.jid() + "'/>");
      client.send(pingOf(MAX_BYTES));
      client.expect("<iq type='result' id='1' to='" + client.jid() + "'/>");
    }
  }

  @Test
  void stanza_aByteLarger_isPolicyViolation() throws IOException {
    try (RawClient client = juliet()) {
      client.send(pingOf(MAX_BYTES + 1));
      client.expectStreamError("policy-violation");
    }
  }

  @Test
  void stanza_muchLarger_isToldSoWhileItIsStillSent() throws IOException {
    try (RawClient client = juliet()) {
      client.send(pingOf(10 * MAX_BYTES));
      client.expectStreamError("policy-violation");
    }
  }

  private static String pingOf(int bytes) {
    String start = "<iq type='get' id='1'><ping xmlns='urn:xmpp:ping'>";
    String end = "</ping></iq>";
    return start + "x".repeat(bytes - start.length() - end.length()) + end;
  }

  @Test
  void stanza_deeperThanAnElementMayBe_isPolicyViolation() throws IOException {
    try (RawClient client = juliet()) {
      client.send("<message>" + "<a>".repeat(256));
      client.expectStreamError("policy-violation");
    }
  }

  @Test
  void stanza_asDeepAsAnElementMayBe_isServed() throws IOException {
    try (RawClient client = juliet()) {
      client.send(
          "<iq type='get' id='1'><ping xmlns='urn:xmpp:ping'>"
              + "<a>".repeat(254)
              + "</a>".repeat(254)
              + "</ping></iq>");
      client.expect("<iq type='result' id='1' to='" + client.jid() + "'/>");
    }
  }

  @Test
  void stanza_moreThan256Attributes_isPolicyViolation() throws IOException {
    StringBuilder xml = new StringBuilder("<iq type='get' id='1'><ping xmlns='urn:xmpp:ping'");
    for (int i = 0; i < 256; i++) {
      xml.append(" a").append(i).append("=''");
    }
    try (RawClient client = juliet()) {
      client.send(xml + "/></iq>");
      client.expect("<iq type='result' id='1' to='" + client.jid() + "'/>");
      client.send(xml + " b=''/></iq>");
      client.expectStreamError("policy-violation");
    }
  }

  @Test
  void whiteSpace_betweenStanzas_isNeverTooMuch() throws IOException {
    try (RawClient client = juliet()) {
      client.send(" \r\n\t".repeat(MAX_BYTES));
      client.ping();
    }
  }

  @Test
  void stream_closedByTheClient_isClosedByTheServer() throws IOException {
    try (RawClient client = juliet()) {
      client.send("<iq type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq></stream:stream>");
      client.expect("<iq type='result' id='1' to='" + client.jid() + "'/>");
      client.expectEnd();
    }
  }

  @Test
  void stream_closedOnClearText_isClosedByTheServer() throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.open();
      client.send("</stream:stream>");
      client.expectEnd();
    }
  }

  @Test
  void xml_afterItsWayThroughTheServer_meansTheSame() throws IOException {
    try (RawClient romeo = RawClient.bound(server, "romeo", "secret2", "orchard");
        RawClient juliet = juliet()) {
      juliet.send(
          "<message to='romeo@example.org/orchard' xml:lang='en'><body>a &lt; b &amp; c"
              + "<![CDATA[<d>]]>\u20ac\ud83d\ude00</body>"
              + "<p:x xmlns:p='urn:p' xmlns:q='urn:q' q:a='1' b='&apos;&#10;'>"
              + "<none xmlns=''/><body/></p:x></message>");

      romeo.expectUtf8(
          "<message to='romeo@example.org/orchard' xml:lang='en' from='"
              + juliet.jid()
              + "'><body>a &lt; b &amp; c&lt;d&gt;\u20ac\ud83d\ude00</body>"
              + "<x xmlns='urn:p' xmlns:a1='urn:q' a1:a='1' b='&apos;&#10;'>"
              + "<none xmlns=''/><body xmlns='jabber:client'/></x></message>");
    }
  }
}
