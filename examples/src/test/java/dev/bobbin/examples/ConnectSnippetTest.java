package dev.bobbin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LoopbackServer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectSnippetTest {
  private static final Jid JULIET = Jid.of("juliet@example.org/balcony");

  @Test
  void connect_wrongPassword_asksWhetherItIsRight() throws Exception {
    BlockingQueue<String> shown = new LinkedBlockingQueue<>();
    try (LoopbackServer server =
            LoopbackServer.builder("example.org").account("juliet", "r0m30").start();
        XmppClient client =
            XmppClient.builder(JULIET, "wrong")
                .host("127.0.0.1", server.address().getPort())
                .trust(server.certificate())
                .build()) {
      assertThat(ConnectSnippet.connect(client, shown::add)).failsWithin(Duration.ofSeconds(30));
    }

    String asked = "";
    while (!asked.equals("Is the password right?")) {
      asked = shown.poll(20, TimeUnit.SECONDS);
      assertThat(asked).isNotNull();
    }
  }
}
