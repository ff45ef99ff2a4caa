package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.StanzaError;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may fetch: rules of the application, and what is served of what others sent. */
@Tag("one-path")
class FetchRulesTest extends Stage {
  private static final Jid MONA = Jid.of("mona@gateway.example.org");
  private static final Jid LISA = Jid.of("lisa@gateway.example.org");
  private static final Jid OTHER = Jid.of("other@gateway.example.org");
  private static final String PEER = "romeo@example.org/orchard";
  private static final String STRANGER = "mallory@example.org.example.net/x";
  private static final String NONE = error("cancel", "item-not-found");
  private static final String FAILED = error("cancel", "internal-server-error");
  private static final String DATA =
      "<data xmlns='urn:xmpp:bob' cid='ours' type='text/plain'>b3Vycw==</data>";
  private static final Bob OURS =
      new Bob(ContentId.of("ours"), "text/plain", BobData.utf8("ours"), null);

  private XmppClient us;
  private Queue<BobKey> lookedUp;

  private static String error(String type, String condition) {
    return "<error type='%s'><%s xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"
        .formatted(type, condition);
  }

  @BeforeEach
  void connect() {
    serve(false);
  }

  private void serve(boolean received) {
    BobPlugin plugin =
        BobPlugin.builder().store(new MapStore(false)).serveReceived(received).build();
    us = track(builder(GATEWAY).plugin(plugin).build());
    us.connect().join();
    plugin.set(OURS).join();
    lookedUp = lookUps(us);
  }

  private Registration rule(ApiScope scope, ApiHandler<ContentId, Boolean> rule) {
    return us.api().register(BobMethods.MAY_FETCH, scope, rule);
  }

  private Registration rule(ApiHandler.Body<ContentId, Boolean> rule) {
    return rule(ApiScope.everywhere(), ApiHandler.direct(rule));
  }

  private static String request(String from, Jid to, String cid) {
    return "<iq xmlns='jabber:client' type='get' id='1' from='%s' to='%s'>".formatted(from, to)
        + "<data xmlns='urn:xmpp:bob' cid='"
        + cid
        + "'/></iq>";
  }

  private static String reply(String to, Jid from, String payload) {
    return "<iq xmlns='jabber:client' type='%s' id='1' to='%s' from='%s'>%s</iq>"
        .formatted(payload.startsWith("<error") ? "error" : "result", to, from, payload);
  }

  /** A peer asks, and gets this at once. */
  private void asks(String from, Jid to, String cid, String payload) throws Exception {
    int before = wire.answers().size();
    deliver(us, request(from, to, cid));
    settle(us);
    assertThat(wire.answers().stream().skip(before)).containsExactly(reply(from, to, payload));
  }

  @Test
  @DisplayName("B5, B11: a rule for one of our JIDs; who is refused cannot tell it from absence")
  void mayFetch_refusedForOneJid_looksLikeAbsenceAndLooksNothingUp() throws Exception {
    rule(ApiScope.jid(MONA), ApiHandler.direct(call -> false));

    asks(PEER, MONA, "ours", NONE);
    asks(PEER, MONA, "absent", NONE);
    assertThat(lookedUp).as("the store was not even asked").isEmpty();
    asks(PEER, LISA, "absent", NONE);
    asks(PEER, LISA, "ours", DATA);
    assertThat(lookedUp).hasSize(2);
  }

  @Test
  void mayFetch_byDomainOfTheRequester_letsThatDomainAlone() throws Exception {
    rule(call -> call.from().filter(from -> from.domain().equals("example.org")).isPresent());

    asks(PEER, MONA, "ours", DATA);
    asks("nurse@example.org", MONA, "ours", DATA);
    asks("example.org", MONA, "ours", DATA);
    asks(STRANGER, MONA, "ours", NONE);
    asks("example.org@example.net/example.org", MONA, "ours", NONE);
  }

  @Test
  void mayFetch_eachCall_isAboutOurJidThePeerAndTheContentId() throws Exception {
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    rule(
        call ->
            asked.add(
                call.jid().orElseThrow() + " " + call.from().orElseThrow() + " " + call.args()));
    asks(PEER, MONA.withResource("x"), "ours", DATA);
    asks(STRANGER, LISA, "absent", NONE);

    assertThat(asked)
        .containsExactly(
            "mona@gateway.example.org/x romeo@example.org/orchard ours",
            "lisa@gateway.example.org mallory@example.org.example.net/x absent");
  }

  @Test
  void mayFetch_chained_passesOnToTheRuleThatItCovers() throws Exception {
    rule(call -> call.args().value().startsWith("public-"));
    bob(us).set(new Bob(ContentId.of("public-1"), "a/b", BobData.utf8("1"), null)).join();
    Registration friends =
        rule(
            ApiScope.jid(MONA),
            ApiHandler.directAsync(
                call ->
                    call.from().filter(Jid.of(PEER)::equals).isPresent()
                        ? CompletableFuture.completedFuture(true)
                        : call.proceed(call.args())));

    asks(PEER, MONA, "ours", DATA);
    asks(STRANGER, MONA, "ours", NONE);
    asks(
        STRANGER,
        MONA,
        "public-1",
        "<data xmlns='urn:xmpp:bob' cid='public-1' type='a/b'>MQ==</data>");
    friends.close();
    asks(PEER, MONA, "ours", NONE);
  }

  @Test
  @DisplayName("B5: a rule that fails, or gives null, lets nobody in and says nothing of why")
  void mayFetch_fails_isAnErrorAndLooksNothingUp() throws Exception {
    for (ApiHandler<ContentId, Boolean> rule : FailingRules.<ContentId>all()) {
      try (Registration registered = rule(ApiScope.everywhere(), rule)) {
        CountDownLatch answered = new CountDownLatch(1);
        wire.onAnswer(answered::countDown);
        int before = wire.answers().size();
        deliver(us, request(PEER, MONA, "ours"));
        await(answered);
        assertThat(wire.answers().stream().skip(before)).containsExactly(reply(PEER, MONA, FAILED));
      }
    }
    assertThat(lookedUp).isEmpty();
  }

  @Test
  void mayFetch_failsWithAStanzaError_tellsThePeerThat() throws Exception {
    rule(
        call -> {
          throw new StanzaErrorException(StanzaError.of(Condition.NOT_ALLOWED));
        });

    asks(PEER, MONA, "ours", error("cancel", "not-allowed"));
    assertThat(lookedUp).isEmpty();
  }

  @Test
  @DisplayName("a rule may take its time: other stanzas are taken and others served meanwhile")
  void mayFetch_slow_holdsNobodyElseUp() throws Exception {
    CompletableFuture<Boolean> word = new CompletableFuture<>();
    rule(ApiScope.jid(MONA), ApiHandler.directAsync(call -> word));
    CountDownLatch blocked = new CountDownLatch(1);
    rule(
        ApiScope.jid(LISA),
        ApiHandler.blocking(
            call -> {
              await(blocked);
              return false;
            }));
    deliver(us, request(PEER, MONA, "ours"), request(PEER, LISA, "ours"));
    asks(PEER, OTHER, "ours", DATA);
    assertThat(wire.answers()).as("the other two wait").hasSize(1);

    CountDownLatch answered = new CountDownLatch(2);
    wire.onAnswer(answered::countDown);
    word.complete(true);
    blocked.countDown();
    await(answered);
    assertThat(wire.answers().stream().skip(1))
        .containsExactlyInAnyOrder(reply(PEER, MONA, DATA), reply(PEER, LISA, NONE));
  }

  @Test
  @DisplayName("a rule may ask the server, and the reader does not wait for itself")
  void mayFetch_asksByARequestOfItsOwn_decidesByTheAnswer() throws Exception {
    Jid server = Jid.of("example.org");
    rule(
        ApiScope.everywhere(),
        ApiHandler.directAsync(
            call ->
                us.request(Iq.get(server, LiteralXml.element("<ping xmlns='urn:xmpp:ping'/>")))
                    .handle((pong, refusal) -> true)));
    CountDownLatch answered = new CountDownLatch(1);
    wire.onAnswer(answered::countDown);
    deliver(us, request(PEER, MONA, "ours"));
    await(answered);

    assertThat(wire.answers()).containsExactly(reply(PEER, MONA, DATA));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("B6: items of others are served on only if the application says so, and verified")
  void serveReceived_onOrOff_servesVerifiedItemsOrNone(boolean on) throws Exception {
    us.close();
    serve(on);
    String coucou = "sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org";
    deliver(
        us,
        "<message xmlns='jabber:client' from='%s' to='%s'>%s%s</message>"
            .formatted(PEER, GATEWAY, data(coucou, "Y291Y291"), data("theirs", "eA==")));

    asks(STRANGER, MONA, coucou, on ? data(coucou, "Y291Y291") : NONE);
    asks(STRANGER, MONA, "theirs", NONE);
    asks(PEER, MONA, "theirs", NONE);
    rule(call -> false);
    asks(STRANGER, MONA, coucou, NONE);
  }
}
