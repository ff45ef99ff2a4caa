package org.example.lastactivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What we ask, and what we make of answers, as literal XML. */
class QueryTest extends Stage {
  private XmppClient romeo;

  @BeforeEach
  void connect() throws Exception {
    romeo = client(ROMEO);
  }

  private CompletableFuture<LastActivity> query(Jid peer) {
    return romeo.plugin(LastActivityPlugin.class).query(peer);
  }

  /** Answers in the place of whoever is asked, by a literal result with the right addresses. */
  private void answer(String type, String payload) {
    rule =
        request ->
            LiteralXml.element(
                "<iq xmlns='jabber:client' type='%s' id='%s' from='%s' to='%s'>%s</iq>"
                    .formatted(
                        type,
                        request.attribute("id").orElseThrow(),
                        request.attribute("to").orElseThrow(),
                        ROMEO,
                        payload));
  }

  @ParameterizedTest
  @CsvSource({"juliet@example.org/balcony", "juliet@example.org", "example.org"})
  void query_anybody_asksAndReads(Jid peer) throws Exception {
    answer("result", "<query xmlns='jabber:iq:last' seconds='903'>Heading home</query>");

    assertThat(query(peer).get(20, TimeUnit.SECONDS))
        .isEqualTo(new LastActivity(Duration.ofSeconds(903), "Heading home"));
    String id = wire.element().attribute("id").orElseThrow();
    assertThat(sent("get"))
        .isEqualTo(
            LiteralXml.text(
                "<iq xmlns='jabber:client' type='get' id='%s' from='%s' to='%s'>"
                        .formatted(id, ROMEO, peer)
                    + "<query xmlns='jabber:iq:last'/></iq>"));
  }

  private static ThrowableAssertAlternative<?> assertFails(CompletableFuture<?> future) {
    return assertThat(future).failsWithin(Duration.ofSeconds(20)).withThrowableThat().havingCause();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<query xmlns='jabber:iq:last'/>",
        "<query xmlns='jabber:iq:last' seconds='-1'/>",
        "<query xmlns='jabber:iq:last' seconds='soon'/>",
        "<query xmlns='jabber:iq:last' seconds='99999999999999999999'/>",
        "<query xmlns='jabber:iq:last' seconds='٩٠٣'/>"
      })
  void query_hostileSeconds_failsAndSaysSo(String payload) {
    answer("result", payload);

    assertFails(query(JULIET))
        .isInstanceOf(XmppException.class)
        .withMessageStartingWith("An answer about last activity has seconds='");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<query xmlns='urn:x' seconds='1'/>", "<q xmlns='jabber:iq:last'/>"})
  void query_answerAboutSomethingElse_failsAndSaysWhose(String payload) {
    answer("result", payload);

    assertFails(query(JULIET))
        .isInstanceOf(XmppException.class)
        .withMessage("'juliet@example.org/balcony' answered without last activity");
  }

  @Test
  void query_forbidden_failsWithTheCondition() {
    answer(
        "error",
        "<query xmlns='jabber:iq:last' seconds='1'/><error type='auth'>"
            + "<forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>");

    assertFails(query(JULIET.bare()))
        .isInstanceOf(StanzaErrorException.class)
        .withMessage("juliet@example.org answered forbidden (auth)");
  }

  @Test
  void query_pluginIsOff_isAFailedFuture() {
    LastActivityPlugin plugin = romeo.plugin(LastActivityPlugin.class);
    romeo.disablePlugin("xep_0012");

    for (LastActivityPlugin off : new LastActivityPlugin[] {plugin, new LastActivityPlugin()}) {
      assertFails(off.query(JULIET))
          .isInstanceOf(IllegalStateException.class)
          .withMessage(
              "The plugin 'xep_0012' is off; turn it on first (docs/errors.md#plugin-off)");
    }
  }

  @Test
  void query_nobody_isNamed() {
    assertThatNullPointerException().isThrownBy(() -> query(null)).withMessage("peer");
  }
}
