package dev.bobbin.xmpp.core;

import static dev.bobbin.xmpp.core.Conversation.PING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.stanza.Iq;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that sends more than listeners take. */
@Timeout(240)
class SlowListenerTest {
  @Test
  void receive_listenerNeverReturns_endsTheConnectionAndTheNextOneWorks() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    String large = "<message><body>" + "x".repeat(60_000) + "</body></message>";
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.login();
                  try {
                    while (true) {
                      peer.send(large);
                    }
                  } catch (IOException e) {
                    // The client closed, as it should.
                  }
                },
                peer -> {
                  peer.login();
                  peer.send("<message><body>after</body></message>");
                  peer.send("<iq type='result' id='" + Peer.id(peer.readUntil("</iq>")) + "'/>");
                  peer.readToEnd();
                });
        XmppClient client = server.client().build()) {
      client.onMessage(
          message -> {
            release.await();
            heard.add(message.body().orElseThrow());
          });
      client.connect().get(20, TimeUnit.SECONDS);

      assertThat(client.disconnected())
          .failsWithin(Duration.ofSeconds(100))
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OVERLOADED))
          .withMessageMatching(
              "The client's listeners are too slow: 2[0-9]{2} messages and presences of 16[0-9]{6}"
                  + " bytes waited for them and were dropped");
      client.connect().get(20, TimeUnit.SECONDS);
      assertThat(client.request(Iq.get(null, PING))).succeedsWithin(Duration.ofSeconds(20));
      release.countDown();
      assertThat(heard.poll(20, TimeUnit.SECONDS)).hasSize(60_000);
      assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("after");
    }
  }
}
