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

class PresenceTest {
  private static final Jid JULIET = Jid.of("juliet@example.com");

  @Test
  void available_toEveryone_isLiterally() {
    assertXml(Presence.available(), "<presence xmlns='jabber:client'/>");
    assertThat(Presence.available().type()).isEqualTo(Presence.Type.AVAILABLE);
    assertThat(Presence.Type.AVAILABLE.value()).isEmpty();
  }

  @Test
  void of_availableToOne_hasNoType() {
    assertXml(
        Presence.of(Presence.Type.AVAILABLE, JULIET),
        "<presence xmlns='jabber:client' to='juliet@example.com'/>");
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, unavailable",
    "SUBSCRIBE, subscribe",
    "SUBSCRIBED, subscribed",
    "UNSUBSCRIBE, unsubscribe",
    "UNSUBSCRIBED, unsubscribed",
    "PROBE, probe",
    "ERROR, error"
  })
  void of_eachType_isLiterallyAndReadBack(Presence.Type type, String value) {
    assertXml(
        Presence.of(type, JULIET),
        "<presence xmlns='jabber:client' type='%s' to='juliet@example.com'/>".formatted(value));
    assertXml(
        Presence.of(type, null), "<presence xmlns='jabber:client' type='%s'/>".formatted(value));
    assertThat(Presence.of(type, JULIET).type()).isEqualTo(type);
    assertThat(Presence.Type.values()).hasSize(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"available", "PROBE", "dunno"})
  void parse_unknownType_isRefused(String type) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("<presence xmlns='jabber:client' type='%s'/>".formatted(type)))
        .withMessage("'" + type + "' is no type of presence");
  }

  @ParameterizedTest
  @ValueSource(strings = {"to", "from"})
  void parse_malformedAddress_isRefused(String attribute) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("<presence xmlns='jabber:client' %s='/'/>".formatted(attribute)))
        .withMessageStartingWith("'" + attribute + "' of presence: '/' is no JID");
  }

  @Test
  void parse_otherElement_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("<presence xmlns='other'/>"))
        .withMessage("<presence xmlns='other'> is no presence");
  }

  @Test
  void parse_errorWithoutAnErrorElement_isUndefined() {
    assertThat(parse("<presence xmlns='jabber:client' type='error'/>").error())
        .contains(StanzaError.of(Condition.UNDEFINED_CONDITION));
    assertThat(parse("<presence xmlns='jabber:client'><error/></presence>").error()).isEmpty();
  }

  @Test
  void withChild_added_keepsTheRest() {
    assertXml(
        Presence.of(Presence.Type.UNAVAILABLE, JULIET).withChild(XmlElement.of("x", "y")),
        "<presence xmlns='jabber:client' type='unavailable' to='juliet@example.com'>"
            + "<x xmlns='y'/></presence>");
  }

  @Test
  void toString_anyContent_showsTypeAndAddressesOnly() {
    Presence presence = Presence.available().withChild(XmlElement.of("secret", "secret"));

    assertThat(presence).hasToString("presence available from null to null");
    assertThat(presence)
        .isNotEqualTo(Presence.available())
        .isEqualTo(Presence.available().withChild(XmlElement.of("secret", "secret")))
        .hasSameHashCodeAs(Presence.available().withChild(XmlElement.of("secret", "secret")));
  }

  private static void assertXml(Presence presence, String xml) {
    assertThat(presence.element().toXml()).isEqualTo(xml);
    assertThat(parse(xml)).isEqualTo(presence);
  }

  private static Presence parse(String xml) {
    return Presence.parse(Stax.read(xml));
  }
}
