package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobException.Reason;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.plugin.BobEvent;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an application hears of data of others. Why data is rejected is in the BadInput tests. */
@Tag("one-path")
class BobEventsTest extends Stage {
  private static final Bob COUCOU = Bob.of("coucou".getBytes(), "text/plain");
  private static final ContentId CID = COUCOU.cid();
  private static final BobEvent PUSHED = new BobEvent.Received(COUCOU, ROMEO, JULIET, false);
  private static final BobEvent FETCHED = new BobEvent.Received(COUCOU, ROMEO, JULIET, true);

  private Clock clock;
  private XmppClient juliet;
  private BobPlugin bob;

  @BeforeEach
  void connect() {
    clock = new Clock();
    juliet = connected(JULIET, builder -> builder.clock(clock));
    bob = bob(juliet);
  }

  private static String message(String data) {
    return "<message xmlns='jabber:client' from='%s' to='%s'>%s</message>"
        .formatted(ROMEO, JULIET, data);
  }

  private void take(String data) {
    bob.take(Stanza.parse(LiteralXml.element(message(data)))).join();
  }

  private static String coucou() {
    return data(CID.value(), "Y291Y291");
  }

  private static String brief(String cid, int seconds) {
    return "<data xmlns='urn:xmpp:bob' cid='%s' max-age='%d' type='text/plain'>Y291Y291</data>"
        .formatted(cid, seconds);
  }

  @Test
  @DisplayName("B10: the application is told of what came and of what was rejected, in its order")
  void onEvent_pushedTakenAndFetched_isToldOfEachInOrder() throws Exception {
    HeardEvents events = new HeardEvents(bob);
    deliver(juliet, message(coucou()));
    String form =
        "<iq xmlns='jabber:client' type='set' id='1' from='%s'><x xmlns='urn:x'>%s</x></iq>";
    bob.take(Stanza.parse(LiteralXml.element(form.formatted(ROMEO, coucou())))).join();
    bob.take(Stanza.parse(LiteralXml.element(form.formatted(ROMEO, data("a", "***"))))).join();
    bob.fetch(ROMEO, CID).join();
    assertThat(events.all())
        .as("what was here already is not received once more")
        .containsExactly(
            PUSHED,
            PUSHED,
            new BobEvent.Rejected(ROMEO, JULIET, ContentId.of("a"), Reason.NOT_BASE64));

    wire.answerData(data("b", "Yg=="));
    Bob b = bob.fetch(ROMEO, ContentId.of("b")).join();
    assertThat(events.all()).containsExactly(new BobEvent.Received(b, ROMEO, JULIET, true));
  }

  @Test
  @DisplayName("B10: a fetch that several callers share is told of once")
  void onEvent_sharedFetch_isToldOnce() throws Exception {
    HeardEvents events = new HeardEvents(bob);
    XmppClient romeo = connected(ROMEO);
    bob(romeo).set(COUCOU).join();
    CountDownLatch answer = new CountDownLatch(1);
    wire.rule(
        stanza -> {
          if (Wire.isRequest(stanza)) {
            await(answer);
          }
          return List.of(stanza);
        });
    List<CompletableFuture<Bob>> fetched = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      fetched.add(bob.fetch(ROMEO, CID));
    }
    answer.countDown();
    fetched.forEach(CompletableFuture::join);

    assertThat(events.all()).containsExactly(FETCHED);
    assertThat(wire.requests()).isEqualTo(1);
  }

  @Test
  @DisplayName("11, B10: what has expired is told of when somebody looks for it, and once")
  void onEvent_expired_isToldOnALookUp() throws Exception {
    HeardEvents events = new HeardEvents(bob);
    take(brief(CID.value(), 10));
    take(brief("x", 20));
    take(brief("never", 0));
    events.all();
    clock.advance(Duration.ofSeconds(10).minusNanos(1));
    assertThat(bob.get(CID).join()).isPresent();
    assertThat(events.all()).isEmpty();
    clock.advance(Duration.ofNanos(1));
    assertThat(bob.get(CID).join()).isEmpty();
    assertThat(bob.get(CID).join()).isEmpty();

    assertThat(events.all()).containsExactly(new BobEvent.Expired(new BobKey(Shelf.VERIFIED, CID)));
    clock.advance(Duration.ofSeconds(10));
    take(coucou());
    assertThat(events.all())
        .containsExactly(
            new BobEvent.Expired(new BobKey(new Shelf.From(ROMEO), ContentId.of("x"))), PUSHED);
  }

  @Test
  @DisplayName("11: what has expired is told of when nobody looks for it")
  void onEvent_expiredAndNobodyCalls_isTold() throws Exception {
    HeardEvents events = new HeardEvents(bob);
    deliver(juliet, message(brief("x", 1)));
    assertThat(events.next()).isInstanceOf(BobEvent.Received.class);
    clock.advance(Duration.ofSeconds(1));

    assertThat(events.next())
        .isEqualTo(new BobEvent.Expired(new BobKey(new Shelf.From(ROMEO), ContentId.of("x"))));
  }

  @Test
  @DisplayName(
      "what is received is there for who is told of it, also in a store that takes its time")
  void onEvent_received_isToldWhenItIsKept() throws Exception {
    CountDownLatch mayKeep = new CountDownLatch(1);
    juliet
        .api()
        .register(
            BobMethods.SET_BOB,
            ApiScope.everywhere(),
            ApiHandler.blocking(
                call -> {
                  await(mayKeep);
                  return call.proceed(call.args()).toCompletableFuture().join();
                }));
    HeardEvents events = new HeardEvents(bob);
    Queue<Boolean> there = new ConcurrentLinkedQueue<>();
    bob.onEvent(
        event -> {
          if (event instanceof BobEvent.Received received) {
            there.add(bob.get(received.bob().cid()).join().isPresent());
          }
        });
    deliver(juliet, message(coucou()), message(brief("never", 0)));
    assertThat(events.all()).as("max-age 0: at once").hasSize(1);
    wire.answerData(data("fetched", "Yg=="));
    CompletableFuture<Bob> fetched = bob.fetch(ROMEO, ContentId.of("fetched"));
    settle(juliet);
    assertThat(events.all()).isEmpty();
    mayKeep.countDown();
    fetched.join();

    assertThat(List.of(events.next(), events.next()))
        .extracting(event -> ((BobEvent.Received) event).asked())
        .containsExactlyInAnyOrder(false, true);
    events.all();
    assertThat(there).hasSize(3).contains(true);
  }

  @Test
  @DisplayName("an event says which JID of ours was meant")
  void onEvent_toOneOfOurJids_namesIt() throws Exception {
    Jid mona = Jid.of("mona@gateway.example.org");
    HeardEvents events = new HeardEvents(bob);
    String toMona = message(coucou() + data("a", "***")).replace(JULIET.toString(), "" + mona);
    bob.take(Stanza.parse(LiteralXml.element(toMona))).join();
    String toNone = message(coucou()).replace(" to='" + JULIET + "'", "");
    bob.take(Stanza.parse(LiteralXml.element(toNone))).join();

    assertThat(events.all())
        .containsExactlyInAnyOrder(
            new BobEvent.Received(COUCOU, ROMEO, mona, false),
            new BobEvent.Rejected(ROMEO, mona, ContentId.of("a"), Reason.NOT_BASE64),
            PUSHED);
  }

  @Test
  @DisplayName("take() of a message that came gives what was taken, and nothing is told twice")
  void onEvent_takeOfWhatCame_isToldOnce() throws Exception {
    HeardEvents events = new HeardEvents(bob);
    Queue<Bob> handed = new ConcurrentLinkedQueue<>();
    juliet.onMessage(message -> handed.addAll(bob.take(message).join()));
    deliver(juliet, message(brief("never", 0)));

    assertThat(handed).hasSize(1);
    assertThat(events.all()).hasSize(1);
  }

  @Test
  @DisplayName("10: what is hosted expires without an event: it is nobody else's")
  void onEvent_hostedItemExpires_isNotTold() throws Exception {
    HeardEvents events = new HeardEvents(bob);
    bob.set(COUCOU, Duration.ofSeconds(10)).join();
    clock.advance(Duration.ofSeconds(10));
    assertThat(bob.get(CID).join()).isEmpty();

    assertThat(events.all()).isEmpty();
  }

  @Test
  void onEvent_listenerThatThrows_keepsNothingFromOthersAndFromTheFetch() throws Exception {
    bob.onEvent(
        event -> {
          throw new AssertionError("a listener of a test that fails");
        });
    HeardEvents events = new HeardEvents(bob);
    wire.answerData(coucou());

    assertThat(bob.fetch(ROMEO, CID).join()).isEqualTo(COUCOU);
    assertThat(events.all()).containsExactly(FETCHED);
  }

  @Test
  @DisplayName(
      "B10: a slow listener holds up no stanza and no fetch, and hears all in order afterwards")
  void onEvent_slowListener_holdsUpNothing() throws Exception {
    CountDownLatch mayGoOn = new CountDownLatch(1);
    bob.onEvent(event -> await(mayGoOn));
    HeardEvents events = new HeardEvents(bob);
    deliver(juliet, message(data("a", "***")), message(data("b", "***")));
    wire.answerData(coucou());
    assertThat(bob.fetch(ROMEO, CID).get(10, TimeUnit.SECONDS)).isEqualTo(COUCOU);
    mayGoOn.countDown();

    assertThat(events.all())
        .containsExactly(
            new BobEvent.Rejected(ROMEO, JULIET, ContentId.of("a"), Reason.NOT_BASE64),
            new BobEvent.Rejected(ROMEO, JULIET, ContentId.of("b"), Reason.NOT_BASE64),
            FETCHED);
  }

  @Test
  void close_registration_endsItForThatListenerAlone() throws Exception {
    Queue<BobEvent> heard = new ConcurrentLinkedQueue<>();
    Registration registration = bob.onEvent(heard::add);
    HeardEvents events = new HeardEvents(bob);
    take(coucou());
    events.all();
    registration.close();
    registration.close();
    take(coucou());

    assertThat(events.all()).containsExactly(PUSHED);
    assertThat(heard).contains(PUSHED).doesNotHaveDuplicates();
  }

  @Test
  void disable_plugin_endsAllListeners() throws Exception {
    Queue<BobEvent> heard = new ConcurrentLinkedQueue<>();
    bob.onEvent(heard::add);
    juliet.disablePlugin("xep_0231");
    juliet.enablePlugin("xep_0231");
    HeardEvents events = new HeardEvents(bob(juliet));
    deliver(juliet, message(coucou()));

    assertThat(events.all()).containsExactly(PUSHED);
    assertThat(heard).isEmpty();
  }
}
