package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Message;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** What runs on after a connection has ended: nothing. */
@Timeout(60)
@Isolated("looks at the threads of the whole JVM")
class LeftThreadsTest {
  private static final Jid ROMEO = Jid.of("romeo@example.net/orchard");

  @Test
  void close_afterAThousandMessages_sendsThemAllFirst() throws Exception {
    Set<Thread> before = BobbinThreads.now();
    StringBuilder expected = new StringBuilder();
    try (Conversation talk =
        Conversation.with(peer -> assertThat(peer.closeInOrder()).isEqualTo(expected.toString()))
            .connect()) {
      for (int i = 0; i < 1000; i++) {
        Message message = Message.chat(ROMEO, "line " + i);
        expected.append(Conversation.xml(message));
        talk.client().send(message);
      }
      expected.append("</stream:stream>");
      talk.client().close();
      talk.finish();

      assertThat(talk.client().disconnected()).succeedsWithin(Duration.ofSeconds(20));
      assertThat(talk.client().send(Message.chat(ROMEO, "late")))
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              ConnectionException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.NOT_CONNECTED));
    }
    BobbinThreads.assertGone(before);
  }

  @Test
  void send_serverStopsReading_isALostConnectionAndNothingHangs() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    Set<Thread> before = BobbinThreads.now();
    try (Conversation talk =
        Conversation.with(
            peer -> {
              peer.send("<message><body>still heard</body></message>");
              over.await();
              peer.readToEnd();
            },
            builder -> builder.stallTimeout(Duration.ofMillis(400)))) {
      talk.client().onMessage(message -> heard.add(message.body().orElseThrow()));
      talk.connect();
      Message block = Message.chat(ROMEO, "x".repeat(400_000));
      CompletableFuture<Void> end = talk.client().disconnected();
      for (int i = 0; i < 500 && !end.isDone(); i++) {
        talk.client().send(block);
      }

      StreamEndTest.assertEnded(
          talk.client(),
          Reason.DISCONNECTED,
          "The connection was lost: the server took no bytes for 400 ms");
      assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("still heard");
      talk.client().close();
      over.countDown();
      talk.finish();
    }
    BobbinThreads.assertGone(before);
  }
}
