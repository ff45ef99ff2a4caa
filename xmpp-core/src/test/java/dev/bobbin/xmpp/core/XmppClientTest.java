package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.testkit.LoopbackServer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(30)
class XmppClientTest {
  private static final XmlElement PING = XmlElement.of("ping", "urn:xmpp:ping");

  private LoopbackServer server;

  @BeforeAll
  void start() throws Exception {
    server =
        LoopbackServer.builder("example.org")
            .account("juliet", "r0m30")
            .account("romeo", "jul13t")
            .start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private XmppClientBuilder client(String jid, String password) {
    return XmppClient.builder(Jid.of(jid), password)
        .host("127.0.0.1", server.address().getPort())
        .trust(server.certificate());
  }

  @Test
  void connect_bindsTheResourceThatWasAskedFor() {
    try (XmppClient juliet = client("juliet@example.org/balcony", "r0m30").build()) {
      Jid self = juliet.connect().join();

      assertThat(self).hasToString("juliet@example.org/balcony");
      assertThat(juliet.self()).isEqualTo(self);
    }
  }

  @Test
  void connect_wrongPassword_isRefusedWithoutAHalfOpenConnection() {
    try (XmppClient juliet = client("juliet@example.org", "wrong").build()) {
      assertThatThrownBy(() -> juliet.connect().join())
          .cause()
          .isInstanceOf(ConnectionException.class)
          .hasMessage(
              "The server refused to log in juliet@example.org: not-authorized. Check user name and"
                  + " password (docs/errors.md#login-refused)");
      assertThat(juliet.self()).isEqualTo(Jid.of("juliet@example.org"));
    }
  }

  @Test
  void request_toAPeer_isAnsweredByItsHandler() {
    try (XmppClient juliet = client("juliet@example.org/balcony", "r0m30").build();
        XmppClient romeo = client("romeo@example.org/orchard", "jul13t").build()) {
      romeo.onRequest(
          "ping", "urn:xmpp:ping", request -> CompletableFuture.completedFuture(request.result()));
      juliet.connect().join();
      romeo.connect().join();

      Iq answer = juliet.request(Iq.get(romeo.self(), PING)).join();

      assertThat(answer.type()).isEqualTo(Iq.Type.RESULT);
      assertThat(answer.from()).contains(romeo.self());
    }
  }

  @Test
  void request_withoutHandler_isAnsweredServiceUnavailable() {
    try (XmppClient juliet = client("juliet@example.org/balcony", "r0m30").build();
        XmppClient romeo = client("romeo@example.org/orchard", "jul13t").build()) {
      juliet.connect().join();
      romeo.connect().join();

      assertThatThrownBy(() -> juliet.request(Iq.get(romeo.self(), PING)).join())
          .cause()
          .isInstanceOfSatisfying(
              StanzaErrorException.class,
              e -> assertThat(e.condition()).isEqualTo(Condition.SERVICE_UNAVAILABLE));
    }
  }

  @Test
  void messages_arriveInOrder() throws Exception {
    try (XmppClient juliet = client("juliet@example.org/balcony", "r0m30").build();
        XmppClient romeo = client("romeo@example.org/orchard", "jul13t").build()) {
      BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
      romeo.onMessage(message -> bodies.add(message.body().orElseThrow()));
      juliet.connect().join();
      romeo.connect().join();

      for (int i = 0; i < 500; i++) {
        juliet.send(Message.chat(romeo.self(), "line " + i));
      }

      for (int i = 0; i < 500; i++) {
        assertThat(bodies.poll(10, TimeUnit.SECONDS)).isEqualTo("line " + i);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("noTimeouts")
  void timeout_notFrom1MsTo24Days_isRefused(Duration timeout) {
    XmppClientBuilder builder = XmppClient.builder(Jid.of("juliet@example.org"), "r0m30");

    assertThatThrownBy(() -> builder.connectTimeout(timeout))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a time-out is from 1 ms to 24 days, not " + timeout);
  }

  static Stream<Duration> noTimeouts() {
    return Stream.of(
        Duration.ZERO,
        Duration.ofNanos(999_999),
        Duration.ofSeconds(-1),
        Duration.ofDays(25),
        ChronoUnit.FOREVER.getDuration(),
        ChronoUnit.FOREVER.getDuration().negated());
  }
}
