package dev.bobbin.xmpp.api.stanza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.xml.Stax;
import dev.bobbin.xmpp.api.xml.XmlElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
  private static final Jid JULIET = Jid.of("juliet@example.com");

  @Test
  void chat_body_isLiterally() {
    assertXml(
        Message.chat(JULIET, "a <b> & c"),
        "<message xmlns='jabber:client' type='chat' to='juliet@example.com'>"
            + "<body>a &lt;b&gt; &amp; c</body></message>");
    assertThat(Message.chat(JULIET, "hi").body()).contains("hi");
  }

  @ParameterizedTest
  @CsvSource({
    "NORMAL, normal",
    "CHAT, chat",
    "GROUPCHAT, groupchat",
    "HEADLINE, headline",
    "ERROR, error"
  })
  void of_eachType_isLiterallyAndReadBack(Message.Type type, String value) {
    assertXml(
        Message.of(type, JULIET),
        "<message xmlns='jabber:client' type='%s' to='juliet@example.com'/>".formatted(value));
    assertThat(Message.of(type, JULIET).type()).isEqualTo(type);
    assertThat(type.value()).isEqualTo(value);
    assertThat(Message.Type.values()).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "type=''", "type='CHAT'", "type='dunno'"})
  void parse_absentOrUnknownType_isNormal(String attribute) {
    Message message = parse("<message xmlns='jabber:client' %s/>".formatted(attribute));

    assertThat(message.type()).isEqualTo(Message.Type.NORMAL);
    assertThat(message.error()).isEmpty();
    assertThat(message.to()).isEmpty();
    assertThat(message.from()).isEmpty();
    assertThat(message.id()).isEmpty();
    assertThat(message.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"to", "from"})
  void parse_malformedAddress_isRefused(String attribute) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("<message xmlns='jabber:client' %s='a@'/>".formatted(attribute)))
        .withMessageStartingWith("'" + attribute + "' of message: 'a@' is no JID");
  }

  @Test
  void parse_otherElement_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("<presence xmlns='jabber:client'/>"))
        .withMessage("<presence xmlns='jabber:client'> is no message");
  }

  @Test
  void parse_error_hasItsError() {
    Message message =
        parse(
            "<message xmlns='jabber:client' type='error' from='a@b'><body>sent</body>"
                + "<error type='cancel'><service-unavailable"
                + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");

    assertThat(message.error()).contains(StanzaError.of(Condition.SERVICE_UNAVAILABLE));
    assertThat(message.from()).contains(Jid.of("a@b"));
  }

  @Test
  void body_severalOrForeign_isTheFirstOfOurs() {
    assertThat(
            parse(
                    "<message xmlns='jabber:client'><body xmlns='other'>no</body>"
                        + "<body>one</body><body xml:lang='de'>two</body></message>")
                .body())
        .contains("one");
  }

  @Test
  void withChildAndId_added_keepTheRest() {
    assertXml(
        Message.chat(JULIET, "hi").withChild(XmlElement.of("x", "y")).withId("1"),
        "<message xmlns='jabber:client' type='chat' to='juliet@example.com' id='1'>"
            + "<body>hi</body><x xmlns='y'/></message>");
  }

  @Test
  void toString_anyContent_showsTypeAndAddressesOnly() {
    assertThat(Message.chat(JULIET, "secret"))
        .hasToString("message chat from null to juliet@example.com");
    assertThat(Message.chat(JULIET, "a"))
        .isEqualTo(Message.chat(JULIET, "a"))
        .hasSameHashCodeAs(Message.chat(JULIET, "a"))
        .isNotEqualTo(Message.chat(JULIET, "b"));
  }

  private static void assertXml(Message message, String xml) {
    assertThat(message.element().toXml()).isEqualTo(xml);
    assertThat(parse(xml)).isEqualTo(message);
  }

  private static Message parse(String xml) {
    return Message.parse(Stax.read(xml));
  }
}
