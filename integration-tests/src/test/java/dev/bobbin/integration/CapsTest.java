package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.plugin.PluginException;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.disco.DiscoMethods;
import dev.bobbin.xmpp.disco.DiscoPlugin;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we can do as presence says it, and what peers can as theirs does (XEP-0115). */
class CapsTest extends CapsStage {
  @Test
  void send_availablePresence_saysWhatWeCanDo() throws Exception {
    XmppClient juliet = capable(JULIET);
    XmppClient romeo = capable(ROMEO);

    assertThat(LiteralXml.text(tell(romeo, juliet, Presence.Type.AVAILABLE).element().toXml()))
        .isEqualTo(
            LiteralXml.text(
                "<presence xmlns='jabber:client' to='juliet@example.org/balcony'"
                    + " from='romeo@example.org/orchard'>"
                    + "<c xmlns='http://jabber.org/protocol/caps' hash='sha-1'"
                    + " node='dev.bobbin:client' ver='ANmmS/Dss53nQgZOM3JqXRFRA8E='/></presence>"));
    assertThat(tell(romeo, juliet, Presence.Type.UNAVAILABLE).children()).isEmpty();
  }

  @Test
  void send_presenceWithItsOwn_isLeftAlone() throws Exception {
    XmppClient juliet = capable(JULIET);
    BlockingQueue<Presence> heard = heardBy(juliet);
    XmlElement own = LiteralXml.element("<c xmlns='" + CAPS + "' node='n' ver='0.9'/>");
    capable(ROMEO).send(Presence.of(Presence.Type.AVAILABLE, JULIET).withChild(own)).join();

    assertThat(next(heard).children()).containsExactly(own);
  }

  @Test
  @DisplayName("21: support is known by capabilities, and one question serves all who say the same")
  void supports_twoPeersAnnounceTheSame_oneIsAskedOnce() throws Exception {
    XmppClient juliet = capable(JULIET);
    tell(capable(ROMEO), juliet, Presence.Type.AVAILABLE);
    tell(capable(MANTUA), juliet, Presence.Type.AVAILABLE);

    assertThat(supports(juliet, ROMEO, "urn:xmpp:bob")).isTrue();
    assertThat(supports(juliet, MANTUA, "urn:xmpp:bob")).isTrue();
    assertThat(supports(juliet, MANTUA, "urn:other")).isFalse();
    assertThat(questions()).containsExactly(ROMEO + " " + NODE);
  }

  @Test
  @DisplayName("21: what nobody announced is asked for")
  void supports_nothingAnnouncedOrGone_isAsked() throws Exception {
    XmppClient juliet = capable(JULIET);
    XmppClient romeo = capable(ROMEO);

    assertThat(supports(juliet, ROMEO, "urn:xmpp:bob")).isTrue();
    tell(romeo, juliet, Presence.Type.AVAILABLE);
    tell(romeo, juliet, Presence.Type.UNAVAILABLE);
    assertThat(supports(juliet, ROMEO, "urn:xmpp:bob")).isTrue();
    assertThat(questions()).containsExactly(ROMEO + " -", ROMEO + " -");
  }

  @Test
  void supports_poisonedHash_isRejectedAndThePeerIsAsked() throws Exception {
    XmppClient juliet = capable(JULIET);
    tell(capable(ROMEO), juliet, Presence.Type.AVAILABLE);
    tell(capable(MANTUA), juliet, Presence.Type.AVAILABLE);
    wire.rule(
        stanza -> {
          boolean poison =
              stanza.attribute("type").orElse("").equals("result")
                  && stanza.attribute("from").orElse("").equals(ROMEO.toString())
                  && stanza.children().get(0).attribute("node").isPresent();
          return List.of(
              poison
                  ? LiteralXml.element(stanza.toXml().replace("urn:xmpp:bob", "urn:xmpp:nothing"))
                  : stanza);
        });

    assertThat(supports(juliet, ROMEO, "urn:xmpp:nothing")).isFalse();
    assertThat(supports(juliet, ROMEO, "urn:xmpp:bob")).isTrue();
    assertThat(supports(juliet, MANTUA, "urn:xmpp:bob")).isTrue();
    assertThat(questions())
        .containsExactly(ROMEO + " " + NODE, ROMEO + " -", ROMEO + " -", MANTUA + " " + NODE);
  }

  @Test
  @DisplayName("20, 21: what is turned off is withdrawn from capabilities, by itself")
  void disablePlugin_whatWasAnnounced_isWithdrawn() throws Exception {
    XmppClient mantua = capable(MANTUA);
    mantua.send(Presence.available()).join();
    XmppClient romeo = capable(ROMEO);
    BlockingQueue<Presence> heard = heardBy(mantua);
    romeo.send(Presence.available()).join();
    assertThat(ver(next(heard))).isEqualTo(VER);
    assertThat(supports(mantua, ROMEO, "urn:xmpp:bob")).isTrue();

    romeo.disablePlugin("xep_0231");

    String now = ver(next(heard));
    assertThat(now).isNotEqualTo(VER);
    assertThat(supports(mantua, ROMEO, "urn:xmpp:bob")).isFalse();
    assertThat(info(mantua, ROMEO, "dev.bobbin:client#" + now).supports("urn:xmpp:bob")).isFalse();
    assertThatThrownBy(() -> info(mantua, ROMEO, NODE)).hasMessageContaining("item-not-found");

    romeo.plugin(DiscoPlugin.class).addFeature("urn:x");
    romeo.enablePlugin("xep_0231");
    assertThat(ver(next(heard))).isNotEqualTo(now);
    assertThat(supports(mantua, ROMEO, "urn:xmpp:bob")).isTrue();
    assertThat(supports(mantua, ROMEO, "urn:x")).as("both changes were told at once").isTrue();
    assertThat(heard).isEmpty();
  }

  @Test
  void disablePlugin_announced_saysAndKnowsNothingMore() throws Exception {
    XmppClient juliet = capable(JULIET);
    XmppClient romeo = capable(ROMEO);
    tell(romeo, juliet, Presence.Type.AVAILABLE);
    romeo.disablePlugin("xep_0115");
    juliet.disablePlugin("xep_0115");

    assertThat(tell(romeo, juliet, Presence.Type.AVAILABLE).children()).isEmpty();
    assertThat(supports(juliet, ROMEO, CAPS)).isFalse();
    assertThatThrownBy(() -> info(juliet, ROMEO, NODE)).hasMessageContaining("item-not-found");
    assertThat(questions()).containsExactly(ROMEO + " -", ROMEO + " " + NODE);
  }

  @Test
  void connect_again_peersOfTheLastConnectionAreForgotten() throws Exception {
    XmppClient juliet = capable(JULIET);
    tell(capable(ROMEO), juliet, Presence.Type.AVAILABLE);
    assertThat(supports(juliet, ROMEO, CAPS)).isTrue();
    loseConnections();
    juliet.disconnected().exceptionally(failure -> null).get(10, TimeUnit.SECONDS);
    juliet.connect().join();

    // What ends with a connection is told to the plugin on a worker, in its own time.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (isKnown(juliet) && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(isKnown(juliet)).isFalse();
  }

  private static boolean isKnown(XmppClient client) {
    ApiTarget ours = ApiTarget.of(client.self());
    return client.api().call(DiscoMethods.KNOWN_INFO, ours, ROMEO).join().isPresent();
  }

  @Test
  void settings_node_isAnnounced() throws Exception {
    XmppClient juliet = capable(JULIET);
    XmppClient romeo =
        capable(ROMEO, b -> b.setting("xep_0115", "node", "https://example.org/bot"));

    assertThat(tell(romeo, juliet, Presence.Type.AVAILABLE).children().get(0).attribute("node"))
        .contains("https://example.org/bot");
    assertThat(info(juliet, ROMEO, "https://example.org/bot#" + VER).supports(CAPS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bot", "https://example.org/#bot", "https://example.org/a bot"})
  void settings_nodeThatIsNoUri_stopsTheClientFromStarting(String node) {
    assertThatThrownBy(() -> client(ROMEO, b -> b.setting("xep_0115", "node", node)))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "The plugin 'xep_0115' cannot be turned on: Setting 'node' of xep_0115 is '"
                + node
                + "'; it takes an absolute URI without '#' of at most 256 characters"
                + " (docs/errors.md#bad-setting)");
  }
}
