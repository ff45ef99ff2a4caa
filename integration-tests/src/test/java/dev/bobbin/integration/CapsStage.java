package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import dev.bobbin.xmpp.disco.DiscoInfo;
import dev.bobbin.xmpp.disco.DiscoMethods;
import dev.bobbin.xmpp.disco.DiscoPlugin;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Clients that say in presence what they can do (XEP-0115). */
abstract class CapsStage extends Stage {
  static final String INFO = "http://jabber.org/protocol/disco#info";
  static final String CAPS = "http://jabber.org/protocol/caps";
  static final Jid MANTUA = Jid.of("romeo@example.org/mantua");

  /** Of the identity client/bot and the features caps, disco#info, disco#items, urn:xmpp:bob. */
  static final String VER = "ANmmS/Dss53nQgZOM3JqXRFRA8E=";

  static final String NODE = "dev.bobbin:client#" + VER;

  XmppClient capable(Jid jid, UnaryOperator<XmppClientBuilder> more) {
    XmppClient client = client(jid, more);
    client.enablePlugin("xep_0115");
    client.connect().join();
    return client;
  }

  XmppClient capable(Jid jid) {
    return capable(jid, UnaryOperator.identity());
  }

  /** The presences that a client is told. */
  static BlockingQueue<Presence> heardBy(XmppClient client) {
    BlockingQueue<Presence> heard = new LinkedBlockingQueue<>();
    client.onPresence(heard::add);
    return heard;
  }

  static Presence next(BlockingQueue<Presence> heard) throws InterruptedException {
    Presence presence = heard.poll(10, TimeUnit.SECONDS);
    assertThat(presence).as("presence within 10 s").isNotNull();
    return presence;
  }

  /** Sends presence, and waits until the other one has heard it; it is as it came. */
  static Presence tell(XmppClient from, XmppClient to, Presence.Type type)
      throws InterruptedException {
    BlockingQueue<Presence> heard = heardBy(to);
    from.send(Presence.of(type, to.self())).join();
    return next(heard);
  }

  static String ver(Presence presence) {
    return presence
        .element()
        .child("c", CAPS)
        .flatMap(c -> c.attribute("ver"))
        .orElse("nothing is announced");
  }

  static boolean supports(XmppClient client, Jid peer, String feature) {
    return client.plugin(DiscoPlugin.class).supports(peer, feature).join();
  }

  static DiscoInfo info(XmppClient client, Jid peer, String node) {
    return client.plugin(DiscoPlugin.class).info(peer, node).join();
  }

  /** Whom was asked, and about which node. */
  List<String> questions() {
    return wire.iqs("get").stream()
        .map(LiteralXml::element)
        .map(
            iq ->
                iq.attribute("to").orElseThrow()
                    + " "
                    + iq.children().get(0).attribute("node").orElse("-"))
        .toList();
  }

  /** A rule that tells strangers nothing, whatever they ask about. */
  static void tellStrangersNothing(XmppClient client) {
    client
        .api()
        .register(
            DiscoMethods.GET_INFO,
            ApiScope.everywhere(),
            call ->
                call.from().isPresent()
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : call.proceed(call.args()));
  }

  /** Presence is sent again only when it is asked for. */
  static XmppClientBuilder silent(XmppClientBuilder builder) {
    return builder.setting("xep_0115", "announce-changes", "false");
  }
}
