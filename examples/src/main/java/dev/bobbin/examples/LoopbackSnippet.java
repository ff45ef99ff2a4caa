package dev.bobbin.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LoopbackServer;

/** What README shows of the embedded server. */
final class LoopbackSnippet {
  private LoopbackSnippet() {}

  // tag::loopback[]
  public static void main(String[] args) throws Exception {
    try (LoopbackServer server =
            LoopbackServer.builder("example.org").account("juliet", "r0m30").start();
        XmppClient client =
            XmppClient.builder(Jid.of("juliet@example.org/balcony"), "r0m30")
                .host("127.0.0.1", server.address().getPort())
                .trust(server.certificate())
                .build()) {
      client.connect().join();
      BobPlugin bob = client.plugin(BobPlugin.class);
      ContentId cid = bob.set("hello".getBytes(UTF_8), "text/plain").join();
      Bob back = bob.get(cid).join().orElseThrow();
      System.out.println(client.self() + " hosts " + back.type() + " as " + cid);
    }
  }
  // end::loopback[]
}
