package dev.bobbin.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LiteralXml;
import dev.bobbin.xmpp.testkit.LoopbackServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server's interceptor plays the challenger, in literal XML. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CaptchaExampleTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org/orchard");
  private static final Jid GATEWAY = Jid.of("gateway.example.org");
  private static final Message GREETING = Message.chat(Jid.of("juliet@capulet.example"), "hello");

  /** Its bytes are a text, which the solver of this test reads out of it. */
  private static final Bob PICTURE = Bob.of("7nHL3".getBytes(StandardCharsets.UTF_8), "image/png");

  private static final String DATA =
      "<data xmlns='urn:xmpp:bob' max-age='0' type='image/png' cid='"
          + PICTURE.cid()
          + "'>"
          + "N25ITDM=</data>";
  private static final String OCR =
      "<field var='ocr' label='Enter the text you see'>"
          + "<media xmlns='urn:xmpp:media-element' height='80' width='290'>"
          + "<uri type='image/png'>https://capulet.example/7f3.png</uri>"
          + "<uri type='image/png'>\n  cid:"
          + PICTURE.cid()
          + "\n</uri></media></field>";

  private final Queue<XmlElement> sent = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
  private volatile Function<XmlElement, List<XmlElement>> challenger = List::of;
  private LoopbackServer server;
  private XmppClient romeo;
  private CaptchaExample captcha;

  @BeforeAll
  void connect() {
    server =
        LoopbackServer.builder("example.org")
            .account("romeo", "jul13t")
            .intercept(
                (from, stanza) -> {
                  sent.add(stanza);
                  return challenger.apply(stanza);
                })
            .start();
    romeo =
        XmppClient.builder(ROMEO, "jul13t")
            .host("127.0.0.1", server.address().getPort())
            .trust(server.certificate())
            .setting("xep_0231", "store", "memory")
            .build();
    romeo.onMessage(received::add);
    romeo.connect().join();
    captcha =
        new CaptchaExample(
            romeo,
            picture ->
                CompletableFuture.completedFuture(
                    new String(picture.data().toByteArray(), StandardCharsets.UTF_8)));
  }

  @AfterAll
  void disconnect() {
    romeo.close();
    server.close();
  }

  @BeforeEach
  void forget() {
    sent.clear();
    received.clear();
  }

  /** Without a {@code sid} where that is null. */
  private static String challenge(String from, String about, @Nullable String sid, String data) {
    return "<message xmlns='jabber:client' from='"
        + from
        + "' to='romeo@example.org/orchard'"
        + " id='F3A6292C'><body>Your message waits. What does the picture say?</body>"
        + "<captcha xmlns='urn:xmpp:captcha'><x xmlns='jabber:x:data' type='form'>"
        + "<field type='hidden' var='FORM_TYPE'><value>urn:xmpp:captcha</value></field>"
        + "<field type='hidden' var='from'><value>"
        + about
        + "</value></field>"
        + "<field type='hidden' var='challenge'><value>F3A6292C</value></field>"
        + (sid == null ? "" : "<field type='hidden' var='sid'><value>" + sid + "</value></field>")
        + OCR
        + "</x></captcha>"
        + data
        + "</message>";
  }

  /** What the challenger says to a request. */
  private static XmlElement answer(XmlElement request, String type, String payload) {
    return LiteralXml.element(
        "<iq xmlns='jabber:client' type='%s' id='%s' from='%s' to='%s'>%s</iq>"
            .formatted(
                type,
                request.attribute("id").orElseThrow(),
                request.attribute("to").orElseThrow(),
                ROMEO,
                payload));
  }

  /** Messages are challenged, what is submitted is found right, and who asks is given the data. */
  private void challengeWith(String challenge) {
    challenger =
        stanza ->
            List.of(
                stanza.name().equals("message")
                    ? LiteralXml.element(challenge)
                    : stanza.child("data", BobPlugin.NAMESPACE).isPresent()
                        ? answer(stanza, "result", DATA)
                        : answer(stanza, "result", ""));
  }

  private Optional<Iq> sendAndSolve() throws InterruptedException {
    Message greeting = GREETING.withId("hello1");
    romeo.send(greeting).join();
    Message challenge = received.poll(20, TimeUnit.SECONDS);
    assertThat(challenge).isNotNull();
    return captcha.solve(greeting, challenge).join();
  }

  private List<String> requests() {
    return sent.stream()
        .filter(stanza -> stanza.name().equals("iq"))
        .map(stanza -> LiteralXml.text(stanza.toBuilder().attribute("id", "ID").build()))
        .toList();
  }

  private static String solution(String to) {
    return LiteralXml.text(
        "<iq xmlns='jabber:client' type='set' id='ID' from='romeo@example.org/orchard' to='"
            + to
            + "'><captcha xmlns='urn:xmpp:captcha'><x xmlns='jabber:x:data' type='submit'>"
            + "<field var='FORM_TYPE'><value>urn:xmpp:captcha</value></field>"
            + "<field var='from'><value>juliet@capulet.example</value></field>"
            + "<field var='challenge'><value>F3A6292C</value></field>"
            + "<field var='sid'><value>hello1</value></field>"
            + "<field var='ocr'><value>7nHL3</value></field></x></captcha></iq>");
  }

  @Test
  @DisplayName("5, 12: a picture with max-age 0, pushed beside the form, is taken from the message")
  void solve_pictureBesideTheForm_isTakenAndTheSolutionSubmitted() throws Exception {
    challengeWith(challenge("capulet.example", "juliet@capulet.example", "hello1", DATA));

    assertThat(sendAndSolve()).map(Iq::type).contains(Iq.Type.RESULT);

    assertThat(requests()).containsExactly(solution("capulet.example"));
    assertThat(romeo.plugin(BobPlugin.class).get(PICTURE.cid()).join()).isEmpty();
  }

  @Test
  @DisplayName("3, 12: a picture that was not pushed is asked for")
  void solve_pictureNotPushed_isFetched() throws Exception {
    challengeWith(challenge("juliet@capulet.example", "juliet@capulet.example", "hello1", ""));

    assertThat(sendAndSolve()).isPresent();

    assertThat(requests())
        .containsExactly(
            LiteralXml.text(
                "<iq xmlns='jabber:client' type='get' id='ID' from='romeo@example.org/orchard'"
                    + " to='juliet@capulet.example'><data xmlns='urn:xmpp:bob' cid='"
                    + PICTURE.cid()
                    + "'/></iq>"),
            solution("juliet@capulet.example"));
  }

  @ParameterizedTest
  @CsvSource({
    "mallory.example,juliet@capulet.example,hello1",
    "capulet.example,nurse@capulet.example,hello1",
    "capulet.example,juliet@capulet.example,hello2",
    "capulet.example,juliet@capulet.example,hello1</value><value>hello2",
    "capulet.example,juliet@capulet.example,"
  })
  void solve_challengeToNothingOfOurs_isIgnored(String from, String about, @Nullable String sid)
      throws Exception {
    challengeWith(challenge(from, about, sid, DATA));

    assertThat(sendAndSolve()).isEmpty();
    assertThat(requests()).isEmpty();
  }

  /** What has no id would be what any challenge without one is to. */
  @Test
  void solve_messageWithoutAnIdAndChallengeWithoutOne_isRefused() {
    Message challenge =
        LiteralXml.message(challenge("capulet.example", "juliet@capulet.example", null, DATA));

    assertThatThrownBy(() -> captcha.solve(GREETING, challenge))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give it one by withId");
    assertThat(requests()).isEmpty();
  }

  /** The gateway offers a form, and answers what is submitted. */
  private void offer(String ocr, String data, String type, String verdict) {
    challenger =
        stanza ->
            List.of(
                stanza.attribute("type").orElse("").equals("get")
                    ? answer(
                        stanza,
                        "result",
                        "<query xmlns='jabber:iq:register'><x xmlns='jabber:x:data' type='form'>"
                            + "<field type='hidden' var='FORM_TYPE'>"
                            + "<value>jabber:iq:register</value></field>"
                            + "<field type='hidden' var='challenge'><value>F3A</value>"
                            + "<value>292C</value></field>"
                            + "<field var='username' label='Account'><required/></field>"
                            + ocr
                            + "</x>"
                            + data
                            + "</query>")
                    : answer(stanza, type, verdict));
  }

  @Test
  @DisplayName("6, 12: a picture with max-age 0 inside the query of an IQ is taken from there")
  void register_pictureInsideTheQuery_isTakenAndTheFormSubmitted() {
    offer(OCR, DATA, "result", "");

    Iq registered = captcha.register(GATEWAY, Map.of("username", "romeo")).join();

    assertThat(registered.type()).isEqualTo(Iq.Type.RESULT);
    assertThat(requests())
        .containsExactly(
            LiteralXml.text(
                "<iq xmlns='jabber:client' type='get' id='ID' from='romeo@example.org/orchard'"
                    + " to='gateway.example.org'><query xmlns='jabber:iq:register'/></iq>"),
            LiteralXml.text(
                "<iq xmlns='jabber:client' type='set' id='ID' from='romeo@example.org/orchard'"
                    + " to='gateway.example.org'><query xmlns='jabber:iq:register'>"
                    + "<x xmlns='jabber:x:data' type='submit'>"
                    + "<field var='FORM_TYPE'><value>jabber:iq:register</value></field>"
                    + "<field var='challenge'><value>F3A</value><value>292C</value></field>"
                    + "<field var='username'><value>romeo</value></field>"
                    + "<field var='ocr'><value>7nHL3</value></field></x></query></iq>"));
    assertThat(romeo.plugin(BobPlugin.class).get(PICTURE.cid()).join()).isEmpty();
  }

  @Test
  void register_wrongSolution_failsWithTheServicesWord() {
    offer(
        OCR,
        DATA,
        "error",
        "<error type='cancel'>"
            + "<not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>");

    assertThatThrownBy(() -> captcha.register(GATEWAY, Map.of("username", "romeo")).join())
        .cause()
        .isInstanceOfSatisfying(
            StanzaErrorException.class,
            refused -> assertThat(refused.condition()).isEqualTo(Condition.NOT_ACCEPTABLE));
  }

  @Test
  void register_formWithoutAPicture_failsAndSubmitsNothing() {
    offer("", DATA, "result", "");

    assertThatThrownBy(() -> captcha.register(GATEWAY, Map.of("username", "romeo")).join())
        .hasCauseInstanceOf(XmppException.class)
        .hasMessageContaining("The form has no picture that is a bit of binary");
    assertThat(requests()).hasSize(1);
  }
}
