package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.caps.CapsPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.disco.DiscoInfo;
import dev.bobbin.xmpp.disco.DiscoMethods;
import dev.bobbin.xmpp.disco.DiscoPlugin;
import dev.bobbin.xmpp.disco.Identity;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is announced when we change, and who is told what stands behind it (XEP-0115). */
class OwnCapsTest extends CapsStage {
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
  void send_featuresChanged_saysSoAndAnswersForThatAlone() throws Exception {
    XmppClient juliet = capable(JULIET);
    XmppClient romeo = capable(ROMEO);
    assertThat(ver(tell(romeo, juliet, Presence.Type.AVAILABLE))).isEqualTo(VER);
    romeo.plugin(DiscoPlugin.class).addFeature("urn:x");
    String now = ver(tell(romeo, juliet, Presence.Type.AVAILABLE));

    assertThat(now).isNotEqualTo(VER);
    assertThat(supports(juliet, ROMEO, "urn:x")).isTrue();
    assertThat(questions()).containsExactly(ROMEO + " dev.bobbin:client#" + now);
    assertThatThrownBy(() -> info(juliet, ROMEO, NODE)).hasMessageContaining("item-not-found");
  }

  @Test
  void info_ofTheNodeThatWasAnnounced_followsTheRuleForEveryone() throws Exception {
    XmppClient juliet = capable(JULIET);
    XmppClient romeo = capable(ROMEO);
    tellStrangersNothing(romeo);
    assertThat(ver(tell(romeo, juliet, Presence.Type.AVAILABLE))).isEqualTo(VER);

    assertThatThrownBy(() -> info(juliet, ROMEO, null)).hasMessageContaining("item-not-found");
    assertThatThrownBy(() -> info(juliet, ROMEO, NODE)).hasMessageContaining("item-not-found");
  }

  @Test
  void info_ofTheNodeThatWasAnnounced_isNoNodeOfAHostedJid() throws Exception {
    XmppClient juliet = capable(JULIET);
    Jid hosted = Jid.of("a@gateway.example.org");
    DiscoInfo gateway = new DiscoInfo(List.of(new Identity("gateway", "x", null)), Set.of(INFO));
    XmppClient romeo = capable(GATEWAY);
    romeo
        .api()
        .register(
            DiscoMethods.GET_INFO,
            ApiScope.jid(hosted),
            call ->
                call.node().isPresent()
                    ? call.proceed(call.args())
                    : CompletableFuture.completedFuture(Optional.of(gateway)));
    tell(romeo, juliet, Presence.Type.AVAILABLE);

    assertThat(info(juliet, hosted, null)).isEqualTo(gateway);
    assertThatThrownBy(() -> info(juliet, hosted, NODE)).hasMessageContaining("item-not-found");
    assertThat(info(juliet, GATEWAY, NODE).supports("urn:xmpp:bob")).isTrue();
  }

  @Test
  void info_ofTheNodeThatWasAnnounced_isNotTakenByAHandlerOfTheJid() throws Exception {
    XmppClient juliet = capable(JULIET);
    XmppClient romeo = capable(ROMEO);
    DiscoInfo ours = new DiscoInfo(List.of(new Identity("client", "pc", null)), Set.of(INFO));
    romeo
        .api()
        .register(
            DiscoMethods.GET_INFO,
            ApiScope.jid(ROMEO.bare()),
            ApiHandler.direct(
                call -> call.node().isPresent() ? Optional.empty() : Optional.of(ours)));
    String ver = ver(tell(romeo, juliet, Presence.Type.AVAILABLE));

    assertThat(info(juliet, ROMEO, "dev.bobbin:client#" + ver)).isEqualTo(ours);
    assertThatThrownBy(() -> info(juliet, ROMEO, "dev.bobbin:client#x#" + ver))
        .hasMessageContaining("item-not-found");
  }

  /** Holds available presence while it is on its way out. */
  private static final class Holding implements XmppPlugin {
    final CountDownLatch held = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);
    volatile boolean holds;

    @Override
    public String name() {
      return "holding";
    }

    @Override
    public void enable(PluginContext context) {
      context.onSendingPresence(
          presence -> {
            if (holds) {
              held.countDown();
              await(release);
            }
            return presence;
          });
    }

    @Override
    public void disable() {}
  }

  @Test
  void announce_overtakenByUnavailable_isNotSent() throws Exception {
    Holding holding = new Holding();
    XmppClient mantua = capable(MANTUA);
    mantua.send(Presence.available()).join();
    XmppClient romeo = capable(ROMEO, b -> silent(b).plugin(holding));
    BlockingQueue<Presence> heard = heardBy(mantua);
    romeo.send(Presence.available()).join();
    assertThat(ver(next(heard))).isEqualTo(VER);
    romeo.plugin(DiscoPlugin.class).addFeature("urn:x");
    holding.holds = true;
    CompletableFuture<Boolean> announced =
        CompletableFuture.supplyAsync(() -> romeo.plugin(CapsPlugin.class).announce().join());
    await(holding.held);
    romeo.send(Presence.of(Presence.Type.UNAVAILABLE, null)).join();
    holding.release.countDown();

    assertThat(announced.get(10, TimeUnit.SECONDS)).isFalse();
    assertThat(next(heard).type()).isEqualTo(Presence.Type.UNAVAILABLE);
    romeo.send(Presence.of(Presence.Type.AVAILABLE, MANTUA)).join();
    assertThat(next(heard).to()).as("nothing came back online before").contains(MANTUA);
  }

  @Test
  void send_presenceOfAnother_isLeftAlone() throws Exception {
    XmppClient juliet = capable(JULIET);
    BlockingQueue<Presence> heard = heardBy(juliet);
    capable(GATEWAY)
        .send(
            Presence.parse(
                LiteralXml.element(
                    "<presence xmlns='jabber:client' from='a@gateway.example.org'"
                        + " to='juliet@example.org/balcony'/>")))
        .join();

    assertThat(next(heard).children()).isEmpty();
  }

  @Test
  void announce_featuresChanged_sendsTheLastBroadcastAgain() throws Exception {
    XmppClient other = capable(MANTUA);
    BlockingQueue<Presence> heard = heardBy(other);
    other.send(Presence.available()).join();
    XmppClient romeo = capable(ROMEO, CapsTest::silent);
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
    assertThat(ver(next(heard))).as("what was known before").isEqualTo(VER);
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
}
