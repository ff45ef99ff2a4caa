package dev.bobbin.examples;

// tag::readme[]
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;

final class Snippet {
  static Bob swapStickers(Jid me, String password, Jid peer, ContentId theirs, byte[] png) {
    try (XmppClient client = XmppClient.builder(me, password).build()) {
      client.connect().join();
      BobPlugin bob = client.plugin(BobPlugin.class);
      ContentId ours = bob.set(png, "image/png").join(); // peers can fetch it while we are on
      System.out.println(client.self() + " hosts " + ours);
      return bob.fetch(peer, theirs).join(); // peer: a full JID. Cached, or asked for; verified
    }
  }
}
// end::readme[]
