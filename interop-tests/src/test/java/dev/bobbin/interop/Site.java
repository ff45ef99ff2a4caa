package dev.bobbin.interop;

import dev.bobbin.testservers.LiteralPeer;
import dev.bobbin.testservers.RealServer;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import dev.bobbin.xmpp.testkit.LoopbackServer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A server of {@code example.org}, real or embedded, as both sides of a conversation reach it.
 *
 * @param us leads a client of ours there
 * @param peer logs a peer by hand in there
 */
record Site(UnaryOperator<XmppClientBuilder> us, Function<Jid, LiteralPeer> peer) {
  static Site of(RealServer server) {
    return new Site(
        builder -> builder.host("127.0.0.1", server.port()).trust(server.certificate()),
        jid -> LiteralPeer.login(server, jid));
  }

  static Site of(LoopbackServer server) {
    return new Site(
        builder ->
            builder.host("127.0.0.1", server.address().getPort()).trust(server.certificate()),
        jid ->
            LiteralPeer.login(
                server.address(),
                server.certificate(),
                jid,
                SharedServers.ACCOUNTS.get(jid.local().orElseThrow())));
  }
}
