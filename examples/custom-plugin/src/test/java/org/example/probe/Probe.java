package org.example.probe;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LoopbackServer;
import java.util.concurrent.TimeUnit;
import org.example.lastactivity.LastActivityPlugin;

/**
 * An application that has the plugin on its path: two clients of an account, one asks the other.
 */
final class Probe {
  private Probe() {}

  public static void main(String[] args) throws Exception {
    System.out.println("plugin in " + LastActivityPlugin.class.getModule());
    System.out.println("client in " + XmppClient.class.getModule());
    try (LoopbackServer server =
            LoopbackServer.builder("example.org").account("juliet", "r0m30").start();
        XmppClient balcony = client(server, "balcony");
        XmppClient chamber = client(server, "chamber")) {
      System.out.println("plugins on: " + chamber.plugins());
      Jid peer = balcony.connect().get(20, TimeUnit.SECONDS);
      chamber.connect().get(20, TimeUnit.SECONDS);
      chamber.plugin(LastActivityPlugin.class).query(peer).get(20, TimeUnit.SECONDS);
      System.out.println(peer + " answered");
    }
  }

  private static XmppClient client(LoopbackServer server, String resource) {
    return XmppClient.builder(Jid.of("juliet@example.org/" + resource), "r0m30")
        .host("127.0.0.1", server.address().getPort())
        .trust(server.certificate())
        .build();
  }
}
