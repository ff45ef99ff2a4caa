package org.example.lastactivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.example.lastactivity.LastActivityMethods.GET_LAST_ACTIVITY;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginException;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.disco.DiscoPlugin;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What we answer by default, as literal XML. */
class AnsweringTest extends Stage {
  private XmppClient chamber;
  private XmppClient romeo;

  @BeforeEach
  void askers() throws Exception {
    chamber = client(CHAMBER, builder -> builder.discoverPlugins(false));
    romeo = client(ROMEO, builder -> builder.discoverPlugins(false));
  }

  /** Has somebody ask, and gives what juliet's balcony answered, as the server read it. */
  private String answerTo(XmppClient asker, String type, String payload) throws Exception {
    Iq request =
        LiteralXml.iq(
            "<iq xmlns='jabber:client' type='%s' id='last1' to='%s'>%s</iq>"
                .formatted(type, JULIET, payload));
    try {
      asker.request(request).get(20, TimeUnit.SECONDS);
      return sent("result");
    } catch (ExecutionException refused) {
      return sent("error");
    }
  }

  @Test
  void request_ownAccount_isToldTheTimeSinceTheLastStanza() throws Exception {
    XmppClient balcony = client(JULIET);
    pass(Duration.ofSeconds(100));
    balcony.send(Presence.available()).get(20, TimeUnit.SECONDS);
    pass(Duration.ofMillis(903_500));

    assertThat(answerTo(chamber, "get", "<query xmlns='jabber:iq:last'/>"))
        .isEqualTo(
            LiteralXml.text(
                "<iq xmlns='jabber:client' type='result' id='last1'"
                    + " from='juliet@example.org/balcony' to='juliet@example.org/chamber'>"
                    + "<query xmlns='jabber:iq:last' seconds='903'/></iq>"));
  }

  private static String refusal(Jid asker, String condition) {
    return LiteralXml.text(
        ("<iq xmlns='jabber:client' type='error' id='last1' from='%s' to='%s'>"
                + "<error type='cancel'>"
                + "<%s xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>")
            .formatted(JULIET, asker, condition));
  }

  @Test
  void request_beforeAnythingWasSent_isToldTheTimeSinceThePluginIsOn() throws Exception {
    client(JULIET);
    pass(Duration.ofSeconds(7));

    assertThat(answerTo(chamber, "get", "<query xmlns='jabber:iq:last'/>"))
        .contains(" seconds='7'");
  }

  @Test
  void request_theAnswersThemselves_areNoActivity() throws Exception {
    client(JULIET);
    pass(Duration.ofSeconds(7));
    answerTo(chamber, "get", "<query xmlns='jabber:iq:last'/>");
    pass(Duration.ofSeconds(7));

    assertThat(answerTo(chamber, "get", "<query xmlns='jabber:iq:last'/>"))
        .contains(" seconds='14'");
  }

  @Test
  void request_clockWasSetBack_isToldZero() throws Exception {
    client(JULIET);
    pass(Duration.ofSeconds(-7));

    assertThat(answerTo(chamber, "get", "<query xmlns='jabber:iq:last'/>"))
        .contains(" seconds='0'");
  }

  @Test
  void request_stranger_isRefusedAsByAClientWithoutThePlugin() throws Exception {
    client(JULIET);

    assertThat(answerTo(romeo, "get", "<query xmlns='jabber:iq:last'/>"))
        .isEqualTo(refusal(ROMEO, "service-unavailable"));
  }

  /** Nobody in particular asks when the application does, or our own server. */
  @Test
  void call_onBehalfOfNobody_isTold() throws Exception {
    XmppClient balcony = client(JULIET);

    assertThat(
            balcony
                .api()
                .call(GET_LAST_ACTIVITY, ApiTarget.of(JULIET), Duration.ofSeconds(7))
                .get(20, TimeUnit.SECONDS))
        .contains(LastActivity.of(Duration.ofSeconds(7)));
  }

  @Test
  void request_strangerWhereAnyoneIsTold_isToldTheTime() throws Exception {
    client(JULIET, builder -> builder.setting("xep_0012", "answer-to", "anyone"));

    assertThat(answerTo(romeo, "get", "<query xmlns='jabber:iq:last'/>"))
        .contains("<query xmlns='jabber:iq:last' seconds='0'/>");
  }

  @Test
  void request_set_isNotImplemented() throws Exception {
    client(JULIET);

    assertThat(answerTo(chamber, "set", "<query xmlns='jabber:iq:last'/>"))
        .isEqualTo(refusal(CHAMBER, "feature-not-implemented"));
  }

  @Test
  void disable_on_withdrawsFeatureAndAnswers() throws Exception {
    XmppClient balcony = client(JULIET);
    romeo.enablePlugin("xep_0030");
    DiscoPlugin disco = romeo.plugin(DiscoPlugin.class);
    assertThat(disco.info(JULIET).get(20, TimeUnit.SECONDS).supports("jabber:iq:last")).isTrue();

    balcony.disablePlugin("xep_0012");
    assertThat(disco.info(JULIET).get(20, TimeUnit.SECONDS).supports("jabber:iq:last")).isFalse();
    assertThat(answerTo(chamber, "get", "<query xmlns='jabber:iq:last'/>"))
        .isEqualTo(refusal(CHAMBER, "service-unavailable"));

    balcony.enablePlugin("xep_0012");
    assertThat(disco.info(JULIET).get(20, TimeUnit.SECONDS).supports("jabber:iq:last")).isTrue();
    assertThat(answerTo(chamber, "get", "<query xmlns='jabber:iq:last'/>"))
        .contains(" seconds='0'");
  }

  @Test
  void enable_badSettings_isRefusedWithWhatIsPossible() {
    assertThatThrownBy(() -> client(JULIET, b -> b.setting("xep_0012", "answer-to", "friends")))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "The plugin 'xep_0012' cannot be turned on: Setting 'answer-to' of xep_0012 is"
                + " 'friends'; it takes: own-account, anyone (docs/errors.md#bad-setting)");
    assertThatThrownBy(() -> client(JULIET, b -> b.setting("xep_0012", "anwser-to", "anyone")))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("did you mean 'answer-to'?");
  }
}
