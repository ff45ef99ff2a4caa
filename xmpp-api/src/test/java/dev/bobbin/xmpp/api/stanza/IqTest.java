package dev.bobbin.xmpp.api.stanza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.xml.Stax;
import dev.bobbin.xmpp.api.xml.XmlElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IqTest {
  private static final XmlElement PING = XmlElement.of("ping", "urn:xmpp:ping");
  private static final XmlElement PONG = XmlElement.of("pong", "urn:pong");
  private static final Jid JULIET = Jid.of("juliet@example.com/balcony");

  @Test
  void get_addressee_isLiterally() {
    assertXml(
        Iq.get(JULIET, PING),
        "<iq xmlns='jabber:client' type='get' to='juliet@example.com/balcony'>"
            + "<ping xmlns='urn:xmpp:ping'/></iq>");
  }

  @Test
  void get_noAddressee_hasNoTo() {
    assertXml(
        Iq.get(null, PING),
        "<iq xmlns='jabber:client' type='get'><ping xmlns='urn:xmpp:ping'/></iq>");
    assertThat(Iq.get(null, PING).to()).isEmpty();
    assertThat(Iq.get(null, PING).id()).isEmpty();
  }

  @Test
  void set_addressee_isLiterally() {
    assertXml(
        Iq.set(JULIET, PING),
        "<iq xmlns='jabber:client' type='set' to='juliet@example.com/balcony'>"
            + "<ping xmlns='urn:xmpp:ping'/></iq>");
    assertXml(
        Iq.set(null, PING),
        "<iq xmlns='jabber:client' type='set'><ping xmlns='urn:xmpp:ping'/></iq>");
  }

  @Test
  void withId_otherOrNone_isSet() {
    assertXml(
        Iq.get(null, PING).withId("1").withId("a'b"),
        "<iq xmlns='jabber:client' type='get' id='a&apos;b'><ping xmlns='urn:xmpp:ping'/></iq>");
    assertThat(Iq.get(null, PING).withId("1").id()).contains("1");
  }

  @ParameterizedTest
  @CsvSource({"get, GET, true", "set, SET, true", "result, RESULT, false", "error, ERROR, false"})
  void parse_eachType_isKnown(String value, Iq.Type type, boolean request) {
    Iq iq = parse("<iq xmlns='jabber:client' type='%s'/>".formatted(value));

    assertThat(iq.type()).isEqualTo(type);
    assertThat(iq.type().isRequest()).isEqualTo(request);
    assertThat(iq.type().value()).isEqualTo(value);
    assertThat(iq.error().isPresent()).isEqualTo(type == Iq.Type.ERROR);
  }

  @Test
  void parse_absentType_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("<iq xmlns='jabber:client'/>"))
        .withMessage("'' is no type of iq");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET", " get", "chat", "subscribe"})
  void parse_unknownType_isRefused(String type) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("<iq xmlns='jabber:client' type='%s'/>".formatted(type)))
        .withMessage("'" + type + "' is no type of iq");
  }

  @Test
  void parse_hostileType_isCutAndCleanedInTheMessage() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("<iq xmlns='jabber:client' type='&#10;" + "x".repeat(200) + "'/>"))
        .withMessage("'\uFFFD" + "x".repeat(99) + "...' is no type of iq");
  }

  @Test
  void parse_otherElement_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("<iq xmlns='jabber:server' type='get'/>"))
        .withMessage("<iq xmlns='jabber:server'> is no iq");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("<message xmlns='jabber:client' type='get'/>"))
        .withMessage("<message xmlns='jabber:client'> is no iq");
  }

  @ParameterizedTest
  @ValueSource(strings = {"to", "from"})
  void parse_malformedAddress_isRefused(String attribute) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> parse("<iq xmlns='jabber:client' type='get' %s='@@'/>".formatted(attribute)))
        .withMessage(
            "'"
                + attribute
                + "' of iq: '@@' is no JID: the local part is empty"
                + " (docs/errors.md#malformed-jid)")
        .withCauseInstanceOf(MalformedJidException.class);
  }

  @Test
  void result_withPayload_swapsAddressesAndKeepsTheId() {
    assertXml(
        request().result(PONG),
        "<iq xmlns='jabber:client' type='result' id='7' to='romeo@example.net/orchard'"
            + " from='juliet@example.com/balcony'><pong xmlns='urn:pong'/></iq>");
  }

  @Test
  void result_withoutPayload_isEmpty() {
    assertXml(
        request().result(),
        "<iq xmlns='jabber:client' type='result' id='7' to='romeo@example.net/orchard'"
            + " from='juliet@example.com/balcony'/>");
  }

  @Test
  void error_ofRequest_leavesOutThePayload() {
    assertXml(
        request().error(StanzaError.of(Condition.NOT_ALLOWED)),
        "<iq xmlns='jabber:client' type='error' id='7' to='romeo@example.net/orchard'"
            + " from='juliet@example.com/balcony'><error type='cancel'>"
            + "<not-allowed xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
    assertThat(request().error(StanzaError.of(Condition.GONE)).error())
        .contains(StanzaError.of(Condition.GONE));
  }

  @Test
  void result_ofRequestWithoutAddressesOrId_hasNone() {
    Iq bare = parse("<iq xmlns='jabber:client' type='get'><a xmlns='b'/></iq>");

    assertXml(bare.result(), "<iq xmlns='jabber:client' type='result'/>");
    assertXml(
        parse("<iq xmlns='jabber:client' type='get' from='a@b'/>").result(),
        "<iq xmlns='jabber:client' type='result' to='a@b'/>");
    assertXml(
        parse("<iq xmlns='jabber:client' type='get' to='a@b'/>").result(),
        "<iq xmlns='jabber:client' type='result' from='a@b'/>");
  }

  @Test
  void payload_echoInsideAnError_isTheEchoAndNotTheError() {
    Iq iq =
        parse(
            "<iq xmlns='jabber:client' type='error'><data xmlns='urn:xmpp:bob'/>"
                + "<error type='cancel'><item-not-found"
                + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");

    assertThat(iq.payload()).contains(XmlElement.of("data", "urn:xmpp:bob"));
    assertThat(iq.payloads()).hasSize(1);
    assertThat(iq.children()).hasSize(2);
    assertThat(iq.error()).contains(StanzaError.of(Condition.ITEM_NOT_FOUND));
    assertThat(iq.asks("data", "urn:xmpp:bob")).isFalse();
  }

  @Test
  void payload_noneOrSeveral_isFirstOrAbsent() {
    assertThat(parse("<iq xmlns='jabber:client' type='result'>text</iq>").payload()).isEmpty();
    assertThat(parse("<iq xmlns='jabber:client' type='error'><error/></iq>").payload()).isEmpty();
    Iq two = parse("<iq xmlns='jabber:client' type='get'><a xmlns='x'/><b xmlns='x'/></iq>");
    assertThat(two.payload()).contains(XmlElement.of("a", "x"));
    assertThat(two.payloads()).containsExactly(XmlElement.of("a", "x"), XmlElement.of("b", "x"));
    assertThat(parse("<iq xmlns='jabber:client' type='get'><error xmlns='x'/></iq>").payload())
        .contains(XmlElement.of("error", "x"));
  }

  @Test
  void asks_request_matchesNameAndNamespace() {
    assertThat(Iq.get(null, PING).asks("ping", "urn:xmpp:ping")).isTrue();
    assertThat(Iq.set(null, PING).asks("ping", "urn:xmpp:ping")).isTrue();
    assertThat(Iq.get(null, PING).asks("ping", "urn:pong")).isFalse();
    assertThat(Iq.get(null, PING).asks("pong", "urn:xmpp:ping")).isFalse();
    assertThat(request().result(PING).asks("ping", "urn:xmpp:ping")).isFalse();
    assertThat(parse("<iq xmlns='jabber:client' type='get'/>").asks("a", "b")).isFalse();
  }

  @Test
  void equals_sameElement_isEqual() {
    assertThat(Iq.get(JULIET, PING))
        .isEqualTo(Iq.get(JULIET, PING))
        .hasSameHashCodeAs(Iq.get(JULIET, PING))
        .isNotEqualTo(Iq.set(JULIET, PING))
        .isNotEqualTo(Iq.get(null, PING));
  }

  @Test
  void toString_anyPayload_showsTypeAndAddressesOnly() {
    XmlElement secret = XmlElement.builder("s", "secret").text("secret").build();

    assertThat(Iq.set(JULIET, secret).withId("secret"))
        .hasToString("iq set from null to juliet@example.com/balcony");
    assertThat(request())
        .hasToString("iq get from romeo@example.net/orchard to juliet@example.com/balcony");
  }

  private static Iq request() {
    return parse(
        "<iq xmlns='jabber:client' type='get' id='7' from='romeo@example.net/orchard'"
            + " to='juliet@example.com/balcony'><ping xmlns='urn:xmpp:ping'/></iq>");
  }

  private static void assertXml(Iq iq, String xml) {
    assertThat(iq.element().toXml()).isEqualTo(xml);
    assertThat(parse(xml)).isEqualTo(iq);
  }

  private static Iq parse(String xml) {
    return Iq.parse(Stax.read(xml));
  }

  @Test
  void result_ofAnAnswer_isRefused() {
    Iq answer = Iq.get(null, XmlElement.of("query", "urn:example")).withId("a").result();

    assertThatThrownBy(answer::result)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("An iq of type result is not answered");
  }
}
