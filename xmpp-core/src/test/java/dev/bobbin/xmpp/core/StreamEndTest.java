package dev.bobbin.xmpp.core;

import static dev.bobbin.xmpp.core.Conversation.PING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Message;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a connection ends, by the server, by the client, or by neither. */
@Timeout(60)
class StreamEndTest {
  private static final Jid ROMEO = Jid.of("romeo@example.net/orchard");
  private static final String ERRORS = "urn:ietf:params:xml:ns:xmpp-streams";

  static void assertEnded(XmppClient client, Reason reason, String message) {
    assertThat(client.disconnected())
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .withMessage(message);
    assertThat(client.self()).isEqualTo(client.account());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "<!-- c -->|restricted-xml|a comment",
        "<message><!-- c --></message>|restricted-xml|a comment",
        "<message>&e;</message>|restricted-xml|an entity reference",
        "<?a?>|restricted-xml|a processing instruction",
        "<message></iq>|not-well-formed|tags that do not match",
        "text|bad-format|text between elements",
        "<a xmlns='urn:a'/>|unsupported-stanza-type|a first-level element that is no stanza: a",
        "<stream:features/>|unsupported-stanza-type"
            + "|a first-level element that is no stanza: features"
      })
  void receive_whatBreaksTheRules_isToldAndEndsTheStream(
      String xml, String condition, String message) throws Exception {
    try (Conversation talk =
        Conversation.with(
                peer -> {
                  // What follows stays unread, and must not keep the error from arriving.
                  peer.send(xml + "<message/>".repeat(1000));
                  assertThat(peer.readToEnd())
                      .isEqualTo(
                          "<stream:error><%s xmlns='%s'/></stream:error></stream:stream>"
                              .formatted(condition, ERRORS));
                })
            .connect()) {
      assertEnded(
          talk.client(), Reason.PROTOCOL, "The server broke the rules of the stream: " + message);
      talk.finish();
    }
  }

  @Test
  void receive_stanzaAboveTheBound_endsTheStream() throws Exception {
    try (Conversation talk =
        Conversation.with(
                peer -> {
                  peer.send("<message><body>" + "x".repeat(64 * 1024));
                  assertThat(peer.readToEnd()).contains("<policy-violation xmlns='");
                })
            .connect()) {
      assertEnded(
          talk.client(),
          Reason.PROTOCOL,
          "The server broke the rules of the stream: an element has more than 65536 bytes");
      talk.finish();
    }
  }

  @Test
  void receive_stanzaWithinALargerBound_isHeard() throws Exception {
    BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
    try (Conversation talk =
        Conversation.with(
            peer -> {
              peer.send("<message><body>" + "x".repeat(200_000) + "</body></message>");
              peer.closeInOrder();
            },
            builder -> builder.maxStanzaBytes(300_000))) {
      talk.client().onMessage(message -> heard.add(message.body().orElseThrow().length()));
      talk.connect();

      assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(200_000);
    }
  }

  @Test
  void receive_closingTag_isAnsweredAndTheClientCanConnectAgain() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.login();
                  peer.send("</stream:stream>");
                  assertThat(peer.readToEnd()).isEqualTo("</stream:stream>");
                },
                peer -> {
                  peer.login();
                  peer.closeInOrder();
                });
        XmppClient client = server.client().build()) {
      client.connect().get(20, TimeUnit.SECONDS);
      assertThat(client.disconnected()).succeedsWithin(Duration.ofSeconds(20));
      assertThat(client.self()).isEqualTo(Jid.of("juliet@example.org"));

      assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);
      client.close();
      assertThat(client.disconnected()).succeedsWithin(Duration.ofSeconds(20));
      server.finish();
    }
  }

  @Test
  void close_whileTheServersCloseIsAnswered_waitsForTheEnd() throws Exception {
    for (int i = 0; i < 20; i++) {
      CountDownLatch sent = new CountDownLatch(1);
      try (Conversation talk =
          Conversation.with(
                  peer -> {
                    peer.send("</stream:stream>");
                    sent.countDown();
                    peer.readToEnd();
                  })
              .connect()) {
        sent.await();
        talk.client().close();

        assertThat(talk.client().self()).isEqualTo(Jid.of("juliet@example.org"));
        assertThat(talk.client().disconnected()).succeedsWithin(Duration.ofSeconds(20));
        talk.finish();
      }
    }
  }

  @Test
  void receive_streamError_isReportedAndTheStreamClosed() throws Exception {
    try (Conversation talk =
        Conversation.with(
                peer -> {
                  peer.send(
                      "<stream:error><conflict xmlns='%s'/><text xmlns='%s'>Replaced</text>"
                              .formatted(ERRORS, ERRORS)
                          + "</stream:error></stream:stream>");
                  assertThat(peer.readToEnd()).isEqualTo("</stream:stream>");
                })
            .connect()) {
      assertEnded(
          talk.client(),
          Reason.STREAM_ERROR,
          "The server ended the stream: conflict: Replaced (docs/errors.md#stream-error)");
      talk.finish();
    }
  }

  @Test
  void receive_nothingMore_isALostConnection() throws Exception {
    try (Conversation talk = Conversation.with(peer -> peer.raw().shutdownOutput()).connect()) {
      assertThat(talk.client().disconnected())
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DISCONNECTED))
          .withMessageStartingWith("The connection was lost: ");
      talk.finish();
    }
  }

  @Test
  void close_serverClosesOnlyTheConnection_isInOrder() throws Exception {
    try (Conversation talk =
        Conversation.with(peer -> peer.readUntil("</stream:stream>")).connect()) {
      talk.client().close();

      assertThat(talk.client().disconnected()).succeedsWithin(Duration.ofSeconds(20));
    }
  }

  @Test
  void close_serverNeverAnswers_endsAllTheSame() throws Exception {
    try (Conversation talk =
        Conversation.with(
                peer -> {
                  peer.readUntil("</iq>");
                  assertThat(peer.readToEnd()).isEqualTo("</stream:stream>");
                })
            .connect()) {
      CompletableFuture<Iq> waiting = talk.client().request(Iq.get(ROMEO, PING));
      talk.client().close();

      talk.finish();
      assertThat(talk.client().disconnected()).succeedsWithin(Duration.ofSeconds(20));
      assertThat(waiting)
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              ConnectionException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.NOT_CONNECTED))
          .withMessage("The connection was closed");
    }
  }

  @Test
  void send_larger_isRefusedAndTheConnectionGoesOn() throws Exception {
    try (Conversation talk =
        Conversation.with(
                peer -> {
                  peer.expect(Conversation.xml(Message.chat(ROMEO, "small")));
                  peer.closeInOrder();
                })
            .connect()) {
      Message large = Message.chat(ROMEO, "x".repeat(512 * 1024));
      int size = Conversation.xml(large).length();

      assertThat(talk.client().send(large))
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(IllegalArgumentException.class)
          .withMessage("A stanza of " + size + " bytes is not sent; the bound is 524288");
      assertThat(talk.client().send(Message.chat(ROMEO, "small")))
          .succeedsWithin(Duration.ofSeconds(20));
    }
  }

  private static boolean isDoneWithin(CompletableFuture<Void> sent, Duration time)
      throws Exception {
    try {
      sent.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  @Test
  void close_serverStopsReading_endsAsALostConnection() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (Conversation talk =
        Conversation.with(
                peer -> {
                  over.await();
                  peer.readToEnd();
                })
            .connect()) {
      Message block = Message.chat(ROMEO, "x".repeat(400_000));
      // One after the other, until the buffers of both systems are full.
      CompletableFuture<Void> sent = talk.client().send(block);
      while (isDoneWithin(sent, Duration.ofSeconds(4))) {
        sent = talk.client().send(block);
      }
      Thread sender =
          new Thread(
              () -> {
                while (!talk.client().send(block).isCompletedExceptionally()) {
                  // Until the connection ends.
                }
              });
      sender.start();
      while (sender.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      talk.client().close();

      assertEnded(
          talk.client(),
          Reason.DISCONNECTED,
          "The connection was lost: not everything was sent within 2000 ms of closing it");
      sender.join(20_000);
      assertThat(sender.isAlive()).isFalse();
      over.countDown();
      talk.finish();
    }
  }

  @Test
  void receive_floodOfRequestsFromOneWhoNeverReads_endsAsOverload() throws Exception {
    try (Conversation talk =
        Conversation.with(
                peer -> {
                  String request =
                      "<iq type='get' id='%s'><a xmlns='urn:a'/></iq>"
                          .formatted("x".repeat(60_000));
                  try {
                    while (true) {
                      peer.send(request);
                    }
                  } catch (SocketException e) {
                    // The client closed, as it should.
                  } catch (IOException e) {
                    assertThat(e).hasMessageContaining("closed");
                  }
                })
            .connect()) {
      assertEnded(
          talk.client(),
          Reason.OVERLOADED,
          "More than 1048576 bytes wait to be sent: the server does not read");
      talk.finish();
    }
  }
}
