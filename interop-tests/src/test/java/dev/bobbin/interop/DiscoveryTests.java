package dev.bobbin.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.disco.DiscoPlugin;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whether a stranger sees what we can do, and we what it can (XEP-0231 section 3). */
abstract class DiscoveryTests extends WithSlixmpp {
  DiscoveryTests(ServerSoftware software) {
    super(software);
  }

  @Test
  @DisplayName("20: the stranger sees the feature while the plugin is on, and only then")
  void features_pluginOnAndOff_areSeenByTheStranger() {
    assertThat(slixmpp.features(juliet.self()))
        .containsExactlyInAnyOrder(
            "http://jabber.org/protocol/disco#info",
            "http://jabber.org/protocol/disco#items",
            "urn:xmpp:bob");

    juliet.disablePlugin(BobPlugin.NAME);
    assertThat(slixmpp.features(juliet.self())).doesNotContain("urn:xmpp:bob");
  }

  @Test
  @DisplayName("21: the stranger's support is seen by asking it")
  void info_ofTheStranger_saysThatItKnowsBitsOfBinary() {
    DiscoPlugin disco = juliet.plugin(DiscoPlugin.class);

    assertThat(await(disco.info(SlixmppPeer.JID)).supports("urn:xmpp:bob")).isTrue();
  }
}
