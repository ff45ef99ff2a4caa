package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.ConnectionState;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The last bytes of a connection (RFC 6120 section 4.4), from either side. */
@Timeout(60)
@ParameterizedClass
@EnumSource
class ClosingTest {
  private static final String MESSAGE = "<message><body>%s</body></message>";
  private static final Jid ROMEO = Jid.of("romeo@example.net/orchard");

  private final Conversation.Login login;

  ClosingTest(Conversation.Login login) {
    this.login = login;
  }

  @Test
  void close_serverHasMoreToSay_isHeardUntilItsClosingTag() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (Conversation talk =
        Conversation.with(
            login,
            peer -> {
              peer.readUntil("</stream:stream>");
              peer.send(
                  MESSAGE.formatted("last")
                      + "</stream:stream>"
                      + MESSAGE.formatted("after the end"));
              assertThat(peer.readToEnd()).isEmpty();
            })) {
      talk.client().onMessage(message -> heard.add(message.body().orElseThrow()));
      talk.connect();
      talk.client().close();
      talk.finish();

      assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("last");
      assertThat(heard).isEmpty();
      assertThat(talk.client().disconnected()).succeedsWithin(Duration.ofSeconds(20));
    }
  }

  @Test
  void receive_bytesBehindTheClosingTag_areNotHeard() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (Conversation talk =
        Conversation.with(
            login,
            peer -> {
              peer.send(
                  MESSAGE.formatted("before")
                      + "</stream:stream>"
                      + MESSAGE.formatted("after the end")
                      + "</a></b>");
              assertThat(peer.readToEnd()).isEqualTo("</stream:stream>");
            })) {
      talk.client().onMessage(message -> heard.add(message.body().orElseThrow()));
      talk.connect();
      assertThat(talk.client().disconnected()).succeedsWithin(Duration.ofSeconds(20));
      talk.finish();

      assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("before");
      assertThat(heard).isEmpty();
    }
  }

  static Stream<Arguments> ends() {
    return Stream.of(
        Arguments.of(
            "TLS ends, TCP does not",
            "the server closed the connection without closing the stream",
            (ScriptedServer.Script) Peer::closeTls),
        Arguments.of(
            "TCP ends in one direction",
            "",
            (ScriptedServer.Script) peer -> peer.raw().shutdownOutput()),
        Arguments.of("TCP is reset", "", (ScriptedServer.Script) Peer::reset),
        Arguments.of(
            "in the middle of a stanza",
            "the server closed the connection without closing the stream",
            (ScriptedServer.Script)
                peer -> {
                  peer.send("<message><body>half");
                  peer.closeTls();
                }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ends")
  void receive_theEndOfBytesAlone_isALostConnection(
      String how, String why, ScriptedServer.Script end) throws Exception {
    try (Conversation talk = Conversation.with(login, end).connect()) {
      assertThat(talk.client().disconnected())
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DISCONNECTED))
          .withMessageStartingWith("The connection was lost: " + why);
      assertThat(talk.client().state()).isEqualTo(ConnectionState.DISCONNECTED);
    }
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of("its closing tag", (ScriptedServer.Script) p -> p.send("</stream:stream>")),
        Arguments.of("the end of TLS", (ScriptedServer.Script) Peer::closeTls),
        Arguments.of("the end of TCP", (ScriptedServer.Script) p -> p.raw().shutdownOutput()),
        Arguments.of("a reset", (ScriptedServer.Script) Peer::reset),
        Arguments.of(
            "its closing tag and a reset",
            (ScriptedServer.Script)
                p -> {
                  p.send("</stream:stream>");
                  p.reset();
                }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void close_answeredInAnyWay_isInOrder(String how, ScriptedServer.Script answer) throws Exception {
    try (Conversation talk =
        Conversation.with(
                login,
                peer -> {
                  peer.readUntil("</stream:stream>");
                  answer.run(peer);
                })
            .connect()) {
      talk.client().close();

      assertThat(talk.client().state()).isEqualTo(ConnectionState.DISCONNECTED);
      assertThat(talk.client().disconnected()).succeedsWithin(Duration.ofSeconds(20));
      talk.finish();
    }
  }

  /** Sends until no more is taken, and gives how many messages that were. */
  private static int fill(XmppClient client) throws Exception {
    Message block = Message.chat(ROMEO, "x".repeat(400_000));
    int sent = 1;
    while (isDoneWithin(client.send(block), Duration.ofMillis(200))) {
      sent++;
    }
    return sent;
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

  private static int messagesUntilTheEnd(Peer peer) throws IOException {
    int messages = 0;
    while (!peer.readUntil(">").equals("</stream:stream>")) {
      assertThat(peer.readUntil("</message>")).hasSizeGreaterThan(400_000);
      messages++;
    }
    return messages;
  }

  @Test
  void close_muchIsQueuedAndTheServerEndsTls_allArrives() throws Exception {
    CountDownLatch closing = new CountDownLatch(1);
    AtomicInteger arrived = new AtomicInteger();
    try (Conversation talk =
        Conversation.with(
                login,
                peer -> {
                  closing.await();
                  peer.closeTls();
                  arrived.set(messagesUntilTheEnd(peer));
                })
            .connect()) {
      int sent = fill(talk.client());
      CompletableFuture<Void> closed = CompletableFuture.runAsync(talk.client()::close);
      while (talk.client().state() != ConnectionState.CLOSING) {
        Thread.onSpinWait();
      }
      closing.countDown();
      talk.finish();

      assertThat(closed).succeedsWithin(Duration.ofSeconds(20));
      assertThat(arrived).hasValue(sent);
    }
  }

  @Test
  void receive_closingTagAndBytesThatNobodyWants_allThatWasQueuedArrives() throws Exception {
    CountDownLatch full = new CountDownLatch(1);
    AtomicInteger arrived = new AtomicInteger();
    try (Conversation talk =
        Conversation.with(
                login,
                peer -> {
                  full.await();
                  peer.send("</stream:stream>" + MESSAGE.formatted("unwanted").repeat(2000));
                  arrived.set(messagesUntilTheEnd(peer));
                })
            .connect()) {
      int sent = fill(talk.client());
      full.countDown();
      talk.finish();

      assertThat(talk.client().disconnected()).succeedsWithin(Duration.ofSeconds(20));
      assertThat(arrived).hasValue(sent);
    }
  }
}
