package dev.bobbin.xmpp.core.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.plugin.RequestHandler;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.internal.runtime.Threads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Handlers that never answer. */
@Timeout(60)
class RequestLimitTest {
  private static final String FAILED =
      "<iq type='error' id='1'><error type='cancel'><internal-server-error"
          + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>";

  private final Threads threads = new Threads();
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final StanzaRouter router =
      new StanzaRouter(threads.workers(), timer, Duration.ofHours(1));
  private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();

  static List<UnaryOperator<RequestHandler>> kinds() {
    return List.of(handler -> handler, RequestHandler::direct);
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
    threads.close();
  }

  /** Runs what waits for the limit, as if the hour were over. */
  private void passTheLimit() {
    for (Runnable due : List.copyOf(timer.getQueue())) {
      timer.remove(due);
      due.run();
    }
  }

  private void ask(String payload) {
    ask(XmlElement.of(payload, "urn:x"));
  }

  private void ask(XmlElement payload) {
    router.answer(
        XmlElement.builder("iq", Stanza.NAMESPACE)
            .attribute("type", "get")
            .attribute("id", "1")
            .add(payload)
            .build(),
        false,
        answer -> replies.add(answer.element().toXml(Stanza.NAMESPACE)));
  }

  private String reply() throws InterruptedException {
    return replies.poll(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void answer_stagesThatNeverComplete_areEndedAndMakeRoom(UnaryOperator<RequestHandler> kind)
      throws Exception {
    CompletableFuture<Iq> late = new CompletableFuture<>();
    router.onRequest("never", "urn:x", kind.apply(request -> late));
    router.onRequest(
        "well",
        "urn:x",
        kind.apply(request -> CompletableFuture.completedFuture(request.result())));
    for (int i = 0; i < RequestsInWork.MOST; i++) {
      ask("never");
    }
    passTheLimit();
    for (int i = 0; i < RequestsInWork.MOST; i++) {
      assertThat(reply()).isEqualTo(FAILED);
    }
    late.complete(Iq.get(null, XmlElement.of("a", "urn:a")).withId("1").result());

    // Room for all of them again, and no answer but theirs.
    for (int i = 0; i < RequestsInWork.MOST; i++) {
      ask("well");
      assertThat(reply()).isEqualTo("<iq type='result' id='1'/>");
    }
    assertThat(replies).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void answer_tooHeavyTogether_areRefusedUntilThereIsRoom(UnaryOperator<RequestHandler> kind)
      throws Exception {
    int quarter = (int) (RequestsInWork.MOST_WEIGHT / 4);
    XmlElement heavy = XmlElement.builder("never", "urn:x").text("x".repeat(quarter)).build();
    router.onRequest("never", "urn:x", kind.apply(request -> new CompletableFuture<>()));
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 4; i++) {
        ask(heavy);
      }
      assertThat(reply())
          .isEqualTo(
              "<iq type='error' id='1'><error type='wait'><resource-constraint"
                  + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
      assertThat(replies).isEmpty();
      passTheLimit();
      for (int i = 0; i < 3; i++) {
        assertThat(reply()).isEqualTo(FAILED);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void answer_heavierThanAllMayBe_isAnsweredWhenItIsAlone(UnaryOperator<RequestHandler> kind)
      throws Exception {
    int more = (int) RequestsInWork.MOST_WEIGHT + 1;
    router.onRequest(
        "well",
        "urn:x",
        kind.apply(request -> CompletableFuture.completedFuture(request.result())));
    ask(XmlElement.builder("well", "urn:x").text("x".repeat(more)).build());

    assertThat(reply()).isEqualTo("<iq type='result' id='1'/>");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void answer_inTime_isTheOnlyOne(UnaryOperator<RequestHandler> kind) throws Exception {
    router.onRequest(
        "well",
        "urn:x",
        kind.apply(request -> CompletableFuture.completedFuture(request.result())));
    ask("well");
    assertThat(reply()).isEqualTo("<iq type='result' id='1'/>");

    passTheLimit();

    assertThat(replies.poll(200, TimeUnit.MILLISECONDS)).as("another answer").isNull();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void answer_handlerFails_isAnsweredOnce(UnaryOperator<RequestHandler> kind) throws Exception {
    router.onRequest(
        "bad",
        "urn:x",
        kind.apply(
            request -> {
              throw new IllegalStateException("private");
            }));
    ask("bad");

    assertThat(reply()).isEqualTo(FAILED);
    assertThat(replies).isEmpty();
  }
}
