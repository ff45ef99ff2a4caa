package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginException;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.caps.CapsPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import dev.bobbin.xmpp.disco.DiscoInfo;
import dev.bobbin.xmpp.disco.DiscoMethods;
import dev.bobbin.xmpp.disco.DiscoPlugin;
import dev.bobbin.xmpp.disco.Identity;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we can do as presence says it, and what peers can as theirs does (XEP-0115). */
class CapsTest extends Stage {
  private static final String INFO = "http://jabber.org/protocol/disco#info";
  private static final String CAPS = "http://jabber.org/protocol/caps";
  private static final Jid MANTUA = Jid.of("romeo@example.org/mantua");

  /** Of the identity client/bot and the features caps, disco#info, disco#items, urn:xmpp:bob. */
  private static final String VER = "ANmmS/Dss53nQgZOM3JqXRFRA8E=";

  private static final String NODE = "dev.bobbin:client#" + VER;

  private XmppClient capable(Jid jid, UnaryOperator<XmppClientBuilder> more) {
    XmppClient client = client(jid, more);
    client.enablePlugin("xep_0115");
    client.connect().join();
    return client;
  }

  private XmppClient capable(Jid jid) {
    return capable(jid, UnaryOperator.identity());
  }

  /** The presences that a client is told. */
  private static BlockingQueue<Presence> heardBy(XmppClient client) {
    BlockingQueue<Presence> heard = new LinkedBlockingQueue<>();
    client.onPresence(heard::add);
    return heard;
  }

  private static Presence next(BlockingQueue<Presence> heard) throws InterruptedException {
    Presence presence = heard.poll(10, TimeUnit.SECONDS);
    assertThat(presence).as("presence within 10 s").isNotNull();
    return presence;
  }

  /** Sends presence, and waits until the other one has heard it; it is as it came. */
  private static Presence tell(XmppClient from, XmppClient to, Presence.Type type)
      throws InterruptedException {
    BlockingQueue<Presence> heard = heardBy(to);
    from.send(Presence.of(type, to.self())).join();
    return next(heard);
  }

  private static String ver(Presence presence) {
    return presence
        .element()
        .child("c", CAPS)
        .flatMap(c -> c.attribute("ver"))
        .orElse("nothing is announced");
  }

  private static boolean supports(XmppClient client, Jid peer, String feature) {
    return client.plugin(DiscoPlugin.class).supports(peer, feature).join();
  }

  private static DiscoInfo info(XmppClient client, Jid peer, String node) {
    return client.plugin(DiscoPlugin.class).info(peer, node).join();
  }

  /** Whom was asked, and about which node. */
  private List<String> questions() {
    return wire.iqs("get").stream()
        .map(LiteralXml::element)
        .map(
            iq ->
                iq.attribute("to").orElseThrow()
                    + " "
                    + iq.children().get(0).attribute("node").orElse("-"))
        .toList();
  }

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
  void info_ofTheNodeThatWasAnnounced_isWhatIsHashed() throws Exception {
    XmppClient juliet = capable(JULIET);
    tell(capable(ROMEO), juliet, Presence.Type.AVAILABLE);

    assertThat(info(juliet, ROMEO, NODE)).isEqualTo(info(juliet, ROMEO, null));
    assertThat(wire.iqs("result"))
        .contains(
            "<iq xmlns='jabber:client' type='result' id='ID' to='juliet@example.org/balcony'"
                + " from='romeo@example.org/orchard'><query xmlns='"
                + INFO
                + "' node='"
                + NODE
                + "'><identity category='client' type='bot'/><feature var='"
                + INFO
                + "'/><feature var='http://jabber.org/protocol/disco#items'/>"
                + "<feature var='urn:xmpp:bob'/><feature var='"
                + CAPS
                + "'/></query></iq>");
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
  void send_featuresChanged_saysSoAndAnswersForTheLatestFour() throws Exception {
    XmppClient juliet = capable(JULIET);
    XmppClient romeo = capable(ROMEO);
    assertThat(ver(tell(romeo, juliet, Presence.Type.AVAILABLE))).isEqualTo(VER);
    for (int i = 0; i < 3; i++) {
      romeo.plugin(DiscoPlugin.class).addFeature("urn:x:" + i);
      assertThat(ver(tell(romeo, juliet, Presence.Type.AVAILABLE))).isNotEqualTo(VER);
    }
    assertThat(supports(juliet, ROMEO, "urn:x:2")).isTrue();
    assertThat(info(juliet, ROMEO, NODE).supports("urn:x:0")).isFalse();

    romeo.plugin(DiscoPlugin.class).addFeature("urn:x:3");
    tell(romeo, juliet, Presence.Type.AVAILABLE);
    assertThatThrownBy(() -> info(juliet, ROMEO, NODE)).hasMessageContaining("item-not-found");
  }

  @Test
  void announce_featuresChanged_sendsTheLastBroadcastAgain() throws Exception {
    XmppClient other = capable(MANTUA);
    BlockingQueue<Presence> heard = heardBy(other);
    other.send(Presence.available()).join();
    XmppClient romeo = capable(ROMEO);
    CapsPlugin caps = romeo.plugin(CapsPlugin.class);
    assertThat(caps.announce().join()).as("nothing was broadcast").isFalse();
    romeo
        .send(
            Presence.available()
                .withChild(LiteralXml.element("<show xmlns='jabber:client'>away</show>")))
        .join();
    assertThat(ver(next(heard))).isEqualTo(VER);
    assertThat(caps.announce().join()).as("nothing changed").isFalse();

    Registration feature = romeo.plugin(DiscoPlugin.class).addFeature("urn:x");
    assertThat(caps.announce().join()).isTrue();
    Presence again = next(heard);
    assertThat(again.children()).extracting(XmlElement::name).containsExactly("show", "c");
    assertThat(ver(again)).isNotEqualTo(VER);
    feature.close();
    assertThat(caps.announce().join()).isTrue();
    assertThat(ver(next(heard))).isEqualTo(VER);

    romeo.send(Presence.of(Presence.Type.UNAVAILABLE, null)).join();
    romeo.disablePlugin("xep_0231");
    assertThat(caps.announce().join()).as("we are not available").isFalse();
  }

  @Test
  void send_whatWeAreTakesTime_isSentAndSentAgain() throws Exception {
    XmppClient other = capable(MANTUA);
    BlockingQueue<Presence> heard = heardBy(other);
    other.send(Presence.available()).join();
    XmppClient romeo = capable(ROMEO);
    CountDownLatch answer = new CountDownLatch(1);
    DiscoInfo late = new DiscoInfo(List.of(new Identity("client", "bot", null)), Set.of(CAPS));
    romeo
        .api()
        .register(
            DiscoMethods.GET_INFO,
            ApiScope.everywhere(),
            ApiHandler.blocking(
                call -> {
                  await(answer);
                  return Optional.of(late);
                }));
    romeo.send(Presence.available()).join();
    assertThat(next(heard).children()).isEmpty();
    answer.countDown();

    Presence again = next(heard);
    assertThat(info(other, ROMEO, "dev.bobbin:client#" + ver(again))).isEqualTo(late);
    assertThat(heard).isEmpty();
  }

  @Test
  void send_whatWeAreCannotBeHashed_isSentWithout() throws Exception {
    XmppClient juliet = capable(JULIET);
    XmppClient romeo = capable(ROMEO);
    Registration failing =
        romeo
            .api()
            .register(
                DiscoMethods.GET_INFO,
                ApiScope.everywhere(),
                ApiHandler.direct(
                    call -> {
                      throw new IllegalStateException("only pretended");
                    }));
    assertThat(tell(romeo, juliet, Presence.Type.AVAILABLE).children()).isEmpty();
    failing.close();
    Identity twice = new Identity("client", "bot", null);
    Registration illFormed =
        romeo
            .api()
            .register(
                DiscoMethods.GET_INFO,
                ApiScope.everywhere(),
                ApiHandler.direct(
                    call -> Optional.of(new DiscoInfo(List.of(twice, twice), Set.of()))));
    assertThat(tell(romeo, juliet, Presence.Type.AVAILABLE).children()).isEmpty();
    illFormed.close();

    assertThat(ver(tell(romeo, juliet, Presence.Type.AVAILABLE))).isEqualTo(VER);
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
