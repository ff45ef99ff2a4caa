import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LoopbackServer;
import java.nio.charset.StandardCharsets;

/** An application that names no store: it says whether it hosts a greeting already, and sets it. */
final class Bot {
  public static void main(String[] args) {
    Bob greeting = Bob.of("hello".getBytes(StandardCharsets.UTF_8), "text/plain");
    try (LoopbackServer server =
            LoopbackServer.builder("example.org").account("juliet", "r0m30").start();
        XmppClient client =
            XmppClient.builder(Jid.of("juliet@example.org"), "r0m30")
                .host("127.0.0.1", server.address().getPort())
                .trust(server.certificate())
                .build()) {
      client.connect().join();
      BobPlugin bob = client.plugin(BobPlugin.class);
      System.out.println("there already: " + bob.get(greeting.cid()).join().isPresent());
      bob.set(greeting).join();
    }
  }
}
