package dev.bobbin.xmpp.core;

import static dev.bobbin.xmpp.core.Conversation.PING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.plugin.PluginException;
import dev.bobbin.xmpp.api.plugin.RequestHandler;
import dev.bobbin.xmpp.api.plugin.StanzaListener;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.StanzaError;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests, messages and presence of others. */
@Timeout(60)
class IncomingTest {
  private static final String FROM = " from='romeo@example.net/orchard'";
  private static final String REQUEST =
      "<iq type='get' id='1'" + FROM + " to='" + Peer.ME + "'><ping xmlns='urn:xmpp:ping'/></iq>";

  private static String error(String id, String addresses, String type, String condition) {
    return "<iq type='error' id='"
        + id
        + "'"
        + addresses
        + "><error type='"
        + type
        + "'><"
        + condition
        + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>";
  }

  private static final String TO_ROMEO =
      " to='romeo@example.net/orchard' from='juliet@example.org/balcony'";

  @Test
  void request_withoutHandler_isServiceUnavailable() throws Exception {
    try (Conversation talk =
        Conversation.with(
                peer -> {
                  peer.send(REQUEST);
                  peer.expect(error("1", TO_ROMEO, "cancel", "service-unavailable"));
                  peer.send("<iq type='set' id='2'><ping xmlns='urn:xmpp:ping'/></iq>");
                  peer.expect(error("2", "", "cancel", "service-unavailable"));
                })
            .connect()) {
      talk.finish();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "<iq type='get' id='x'/>",
        "<iq type='get' id='x'><a xmlns='urn:a'/><b xmlns='urn:b'/></iq>",
        "<iq type='other' id='x'><a xmlns='urn:a'/></iq>",
        "<iq id='x'><a xmlns='urn:a'/></iq>",
        "<iq type='get' id='x' to='a@@b'><a xmlns='urn:a'/></iq>"
      })
  void request_malformed_isBadRequest(String malformed) throws Exception {
    try (Conversation talk =
        Conversation.with(
                peer -> {
                  peer.send(malformed);
                  peer.expect(error("x", "", "modify", "bad-request"));
                })
            .connect()) {
      talk.finish();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "<iq type='get'><ping xmlns='urn:xmpp:ping'/></iq>",
        "<iq type='other'/>",
        "<iq/>",
        "<iq type='get' id='x' from='a@@b'><ping xmlns='urn:xmpp:ping'/></iq>",
        "<iq type='result' id='x'/>",
        "<iq type='result'/>",
        "<iq type='error' id='x'/>",
        "<message from='a@@b'/>",
        "<message type='other' from='a@@b'/>",
        "<presence type='nonsense'/>"
      })
  void receive_whatNobodyCanAnswer_isIgnored(String ignored) throws Exception {
    try (Conversation talk =
        Conversation.with(
                peer -> {
                  peer.send(ignored + REQUEST);
                  peer.expect(error("1", TO_ROMEO, "cancel", "service-unavailable"));
                })
            .connect()) {
      talk.finish();
    }
  }

  static Stream<Arguments> handlers() {
    StanzaErrorException refusal = new StanzaErrorException(StanzaError.of(Condition.FORBIDDEN));
    return Stream.of(
        of(
            "auth",
            "forbidden",
            request -> {
              throw refusal;
            }),
        of("auth", "forbidden", request -> CompletableFuture.failedFuture(refusal)),
        of(
            "auth",
            "forbidden",
            request ->
                CompletableFuture.supplyAsync(
                    () -> {
                      throw refusal;
                    })),
        of(
            "auth",
            "forbidden",
            request -> CompletableFuture.failedFuture(new CompletionException(refusal))),
        internal(
            request -> {
              throw new IllegalStateException("private");
            }),
        internal(
            request -> {
              throw new Exception("private");
            }),
        internal(
            request -> {
              throw new AssertionError("private");
            }),
        internal(
            request -> {
              throw new OutOfMemoryError("only pretended");
            }),
        internal(request -> CompletableFuture.failedFuture(new Exception("private"))),
        internal(request -> CompletableFuture.failedFuture(new CompletionException(null, null))),
        internal(request -> null),
        internal(request -> CompletableFuture.completedFuture(null)),
        internal(request -> CompletableFuture.completedFuture(request)),
        internal(request -> CompletableFuture.completedFuture(request.result().withId("other"))),
        internal(
            request -> CompletableFuture.completedFuture(Iq.get(null, PING).withId("1").result())),
        internal(
            request ->
                CompletableFuture.completedFuture(
                    request.result(
                        XmlElement.builder("a", "urn:a").text("x".repeat(600_000)).build()))));
  }

  private static Arguments of(String type, String condition, RequestHandler handler) {
    return Arguments.of(type, condition, handler);
  }

  private static Arguments internal(RequestHandler handler) {
    return of("cancel", "internal-server-error", handler);
  }

  @ParameterizedTest
  @MethodSource("handlers")
  void request_handlerThatFails_isAnsweredWithAnError(
      String type, String condition, RequestHandler handler) throws Exception {
    for (RequestHandler each : new RequestHandler[] {handler, RequestHandler.direct(handler)}) {
      try (Conversation talk =
          Conversation.with(
              peer -> {
                peer.send(REQUEST);
                peer.expect(error("1", TO_ROMEO, type, condition));
                peer.send(REQUEST);
                peer.expect(error("1", TO_ROMEO, type, condition));
              })) {
        talk.client().onRequest("ping", "urn:xmpp:ping", each);
        talk.connect().finish();
      }
    }
  }

  @Test
  void request_handlerThatIsClosed_isGoneAndAnotherMayCome() throws Exception {
    try (Conversation talk =
        Conversation.with(
            peer -> {
              peer.send(REQUEST);
              peer.expect("<iq type='result' id='1'" + TO_ROMEO + "/>");
            })) {
      RequestHandler answer = request -> CompletableFuture.completedFuture(request.result());
      Registration first =
          talk.client()
              .onRequest(
                  "ping",
                  "urn:xmpp:ping",
                  request -> {
                    throw new Exception();
                  });
      assertThatThrownBy(() -> talk.client().onRequest("ping", "urn:xmpp:ping", answer))
          .isInstanceOf(PluginException.class)
          .hasMessage("Requests with <ping xmlns='urn:xmpp:ping'/> are answered already");
      first.close();
      talk.client().onRequest("ping", "urn:xmpp:ping", answer);
      first.close();

      talk.connect().finish();
    }
  }

  @Test
  void listeners_thatFail_hearAllTheSame() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (Conversation talk =
        Conversation.with(
            peer ->
                peer.send(
                    "<message"
                        + FROM
                        + " type='chat'><body>one</body></message>"
                        + "<presence"
                        + FROM
                        + "/>"
                        + "<message"
                        + FROM
                        + "><body>two</body></message>"))) {
      talk.client()
          .onMessage(
              message -> {
                heard.add("failing " + message.body().orElseThrow());
                throw new OutOfMemoryError("only pretended");
              });
      talk.client().onMessage(message -> heard.add("well " + message.body().orElseThrow()));
      talk.client().onPresence(presence -> heard.add("presence"));
      talk.connect();

      for (String expected :
          new String[] {"failing one", "well one", "presence", "failing two", "well two"}) {
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(expected);
      }
    }
  }

  @Test
  void threads_onlyWhatIsDirect_runsOnTheReader() throws Exception {
    BlockingQueue<String> threads = new LinkedBlockingQueue<>();
    CountDownLatch answered = new CountDownLatch(1);
    try (Conversation talk =
        Conversation.with(
            peer -> {
              peer.send("<message" + FROM + "/>");
              peer.send(REQUEST);
              peer.readUntil("/>");
              answered.countDown();
              String id = Peer.id(peer.readUntil("</iq>"));
              peer.send("<iq type='result' id='" + id + "'/>");
              peer.readToEnd();
            })) {
      talk.client().onMessage(message -> threads.add("listener " + here()));
      talk.client().onMessage(StanzaListener.direct(message -> threads.add("direct " + here())));
      talk.client()
          .onRequest(
              "ping",
              "urn:xmpp:ping",
              request -> {
                threads.add("handler " + here());
                return CompletableFuture.completedFuture(request.result());
              });
      talk.client().connect().thenRun(() -> threads.add("connected " + here())).join();
      assertThat(answered.await(20, TimeUnit.SECONDS)).isTrue();
      talk.client()
          .request(Iq.get(null, PING))
          .thenRun(() -> threads.add("answer " + here()))
          .get(20, TimeUnit.SECONDS);

      assertThat(threads)
          .containsExactlyInAnyOrder(
              "listener worker",
              "direct reader",
              "handler worker",
              "connected worker",
              "answer worker");
    }
  }

  /** A future may be done before its continuation is added, which then runs on the test's own. */
  private static String here() {
    String name = Thread.currentThread().getName();
    return name.startsWith("bobbin-reader-") ? "reader" : "worker";
  }

  @Test
  void threads_blockingContinuationsAndHandlers_neverStopTheReader() throws Exception {
    int many = 100;
    CountDownLatch allAnswered = new CountDownLatch(1);
    try (Conversation talk =
        Conversation.with(
            peer -> {
              // First all outer questions, then all inner ones: every outer one waits at once.
              for (int i = 0; i < many; i++) {
                peer.send(REQUEST.replace("id='1'", "id='in" + i + "'"));
              }
              String[] outer = new String[2 * many];
              for (int i = 0; i < outer.length; i++) {
                outer[i] = Peer.id(peer.readUntil("</iq>"));
              }
              for (String id : outer) {
                peer.send("<iq type='result' id='" + id + "'/>");
              }
              int results = 0;
              int inner = 0;
              while (results < many || inner < many) {
                String sent = peer.readUntil(">");
                if (sent.startsWith("<iq type='result'")) {
                  results++;
                } else {
                  inner++;
                  String id = Peer.id(sent);
                  peer.readUntil("</iq>");
                  peer.send("<iq type='result' id='" + id + "'/>");
                }
              }
              allAnswered.countDown();
              peer.readToEnd();
            })) {
      XmppClient client = talk.client();
      client.onRequest(
          "ping",
          "urn:xmpp:ping",
          request -> {
            client.request(Iq.get(null, PING)).join();
            return CompletableFuture.completedFuture(request.result());
          });
      talk.connect();
      CompletableFuture<?>[] outer = new CompletableFuture<?>[many];
      CountDownLatch inContinuation = new CountDownLatch(many);
      for (int i = 0; i < many; i++) {
        outer[i] =
            client
                .request(Iq.get(null, PING))
                .thenApply(
                    answer -> {
                      inContinuation.countDown();
                      return client.request(Iq.get(null, PING)).join();
                    });
      }

      CompletableFuture.allOf(outer).get(40, TimeUnit.SECONDS);
      assertThat(inContinuation.getCount()).isZero();
      assertThat(allAnswered.await(20, TimeUnit.SECONDS)).isTrue();
      client.close();
      talk.finish();
    }
  }

  @Test
  void request_moreThan256InWork_areRefusedUntilThereIsRoom() throws Exception {
    CompletableFuture<Void> release = new CompletableFuture<>();
    try (Conversation talk =
        Conversation.with(
            peer -> {
              for (int i = 0; i < 257; i++) {
                peer.send(REQUEST.replace("id='1'", "id='r" + i + "'"));
              }
              peer.expect(error("r256", TO_ROMEO, "wait", "resource-constraint"));
              release.complete(null);
              for (int i = 0; i < 256; i++) {
                peer.readUntil("/>");
              }
              peer.send(REQUEST);
              peer.expect("<iq type='result' id='1'" + TO_ROMEO + "/>");
            })) {
      talk.client()
          .onRequest(
              "ping",
              "urn:xmpp:ping",
              RequestHandler.direct(request -> release.thenApply(done -> request.result())));

      talk.connect().finish();
    }
  }
}
