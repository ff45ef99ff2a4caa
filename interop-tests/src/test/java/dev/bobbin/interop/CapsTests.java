package dev.bobbin.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.caps.CapsPlugin;
import dev.bobbin.xmpp.disco.DiscoInfo;
import dev.bobbin.xmpp.disco.DiscoMethods;
import dev.bobbin.xmpp.disco.DiscoPlugin;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Capabilities between a stranger and us, by presence across a real server (XEP-0115). */
abstract class CapsTests extends WithSlixmpp {
  CapsTests(ServerSoftware software) {
    super(software);
  }

  @BeforeEach
  void turnOn() {
    juliet.enablePlugin(CapsPlugin.NAME);
  }

  @Test
  void presence_ofOurs_tellsTheStrangerWhatWeCanDo() {
    slixmpp.watchCapabilities();
    CompletableFuture<Presence> ours = new CompletableFuture<>();
    juliet.onPresence(ours::complete);
    await(juliet.send(Presence.of(Presence.Type.AVAILABLE, juliet.self())));
    await(juliet.send(Presence.of(Presence.Type.AVAILABLE, SlixmppPeer.JID)));

    Map<String, String> seen = slixmpp.capabilities(juliet.self());

    assertThat(seen.get("features").split(" "))
        .containsExactlyInAnyOrder(
            CapsPlugin.NAMESPACE,
            "http://jabber.org/protocol/disco#info",
            "http://jabber.org/protocol/disco#items",
            "urn:xmpp:bob");
    assertThat(seen.get("ver")).isEqualTo(ver(await(ours)));
  }

  @Test
  void presence_ofTheStranger_tellsUsWhatItCan() {
    CompletableFuture<Presence> heard = new CompletableFuture<>();
    juliet.onPresence(heard::complete);
    String ver = slixmpp.announce(juliet.self());

    assertThat(ver(await(heard))).isEqualTo(ver);
    Optional<DiscoInfo> known =
        await(
            juliet
                .api()
                .call(DiscoMethods.KNOWN_INFO, ApiTarget.of(juliet.self()), SlixmppPeer.JID));
    assertThat(known.orElseThrow().supports("urn:xmpp:bob")).isTrue();
    assertThat(await(supports("urn:xmpp:bob"))).isTrue();
    assertThat(await(supports("urn:other"))).isFalse();
  }

  private CompletableFuture<Boolean> supports(String feature) {
    return juliet.plugin(DiscoPlugin.class).supports(SlixmppPeer.JID, feature);
  }

  private static String ver(Presence presence) {
    return presence
        .element()
        .child("c", CapsPlugin.NAMESPACE)
        .flatMap(c -> c.attribute("ver"))
        .orElse("nothing is announced");
  }
}
