package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LiteralXml;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that nobody should send, and how they are refused. */
class RequestErrorsTest extends Stage {
  private static final String STANZAS = "urn:ietf:params:xml:ns:xmpp-stanzas";

  @Test
  @DisplayName("8: IQ-set gets feature-not-implemented, never silence")
  void request_set_isNotImplemented() {
    XmppClient juliet = connected(JULIET);
    XmppClient romeo = connected(ROMEO);
    refused(
        juliet,
        Iq.set(ROMEO, LiteralXml.element(data("x", "YQ=="))),
        Condition.FEATURE_NOT_IMPLEMENTED);

    assertThat(wire.iqs("error"))
        .containsExactly(
            "<iq xmlns='jabber:client' type='error' id='ID' to='juliet@example.org/balcony'"
                + " from='romeo@example.org/orchard'><error type='cancel'>"
                + "<feature-not-implemented xmlns='"
                + STANZAS
                + "'/></error></iq>");
    assertThat(bob(romeo).take(Iq.set(ROMEO, LiteralXml.element(data("x", "YQ==")))).join())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cid=''", "cid='a&#9;b'"})
  @DisplayName("16: a request without a content-id is bad-request")
  void request_withoutContentId_isBad(String attribute) {
    XmppClient juliet = connected(JULIET);
    connected(ROMEO);
    refused(
        juliet,
        Iq.get(ROMEO, LiteralXml.element("<data xmlns='urn:xmpp:bob' " + attribute + "/>")),
        Condition.BAD_REQUEST);

    assertThat(wire.iqs("error"))
        .containsExactly(
            "<iq xmlns='jabber:client' type='error' id='ID' to='juliet@example.org/balcony'"
                + " from='romeo@example.org/orchard'><error type='modify'>"
                + "<bad-request xmlns='"
                + STANZAS
                + "'/><text xmlns='"
                + STANZAS
                + "'>no content-id</text></error></iq>");
  }

  @Test
  @DisplayName("16: a request with an over-long content-id is bad-request")
  void request_overLongContentId_isBad() {
    XmppClient juliet = connected(JULIET);
    connected(ROMEO);
    refused(
        juliet,
        Iq.get(
            ROMEO,
            LiteralXml.element("<data xmlns='urn:xmpp:bob' cid='" + "x".repeat(1024) + "'/>")),
        Condition.BAD_REQUEST);
  }

  @Test
  void request_otherElementOfTheNamespace_isServedByNobody() {
    XmppClient juliet = connected(JULIET);
    connected(ROMEO);
    refused(
        juliet,
        Iq.get(ROMEO, LiteralXml.element("<other xmlns='urn:xmpp:bob' cid='x'/>")),
        Condition.SERVICE_UNAVAILABLE);
  }

  private static void refused(XmppClient asking, Iq request, Condition condition) {
    assertThatThrownBy(() -> asking.request(request).join())
        .cause()
        .isInstanceOfSatisfying(
            StanzaErrorException.class, e -> assertThat(e.condition()).isEqualTo(condition));
  }
}
