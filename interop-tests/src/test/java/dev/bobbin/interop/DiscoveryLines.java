package dev.bobbin.interop;

import static dev.bobbin.interop.OnARealServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.LiteralPeer;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who speaks Bits of Binary (XEP-0231 section 3). */
abstract class DiscoveryLines extends Lines {
  private static final String INFO = "http://jabber.org/protocol/disco#info";
  private static final String CLIENT = "<identity category='client' type='bot'/>";
  private static final String DISCO =
      "<feature var='http://jabber.org/protocol/disco#info'/>"
          + "<feature var='http://jabber.org/protocol/disco#items'/>";
  private static final String BOB = "<feature var='urn:xmpp:bob'/>";

  /** The SHA-1 of {@code client/bot//<} and the three features, each with {@code <} behind it. */
  private static final String VER = "adC0sR4BKb+a32qbf58PH2KcE0Y=";

  private static final String ANNOUNCING =
      "<presence to='juliet@example.org/lines'><c xmlns='http://jabber.org/protocol/caps'"
          + (" hash='sha-1' node='urn:peer' ver='" + VER + "'/></presence>");

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
    String rest = CLIENT + DISCO + "<feature var='http://jabber.org/protocol/caps'/>";

    restart(); // Features are told in the order in which they came.
    describes("a", rest + BOB);
    us.disablePlugin(BobPlugin.NAME);
    try {
      describes("b", rest);
    } finally {
      us.enablePlugin(BobPlugin.NAME);
    }
    describes("c", rest + BOB);
  }

  @Test
  @DisplayName("21: a peer is asked by disco#info, and supports it when it says so")
  void supports_peerOfWhichNothingIsKnown_isAsked() {
    assertThat(supported(CLIENT + DISCO + BOB)).isTrue();
    assertThat(supported(CLIENT + DISCO + "<feature var='urn:xmpp:bob:0'/>")).isFalse();
  }

  @Test
  @DisplayName(
      "21: what a peer announces by caps is asked for once, and holds for all who announce it")
  void supports_peerThatAnnouncesCaps_isKnownByThem() {
    peer.say(ANNOUNCING);
    taken();
    try {
      CompletableFuture<Boolean> asking = bob().supports(PEER);
      String node = "node='urn:peer#" + VER + "'";
      String id =
          heard(
              "<iq type='get' id='ID' from='juliet@example.org/lines' to='nurse@example.org/lines'>"
                  + ("<query xmlns='" + INFO + "' " + node + "/></iq>"));
      answer(id, "<query xmlns='" + INFO + "' " + node + '>' + CLIENT + DISCO + BOB + "</query>");
      assertThat(await(asking)).isTrue();

      assertThat(await(bob().supports(PEER))).isTrue();
      quiet();
      LiteralPeer other = another(Jid.of("benvolio@example.org/lines"));
      other.say(ANNOUNCING + "<message to='juliet@example.org/lines' id='announced'/>");
      came("announced");
      assertThat(await(bob().supports(other.jid()))).as("it answers nothing").isTrue();
    } finally {
      peer.say("<presence type='unavailable' to='juliet@example.org/lines'/>");
      taken();
    }
  }
}
