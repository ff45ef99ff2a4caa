package dev.bobbin.xmpp.api.stanza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaError.Type;
import dev.bobbin.xmpp.api.xml.Stax;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6120 section 8.3. */
class StanzaErrorTest {
  private static final String IQ = "<iq xmlns='jabber:client' type='error'>%s</iq>";

  @ParameterizedTest
  @CsvSource({
    "BAD_REQUEST, bad-request, modify",
    "CONFLICT, conflict, cancel",
    "FEATURE_NOT_IMPLEMENTED, feature-not-implemented, cancel",
    "FORBIDDEN, forbidden, auth",
    "GONE, gone, cancel",
    "INTERNAL_SERVER_ERROR, internal-server-error, cancel",
    "ITEM_NOT_FOUND, item-not-found, cancel",
    "JID_MALFORMED, jid-malformed, modify",
    "NOT_ACCEPTABLE, not-acceptable, modify",
    "NOT_ALLOWED, not-allowed, cancel",
    "NOT_AUTHORIZED, not-authorized, auth",
    "POLICY_VIOLATION, policy-violation, modify",
    "RECIPIENT_UNAVAILABLE, recipient-unavailable, wait",
    "REDIRECT, redirect, modify",
    "REGISTRATION_REQUIRED, registration-required, auth",
    "REMOTE_SERVER_NOT_FOUND, remote-server-not-found, cancel",
    "REMOTE_SERVER_TIMEOUT, remote-server-timeout, wait",
    "RESOURCE_CONSTRAINT, resource-constraint, wait",
    "SERVICE_UNAVAILABLE, service-unavailable, cancel",
    "SUBSCRIPTION_REQUIRED, subscription-required, auth",
    "UNDEFINED_CONDITION, undefined-condition, cancel",
    "UNEXPECTED_REQUEST, unexpected-request, wait"
  })
  void of_condition_hasItsTypeAndXml(Condition condition, String name, String type) {
    String xml =
        "<error xmlns='jabber:client' type='%s'><%s xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"
            .formatted(type, name);

    assertThat(StanzaError.of(condition).toElement().toXml()).isEqualTo(xml);
    assertThat(StanzaError.in(Stax.read(IQ.formatted(xml)))).isEqualTo(StanzaError.of(condition));
    assertThat(Condition.values()).hasSize(22);
  }

  @Test
  void toElement_text_followsTheCondition() {
    assertThat(StanzaError.of(Condition.GONE, "moved <away>").toElement().toXml())
        .isEqualTo(
            "<error xmlns='jabber:client' type='cancel'>"
                + "<gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
                + "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>moved &lt;away&gt;</text>"
                + "</error>");
  }

  @ParameterizedTest
  @EnumSource(Type.class)
  void in_givenType_isKept(Type type) {
    assertThat(
            in(
                "<error type='%s'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"
                    .formatted(type.value())))
        .isEqualTo(new StanzaError(type, Condition.GONE, Optional.empty()));
  }

  @Test
  void type_value_isTheNameOnTheWire() {
    assertThat(Type.values())
        .extracting(Type::value)
        .containsExactly("auth", "cancel", "continue", "modify", "wait");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "type='dunno'", "type=''", "type='WAIT'", "code='404'"})
  void in_absentOrUnknownType_isTheConditionsOwn(String attribute) {
    assertThat(
            in(
                "<error %s><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"
                    .formatted(attribute)))
        .isEqualTo(StanzaError.of(Condition.FORBIDDEN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<error/>",
        "<error type='cancel'/>",
        "<error><unheard-of xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>",
        "<error><gone/></error>",
        "<error xmlns='other'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"
      })
  void in_noKnownCondition_isUndefined(String error) {
    assertThat(in(error)).isEqualTo(StanzaError.of(Condition.UNDEFINED_CONDITION));
  }

  @Test
  void in_applicationConditionAndTextFirst_findsTheDefinedOne() {
    assertThat(
            in(
                "<error type='modify'><x xmlns='urn:app'/>"
                    + "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas' xml:lang='en'>why</text>"
                    + "<gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>xmpp:b@c</gone></error>"))
        .isEqualTo(new StanzaError(Type.MODIFY, Condition.GONE, Optional.of("why")));
  }

  @Test
  void in_echoBeforeTheError_isPassedOver() {
    assertThat(
            in(
                "<data xmlns='urn:xmpp:bob' cid='x'>QUJD</data><error type='cancel'>"
                    + "<item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"))
        .isEqualTo(StanzaError.of(Condition.ITEM_NOT_FOUND));
  }

  @Test
  void in_longText_isCutToOneThousand() {
    assertThat(textOf("x".repeat(1000))).isEqualTo("x".repeat(1000));
    assertThat(textOf("x".repeat(1001))).isEqualTo("x".repeat(1000));
  }

  @Test
  void in_longTextOfPairs_isCutBetweenThemAndCanBeWritten() {
    String text = "x" + "\uD83D\uDE00".repeat(600);
    StanzaError error = in(withText(text));

    assertThat(error.text().orElseThrow()).isEqualTo("x" + "\uD83D\uDE00".repeat(499));
    assertThat(error.toElement().child("text", StanzaError.NAMESPACE)).isPresent();
    assertThat(textOf("\uD83D\uDE00".repeat(501))).isEqualTo("\uD83D\uDE00".repeat(500));
  }

  @Test
  void constructor_null_isNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> new StanzaError(null, Condition.GONE, Optional.empty()))
        .withMessage("type");
    assertThatNullPointerException()
        .isThrownBy(() -> new StanzaError(Type.AUTH, null, Optional.empty()))
        .withMessage("condition");
    assertThatNullPointerException()
        .isThrownBy(() -> new StanzaError(Type.AUTH, Condition.GONE, null))
        .withMessage("text");
  }

  private static String withText(String text) {
    return "<error type='cancel'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
        + "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>"
        + text
        + "</text></error>";
  }

  private static String textOf(String text) {
    return in(withText(text)).text().orElseThrow();
  }

  private static StanzaError in(String content) {
    return StanzaError.in(Stax.read(IQ.formatted(content)));
  }

  @Test
  void text_thatXmlCannotHold_isReplacedSoThatTheErrorCanBeSent() {
    StanzaError error =
        StanzaError.of(StanzaError.Condition.BAD_REQUEST, "a\u0000b\uD800c\uFFFEd\te\uD83D\uDE00");

    assertThat(error.text()).contains("a\uFFFDb\uFFFDc\uFFFDd\te\uD83D\uDE00");
    assertThat(error.toElement().toXml()).contains("<text");
  }

  @Test
  void text_withCarriageReturn_isKept() {
    String sent =
        "<error type='cancel'><text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>a&#13;b</text></error>";

    StanzaError error = StanzaError.in(Stax.read(IQ.formatted(sent)));

    assertThat(error.text()).contains("a\rb");
    assertThat(error.toElement().toXml()).contains("a&#13;b");
  }
}
