package dev.bobbin.xmpp.core;

import static dev.bobbin.xmpp.core.Conversation.PING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of ours and what counts as their answers. */
@Timeout(60)
class RequestTest {
  private static final Jid ROMEO = Jid.of("romeo@example.net/orchard");
  private static final Duration SHORT = Duration.ofMillis(100);

  private static String result(String id, String from, String payload) {
    return "<iq type='result' id='"
        + id
        + "'"
        + (from.isEmpty() ? "" : " from='" + from + "'")
        + "><"
        + payload
        + " xmlns='urn:x'/></iq>";
  }

  private static String payload(CompletableFuture<Iq> answer) throws Exception {
    return answer.get(20, TimeUnit.SECONDS).payload().orElseThrow().name();
  }

  private static String awaitRequest(Peer peer) throws Exception {
    return Peer.id(peer.readUntil("</iq>"));
  }

  @Test
  void request_asItLeaves_hasAnIdThatNobodyGuesses() throws Exception {
    try (Conversation talk =
        Conversation.with(
                peer -> {
                  String request = peer.readUntil("</iq>");
                  String id = Peer.id(request);
                  assertThat(id).matches("[0-9a-f]{24}");
                  assertThat(request)
                      .isEqualTo(
                          "<iq type='get' to='romeo@example.net/orchard' id='"
                              + id
                              + "'><ping xmlns='urn:xmpp:ping'/></iq>");
                  peer.send(result(id, "romeo@example.net/orchard", "a"));
                  assertThat(awaitRequest(peer)).isNotEqualTo(id);
                })
            .connect()) {
      assertThat(payload(talk.client().request(Iq.get(ROMEO, PING)))).isEqualTo("a");
      talk.client().request(Iq.get(ROMEO, PING));
      talk.finish();
    }
  }

  @ParameterizedTest
  @CsvSource({
    // to, from of an answer, whether it counts (RFC 6120 sections 8.1.2.1 and 10.3)
    "romeo@example.net/orchard, romeo@example.net/orchard, true",
    "romeo@example.net/orchard, ROMEO@EXAMPLE.NET/orchard, true",
    "romeo@example.net/orchard, romeo@example.net/Orchard, false",
    "romeo@example.net/orchard, romeo@example.net, false",
    "romeo@example.net/orchard, example.net, false",
    "romeo@example.net/orchard, example.org, false",
    "romeo@example.net/orchard, '', false",
    "romeo@example.net/orchard, mallory@example.net/x, false",
    "romeo@example.net/orchard, juliet@example.org/balcony, false",
    "'', '', true",
    "'', juliet@example.org, true",
    "'', juliet@example.org/balcony, true",
    "'', example.org, true",
    "'', mallory@example.net, false",
    "'', juliet@example.org/other, false",
    "juliet@example.org, '', true",
    "juliet@example.org, juliet@example.org, true",
    "juliet@example.org, juliet@example.org/balcony, true",
    "juliet@example.org, example.org, false",
    "juliet@example.org, mallory@example.net, false",
    "example.org, example.org, true",
    "example.org, '', true",
    "example.org, juliet@example.org, false",
    "example.org, example.net, false"
  })
  void request_answerFrom_countsOnlyFromWhoWasAsked(String to, String from, boolean counts)
      throws Exception {
    try (Conversation talk =
        Conversation.with(
                peer -> {
                  String id = awaitRequest(peer);
                  peer.send(result("other", to, "unknown"));
                  peer.send(result(id, "not a@@jid", "malformed"));
                  peer.send(result(id, from, "first"));
                  peer.send(result(id, to, "second"));
                  peer.send(result(id, to, "third"));
                })
            .connect()) {
      Jid asked = to.isEmpty() ? null : Jid.of(to);

      assertThat(payload(talk.client().request(Iq.get(asked, PING))))
          .isEqualTo(counts ? "first" : "second");
      talk.finish();
    }
  }

  @Test
  void request_errorAnswer_failsWithItsCondition() throws Exception {
    try (Conversation talk =
        Conversation.with(
                peer -> {
                  peer.send(
                      "<iq type='error' from='romeo@example.net/orchard' id='"
                          + awaitRequest(peer)
                          + "'><ping xmlns='urn:xmpp:ping'/><error type='auth'><forbidden"
                          + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><text"
                          + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>No.</text></error></iq>");
                  peer.send(
                      "<iq type='error' from='romeo@example.net/orchard' id='"
                          + awaitRequest(peer)
                          + "'/>");
                })
            .connect()) {
      assertRefused(talk, Condition.FORBIDDEN, ROMEO + " answered forbidden (auth): No.");
      assertRefused(
          talk, Condition.UNDEFINED_CONDITION, ROMEO + " answered undefined-condition (cancel)");
    }
  }

  private static void assertRefused(Conversation talk, Condition condition, String message) {
    assertThat(talk.client().request(Iq.get(ROMEO, PING)))
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            StanzaErrorException.class,
            e -> {
              assertThat(e.condition()).isEqualTo(condition);
              assertThat(e.from()).contains(ROMEO);
            })
        .withMessage(message);
  }

  @Test
  void request_noAnswer_timesOutAndALateOneIsIgnored() throws Exception {
    try (Conversation talk =
        Conversation.with(
                peer -> {
                  String late = awaitRequest(peer);
                  String id = awaitRequest(peer);
                  peer.send(result(late, "", "late"));
                  peer.send(result(id, "", "right"));
                })
            .connect()) {
      assertThat(talk.client().request(Iq.get(ROMEO, PING), SHORT))
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(TimeoutException.class)
          .withMessage("No answer from romeo@example.net/orchard within 100 ms");
      assertThat(payload(talk.client().request(Iq.get(null, PING)))).isEqualTo("right");
    }
  }

  @Test
  void request_timeOutOfNothing_stillTimesOut() throws Exception {
    try (Conversation talk = Conversation.with(Peer::readToEnd).connect()) {
      for (int i = 0; i < 200; i++) {
        assertThat(talk.client().request(Iq.get(null, PING), Duration.ZERO))
            .failsWithin(Duration.ofSeconds(20))
            .withThrowableThat()
            .havingCause()
            .isInstanceOf(TimeoutException.class)
            .withMessage("No answer from the server within 0 ms");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE / 1000, Long.MAX_VALUE / 1_000_000_000})
  void request_timeOutLongerThanNumbersGo_waits(long seconds) throws Exception {
    try (Conversation talk =
        Conversation.with(
                peer -> peer.send(result(awaitRequest(peer), "romeo@example.net/orchard", "a")))
            .connect()) {
      CompletableFuture<Iq> answer =
          talk.client().request(Iq.get(ROMEO, PING), Duration.ofSeconds(seconds, 999_999_999));

      assertThat(payload(answer)).isEqualTo("a");
    }
  }

  @Test
  void request_timeOutLongBeforeNow_timesOut() throws Exception {
    try (Conversation talk = Conversation.with(Peer::readToEnd).connect()) {
      Iq request = Iq.get(ROMEO, PING).withId("one");
      assertThat(talk.client().request(request, Duration.ofSeconds(Long.MIN_VALUE)))
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void request_cancelled_freesItsId() throws Exception {
    try (Conversation talk =
        Conversation.with(
                peer -> {
                  awaitRequest(peer);
                  assertThat(awaitRequest(peer)).isEqualTo("mine");
                  peer.send(result("mine", "", "right"));
                })
            .connect()) {
      Iq request = Iq.get(null, PING).withId("mine");
      assertThat(talk.client().request(request).cancel(true)).isTrue();

      assertThat(payload(talk.client().request(request))).isEqualTo("right");
    }
  }

  @Test
  void request_sameIdTwice_isAnErrorAndTheFirstGoesOn() throws Exception {
    CountDownLatch refused = new CountDownLatch(1);
    try (Conversation talk =
        Conversation.with(
                peer -> {
                  String id = awaitRequest(peer);
                  assertThat(refused.await(20, TimeUnit.SECONDS)).isTrue();
                  peer.send(result(id, "", "right"));
                })
            .connect()) {
      Iq request = Iq.get(null, PING).withId("mine");
      CompletableFuture<Iq> first = talk.client().request(request);

      assertThat(talk.client().request(request.withId("mine")))
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .havingCause()
          .withMessage("A request with the id 'mine' waits already");
      refused.countDown();
      assertThat(payload(first)).isEqualTo("right");
    }
  }

  @Test
  void request_thatAsksNothing_isRefused() throws Exception {
    try (Conversation talk = Conversation.with(Peer::readToEnd).connect()) {
      assertThat(talk.client().request(Iq.get(null, PING).withId("i").result()))
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .havingCause()
          .withMessage("An iq of type result asks nothing");
    }
  }

  @Test
  void request_connectionLost_failsAllThatWait() throws Exception {
    try (Conversation talk =
        Conversation.with(
                peer -> {
                  for (int i = 0; i < 10; i++) {
                    awaitRequest(peer);
                  }
                  peer.raw().close();
                })
            .connect()) {
      List<CompletableFuture<Iq>> waiting =
          java.util.stream.IntStream.range(0, 10)
              .mapToObj(i -> talk.client().request(Iq.get(null, PING)))
              .toList();

      for (CompletableFuture<Iq> request : waiting) {
        assertThat(request)
            .failsWithin(Duration.ofSeconds(20))
            .withThrowableThat()
            .havingCause()
            .isInstanceOfSatisfying(
                ConnectionException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.DISCONNECTED));
      }
      assertThat(talk.client().request(Iq.get(null, PING)))
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(ConnectionException.class);
    }
  }

  @Test
  void request_neverConnected_isAnError() throws Exception {
    try (Conversation talk = Conversation.with(peer -> {})) {
      assertThat(talk.client().request(Iq.get(null, PING)))
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .havingCause()
          .withMessage("The client is not connected");
      assertThat(talk.client().disconnected())
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .havingCause()
          .withMessage("The client was never connected");
    }
  }
}
