package dev.bobbin.interop;

import static dev.bobbin.interop.OnARealServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.disco.DiscoInfo;
import dev.bobbin.xmpp.disco.DiscoMethods;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who speaks Bits of Binary (XEP-0231 section 3). */
abstract class DiscoveryLines extends Lines {
  private static final String INFO = "http://jabber.org/protocol/disco#info";
  private static final String REST =
      "<identity category='client' type='bot'/><feature var='http://jabber.org/protocol/disco#info'/>"
          + "<feature var='http://jabber.org/protocol/disco#items'/>";

  DiscoveryLines(Place place) {
    super(place);
  }

  private static String info(String content) {
    return "<query xmlns='" + INFO + "'>" + content + "</query>";
  }

  private void describes(String id, String content) {
    peer.say(
        "<iq type='get' id='%s' to='juliet@example.org/lines'><query xmlns='%s'/></iq>"
            .formatted(id, INFO));
    heardResult(id, info(content));
  }

  /** Whether we find that the peer speaks it, from its answer. */
  private boolean supported(String content) {
    CompletableFuture<Boolean> asking = bob().supports(PEER);
    String id =
        heard(
            "<iq type='get' id='ID' from='juliet@example.org/lines' to='nurse@example.org/lines'>"
                + ("<query xmlns='" + INFO + "'/></iq>"));
    answer(id, info(content));
    return await(asking);
  }

  @Test
  @DisplayName("20: urn:xmpp:bob is advertised while the plugin is on, and withdrawn with it")
  void info_pluginOnAndOff_isWhatWeSay() {
    describes("a", REST + "<feature var='urn:xmpp:bob'/>");
    us.disablePlugin(BobPlugin.NAME);
    try {
      describes("b", REST);
    } finally {
      us.enablePlugin(BobPlugin.NAME);
    }
    describes("c", REST + "<feature var='urn:xmpp:bob'/>");
  }

  @Test
  @DisplayName("21: a peer is asked by disco#info, and supports it when it says so")
  void info_ofThePeer_saysWhetherItSupportsIt() {
    assertThat(supported(REST + "<feature var='urn:xmpp:bob'/>")).isTrue();
    assertThat(supported(REST + "<feature var='urn:xmpp:bob:0'/>")).isFalse();
  }

  @Test
  @DisplayName("21: a peer of which it is known otherwise, as by caps, is not asked")
  void supports_knownPeer_isNotAsked() {
    DiscoInfo known = new DiscoInfo(List.of(), Set.of(BobPlugin.NAMESPACE));
    Registration caps =
        us.api()
            .register(
                DiscoMethods.KNOWN_INFO,
                ApiScope.everywhere(),
                ApiHandler.direct(call -> Optional.of(known)));
    try {
      assertThat(await(bob().supports(PEER))).isTrue();
      quiet();
    } finally {
      caps.close();
    }
  }
}
