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
      ContentId ours = bob.set(png, "image/png").join(); // peers can fetch it from now on
      System.out.println("We host " + ours);
      return bob.fetch(peer, theirs).join(); // from the cache, or from the peer; hash verified
    }
  }
}
// end::readme[]
