package dev.bobbin.xmpp.core;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.jid.Jid;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/**
 * A client with default settings whose listeners never return and whose handler never answers, for
 * a process of its own with a small heap. It connects again and again, and says how each connection
 * ended.
 */
public final class FloodedClient {
  private FloodedClient() {}

  /**
   * Runs it.
   *
   * @param arguments the port of the server, a file with its certificate, how often to connect
   * @throws Exception when it cannot connect
   */
  public static void main(String[] arguments) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (XmppClient client =
        XmppClient.builder(Jid.of("juliet@example.org/balcony"), "r0m30")
            .host("127.0.0.1", Integer.parseInt(arguments[0]))
            .trust(Path.of(arguments[1]))
            .discoverPlugins(false)
            .build()) {
      client.onMessage(message -> never.await());
      client.onPresence(presence -> never.await());
      client.onRequest("a", "urn:a", request -> new CompletableFuture<>());
      for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
        client.connect().get();
        System.out.println(ending(client));
      }
    }
    // Its listeners are still at work.
    System.exit(0);
  }

  private static String ending(XmppClient client) throws InterruptedException {
    try {
      client.disconnected().get();
      return "in order";
    } catch (ExecutionException e) {
      return e.getCause() instanceof ConnectionException ending
          ? ending.reason().name()
          : e.toString();
    }
  }
}
