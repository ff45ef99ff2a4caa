package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobException;
import dev.bobbin.xmpp.bob.BobException.Reason;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.BobOffer;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.plugin.BobEvent;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is taken of what others send: the application's rules, asked before data is decoded. */
@Tag("one-path")
class TakeRulesTest extends Stage {
  private static final Bob COUCOU =
      Bob.of("coucou".getBytes(), "text/plain").withMaxAge(Duration.ZERO);
  private static final ContentId CID = COUCOU.cid();

  private XmppClient juliet;
  private HeardEvents events;

  @BeforeEach
  void connect() {
    juliet = connected(JULIET);
    events = new HeardEvents(bob(juliet));
  }

  private Registration rule(ApiHandler<BobOffer, Boolean> rule) {
    return juliet.api().register(BobMethods.MAY_TAKE, ApiScope.everywhere(), rule);
  }

  /** What is handed over and not kept, so that the next test asks for it again. */
  private static String item(String cid, String type, String base64) {
    return "<data xmlns='urn:xmpp:bob' cid='%s' max-age='0' type='%s'>%s</data>"
        .formatted(cid, type, base64);
  }

  private static String coucou() {
    return item(CID.value(), "text/plain", "Y291Y291");
  }

  private static String message(String... data) {
    return "<message xmlns='jabber:client' from='%s' to='%s'>%s</message>"
        .formatted(ROMEO, JULIET, String.join("", data));
  }

  private CompletableFuture<List<Bob>> take(String... data) {
    return bob(juliet).take(Stanza.parse(LiteralXml.element(message(data))));
  }

  private static BobEvent rejected(ContentId cid, Reason reason) {
    return new BobEvent.Rejected(ROMEO, JULIET, cid, reason);
  }

  private void fetchFails(Reason reason, String message) {
    assertThatThrownBy(() -> bob(juliet).fetch(ROMEO, CID).join())
        .cause()
        .isInstanceOfSatisfying(BobException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessage(message + " (docs/errors.md#rejected-data)");
  }

  @Test
  @DisplayName("22: the application is told what is offered, by whom and to whom")
  void mayTake_eachOffer_isDescribedAsItsSenderDoes() throws Exception {
    Queue<String> offers = new ConcurrentLinkedQueue<>();
    rule(
        ApiHandler.direct(
            call ->
                offers.add(
                    call.jid().orElseThrow()
                        + " "
                        + call.from().orElseThrow()
                        + " "
                        + call.args())));
    deliver(juliet, message(coucou(), item("x", "text/plain; a=\"b c\"", "***=")));
    wire.answerData(coucou());
    bob(juliet).fetch(ROMEO, CID).join();

    String prefix = "juliet@example.org/balcony romeo@example.org/orchard BobOffer[cid=";
    assertThat(offers)
        .containsExactly(
            prefix + CID + ", type=text/plain, size=6, asked=false]",
            prefix + "x, type=text/plain; a=\"b c\", size=2, asked=false]",
            prefix + CID + ", type=text/plain, size=6, asked=true]");
  }

  @Test
  @DisplayName("22: refused by type or size before it is decoded: what is no Base64 is refused too")
  void mayTake_refusesByTypeOrSize_isAskedBeforeDecoding() throws Exception {
    rule(
        ApiHandler.direct(
            call -> call.args().type().startsWith("image/") && call.args().size() <= 6));
    String tooMany = "AAAA".repeat(3);
    deliver(
        juliet,
        message(
            item("text", "text/plain", "****"),
            item("large", "image/png", tooMany),
            item("bad", "image/png", "****"),
            item("good", "image/png", "Y291Y291")));

    assertThat(events.all())
        .containsExactly(
            rejected(ContentId.of("text"), Reason.REFUSED),
            rejected(ContentId.of("large"), Reason.REFUSED),
            rejected(ContentId.of("bad"), Reason.NOT_BASE64),
            new BobEvent.Received(
                new Bob(ContentId.of("good"), "image/png", BobData.utf8("coucou"), Duration.ZERO),
                ROMEO,
                JULIET,
                false));
  }

  @Test
  @DisplayName("22: what is fetched is refused as well, before its hash is looked at")
  void mayTake_refusesWhatIsFetched_failsWithRefused() throws Exception {
    rule(ApiHandler.direct(call -> false));
    for (String base64 : List.of("Y291Y291", "d3Jvbmc=", "***")) {
      wire.answerData(item(CID.value(), "text/plain", base64));
      fetchFails(Reason.REFUSED, "The handler of xep_0231.may_take said no");
      assertThat(events.all()).containsExactly(rejected(CID, Reason.REFUSED));
    }
  }

  @Test
  @DisplayName("what is malformed anyway does not bother the application")
  void mayTake_malformedOffers_areNotAskedAbout() throws Exception {
    Queue<BobOffer> asked = new ConcurrentLinkedQueue<>();
    rule(ApiHandler.direct(call -> asked.add(call.args())));
    deliver(
        juliet,
        message(
            item("", "a/b", "YQ=="),
            item("x", "a/b", "YQ==<a/>"),
            item("x", "a", "YQ=="),
            item("x", "a/b", " "),
            item("x", "a/b", "AAAA".repeat(2731))));

    assertThat(asked).isEmpty();
    assertThat(events.all()).hasSize(5);
  }

  @Test
  @DisplayName("22: a person may answer later; other stanzas are taken meanwhile")
  void mayTake_answersLater_holdsNobodyUp() throws Exception {
    CompletableFuture<Boolean> word = new CompletableFuture<>();
    rule(ApiHandler.directAsync(call -> word));
    deliver(juliet, message(coucou()));
    CompletableFuture<List<Bob>> taken = take(coucou(), item("bad", "a/b", "***"));
    wire.answerData(coucou());
    CompletableFuture<Bob> fetched = bob(juliet).fetch(ROMEO, CID);
    settle(juliet);
    assertThat(events.all()).as("nothing was decided").isEmpty();
    assertThat(taken).isNotDone();
    assertThat(fetched).isNotDone();

    word.complete(true);
    assertThat(taken.join()).containsExactly(COUCOU);
    assertThat(fetched.join()).isEqualTo(COUCOU);
    assertThat(events.all())
        .containsExactlyInAnyOrder(
            new BobEvent.Received(COUCOU, ROMEO, JULIET, false),
            new BobEvent.Received(COUCOU, ROMEO, JULIET, false),
            rejected(ContentId.of("bad"), Reason.NOT_BASE64),
            new BobEvent.Received(COUCOU, ROMEO, JULIET, true));
  }

  @Test
  @DisplayName("22: a handler may block, and the reader goes on")
  void mayTake_blocks_holdsNobodyUp() throws Exception {
    CountDownLatch word = new CountDownLatch(1);
    rule(
        ApiHandler.blocking(
            call -> {
              await(word);
              return false;
            }));
    deliver(juliet, message(coucou()));
    CompletableFuture<List<Bob>> taken = take(coucou());
    assertThat(taken).isNotDone();
    word.countDown();

    assertThat(taken.join()).isEmpty();
  }

  @Test
  @DisplayName(
      "22: 32 pushed items of a sender may wait for the word; what we asked for always may")
  void mayTake_tooManyUndecidedOfOne_areRejectedAndOthersNot() throws Exception {
    CompletableFuture<Boolean> word = new CompletableFuture<>();
    Registration person = rule(ApiHandler.directAsync(call -> word));
    String[] many = items(34);
    CompletableFuture<List<Bob>> taken = take(many);
    assertThat(events.all())
        .containsExactly(
            rejected(ContentId.of("n32"), Reason.TOO_MANY),
            rejected(ContentId.of("n33"), Reason.TOO_MANY));
    assertThat(taken).as("the others wait").isNotDone();
    CompletableFuture<List<Bob>> resources = takeFrom("romeo@example.org/mantua", coucou());
    assertThat(resources)
        .as("resources of a sender share its places")
        .isCompletedWithValue(List.of());
    CompletableFuture<List<Bob>> nurses = takeFrom("nurse@example.org/hall", coucou());
    assertThat(nurses).isNotDone();
    wire.answerData(coucou());
    CompletableFuture<Bob> fetched = bob(juliet).fetch(ROMEO, CID);
    settle(juliet);

    word.complete(true);
    assertThat(fetched.join()).isEqualTo(COUCOU);
    assertThat(nurses.join()).containsExactly(COUCOU);
    assertThat(taken.join()).hasSize(32);
    person.close();
    CompletableFuture<Boolean> another = new CompletableFuture<>();
    rule(ApiHandler.directAsync(call -> another));
    events.all();
    take(many);
    assertThat(events.all()).as("there is room for 32 again").hasSize(2);
  }

  @Test
  @DisplayName("22: 256 pushed items of all senders may wait for the word at once")
  void mayTake_tooManyUndecidedOfAll_areRejected() throws Exception {
    CompletableFuture<Boolean> word = new CompletableFuture<>();
    rule(ApiHandler.directAsync(call -> word));
    for (int i = 0; i < 9; i++) {
      takeFrom("n" + i + "@example.org", items(30));
    }

    assertThat(events.all()).hasSize(9 * 30 - 256);
  }

  @Test
  @DisplayName("22: what waits for the word holds its data and nothing else of the stanza")
  void mayTake_undecided_doesNotHoldTheStanza() throws Exception {
    CompletableFuture<Boolean> word = new CompletableFuture<>();
    rule(ApiHandler.directAsync(call -> word));
    List<CompletableFuture<List<Bob>>> taken = new ArrayList<>();
    ReferenceQueue<XmlElement> gone = new ReferenceQueue<>();
    WeakReference<XmlElement> element = takeAndForget(taken, gone);
    Reference<?> cleared = null;
    for (int i = 0; i < 100 && cleared == null; i++) {
      System.gc();
      cleared = gone.remove(100);
    }
    assertThat(cleared).as("the element can be collected").isSameAs(element);

    word.complete(true);
    assertThat(taken.get(0).join()).containsExactly(COUCOU);
  }

  /** In a method of its own, so that no variable of the test refers to the element. */
  private WeakReference<XmlElement> takeAndForget(
      List<CompletableFuture<List<Bob>>> taken, ReferenceQueue<XmlElement> gone) {
    Stanza stanza = Stanza.parse(LiteralXml.element(message("<x xmlns='urn:x'/>", coucou())));
    taken.add(bob(juliet).take(stanza));
    XmlElement data = stanza.element().child("data", "urn:xmpp:bob").orElseThrow();
    return new WeakReference<>(data, gone);
  }

  private static String[] items(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> item("n" + i, "a/b", "YQ=="))
        .toArray(String[]::new);
  }

  private CompletableFuture<List<Bob>> takeFrom(String sender, String... data) {
    String stanza = message(data).replace(ROMEO.toString(), sender);
    return bob(juliet).take(Stanza.parse(LiteralXml.element(stanza)));
  }

  @Test
  @DisplayName("22: what take() is asked for after the plugin took it is not asked about again")
  void mayTake_takeOfWhatCame_isAskedOnce() throws Exception {
    Queue<BobOffer> asked = new ConcurrentLinkedQueue<>();
    rule(ApiHandler.direct(call -> asked.add(call.args())));
    Queue<Bob> handed = new ConcurrentLinkedQueue<>();
    juliet.onMessage(message -> handed.addAll(bob(juliet).take(message).join()));
    juliet.onPresence(presence -> handed.addAll(bob(juliet).take(presence).join()));
    String presence = message(coucou()).replace("message", "presence");
    deliver(juliet, message(coucou()), presence, message(coucou()));

    assertThat(handed).containsExactly(COUCOU, COUCOU, COUCOU);
    assertThat(asked).as("equal ones are two").hasSize(3);
    assertThat(events.all()).hasSize(3);
  }

  @Test
  @DisplayName("22: a handler that fails, or gives null, has not said yes")
  void mayTake_fails_isANo() throws Exception {
    wire.answerData(coucou());
    for (ApiHandler<BobOffer, Boolean> rule : FailingRules.<BobOffer>all()) {
      try (Registration registered = rule(rule)) {
        assertThat(take(coucou()).join()).isEmpty();
        fetchFails(Reason.REFUSED, "The handler of xep_0231.may_take said no");
        assertThat(events.all())
            .containsExactly(rejected(CID, Reason.REFUSED), rejected(CID, Reason.REFUSED));
      }
    }
  }

  @Test
  void mayTake_forOneOfOurJids_isAskedForThatAlone() throws Exception {
    Jid other = JULIET.withResource("tomb");
    juliet
        .api()
        .register(BobMethods.MAY_TAKE, ApiScope.jid(other), ApiHandler.direct(call -> false));
    assertThat(take(coucou()).join()).containsExactly(COUCOU);
    assertThat(
            bob(juliet)
                .take(
                    Stanza.parse(
                        LiteralXml.element(
                            message(coucou()).replace(JULIET.toString(), other.toString()))))
                .join())
        .isEmpty();
  }
}
