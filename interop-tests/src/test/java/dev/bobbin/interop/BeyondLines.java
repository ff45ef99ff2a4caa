package dev.bobbin.interop;

import static dev.bobbin.interop.OnARealServer.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.LiteralPeer;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobException.Reason;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.plugin.BobEvent;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the standard does not say, and what peers would get wrong or abuse. */
abstract class BeyondLines extends Lines {
  /** Room for some eight items of a KiB. */
  private static final int CACHE_BYTES = 10_000;

  private static final Jid MALLORY = Jid.of("benvolio@example.org/lines");
  private static final String OTHER_CID =
      "sha1+d0941e68da8f38151ff86a61fc59f7c5cf9fcaa2@bob.xmpp.org";
  private static final String KIBIBYTE = "AAAA".repeat(341) + "AA==";

  BeyondLines(Place place) {
    super(place);
  }

  @Override
  XmppClientBuilder configured(XmppClientBuilder builder) {
    return builder.setting("xep_0231", "cache-bytes", Integer.toString(CACHE_BYTES));
  }

  @Test
  @DisplayName("B1: a reply's content-id must be the one asked for")
  void fetch_answerWithAnotherContentId_isRejected() {
    rejects(Reason.OTHER_CONTENT_ID, "x", data("y", COUCOU_TEXT));
    rejects(Reason.OTHER_CONTENT_ID, COUCOU_CID, data("x", COUCOU_TEXT));

    assertThat(fetch("y", data("y", COUCOU_TEXT)).data())
        .as("the other one was not kept either")
        .isEqualTo(COUCOU.data());
  }

  @Test
  @DisplayName("beyond: a reply without data is none")
  void fetch_answerWithoutData_isRejected() {
    rejects(Reason.NO_DATA, "x", "");
    rejects(Reason.NO_DATA, "x", data("x", ""));
    rejects(Reason.NO_DATA, COUCOU_CID, data(COUCOU_CID, " "));
    rejects(Reason.NO_DATA, "x", "<data xmlns='urn:other' cid='x' type='a/b'>YQ==</data>");
  }

  @Test
  @DisplayName("B2: a reply counts only from the JID that was asked")
  void fetch_answerOfAnother_doesNotCount() {
    LiteralPeer mallory = another(MALLORY);
    CompletableFuture<Bob> fetching = fetch("x");
    String id = heardRequest("x");

    mallory.say(
        "<iq type='result' id='%s' to='juliet@example.org/lines'>%s</iq>"
            .formatted(id, data("x", "b3RoZXI=")));
    mallory.say("<message to='juliet@example.org/lines' id='forged'/>");
    came("forged");
    assertThat(fetching).isNotDone();

    answer(id, data("x", COUCOU_TEXT));
    assertThat(await(fetching).data()).isEqualTo(COUCOU.data());
    CompletableFuture<Bob> theirs = bob().fetch(MALLORY, ContentId.of("x"));
    heard(
        mallory,
        "<iq type='get' id='ID' from='juliet@example.org/lines' to='benvolio@example.org/lines'>"
            + (wanted("x") + "</iq>"));
    assertThat(theirs).isNotDone();
  }

  @Test
  @DisplayName("beyond: an answer that nobody asked for is nothing")
  void receive_answerToNothing_isNotTaken() {
    answer("nobody-asked", COUCOU_DATA);
    taken();

    assertThat(has(COUCOU_CID)).isFalse();
  }

  @Test
  @DisplayName("B3: hosted items are not overwritten by received ones")
  void push_ofWhatWeHost_changesNothing() {
    Bob ours = new Bob(ContentId.of("x"), "text/plain", BobData.utf8("ours"), null);
    await(bob().set(ours));
    await(bob().set(COUCOU));

    push(data("x", COUCOU_TEXT) + data(COUCOU_CID, "max-age='1' type='a/b'", COUCOU_TEXT));

    ask("a", "x");
    heardResult("a", data("x", "b3Vycw=="));
    ask("b", COUCOU_CID);
    heardResult("b", COUCOU_DATA);
  }

  @Test
  @DisplayName("B3, B4: a sender pushes out what is its own, not another's and not what we host")
  void push_moreThanThereIsRoomFor_pushesOutItsOwn() {
    LiteralPeer mallory = another(MALLORY);
    await(bob().set(COUCOU));
    push(data("x", COUCOU_TEXT));

    for (int i = 0; i < 32; i++) {
      mallory.say(
          "<message to='juliet@example.org/lines'>%s</message>".formatted(data("m" + i, KIBIBYTE)));
    }
    mallory.say("<message to='juliet@example.org/lines' id='much'/>");
    came("much");

    assertThat(await(fetch("x")).data()).isEqualTo(COUCOU.data());
    quiet();
    ask("a", COUCOU_CID);
    heardResult("a", COUCOU_DATA);
    assertThat(await(bob().fetch(MALLORY, ContentId.of("m31"))).data().size()).isEqualTo(1024);
    assertThat(bob().fetch(MALLORY, ContentId.of("m0"))).as("it is asked for").isNotDone();
  }

  @Test
  @DisplayName("B6: what was received is not served on")
  void request_forWhatWasReceived_isItemNotFound() {
    push(COUCOU_DATA + data("x", COUCOU_TEXT));

    for (String cid : new String[] {COUCOU_CID, "x"}) {
      ask("a", cid);
      heardError("a", "cancel", "item-not-found");
    }
  }

  @Test
  @DisplayName("B5: who may fetch is a rule of the application; refused looks like absent")
  void request_refusedByARule_isItemNotFound() {
    await(bob().set(COUCOU));
    LiteralPeer friend = another(MALLORY);
    try (Registration rule =
        us.api()
            .register(
                BobMethods.GET_BOB,
                ApiScope.everywhere(),
                call ->
                    call.from().filter(PEER::equals).isPresent()
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : call.proceed(call.args()))) {
      ask("a", COUCOU_CID);
      heardError("a", "cancel", "item-not-found");
      friend.say(
          "<iq type='get' id='a' to='juliet@example.org/lines'>" + wanted(COUCOU_CID) + "</iq>");
      heard(
          friend,
          "<iq type='result' id='a' from='juliet@example.org/lines' to='benvolio@example.org/lines'>"
              + (COUCOU_DATA + "</iq>"));
    }
    ask("b", COUCOU_CID);
    heardResult("b", COUCOU_DATA);
  }

  @Test
  @DisplayName("B7: concurrent requests for the same of one JID share one IQ")
  void fetch_sameAtOnce_sharesOneRequest() {
    CompletableFuture<Bob> first = fetch("x");
    CompletableFuture<Bob> second = fetch("x");
    CompletableFuture<Bob> third = fetch("x");
    assertThat(second.cancel(true)).isTrue();

    String id = heardRequest("x");
    quiet();
    answer(id, data("x", COUCOU_TEXT));
    assertThat(await(first).data()).isEqualTo(COUCOU.data());
    assertThat(await(third)).isEqualTo(await(first));
  }

  @Test
  @DisplayName("B9: what a server returns in an error, data included, is not taken")
  void push_toNobody_echoIsNotTaken() {
    Jid nobody = Jid.of("benvolio@example.org/nowhere");
    await(
        us.send(
            Message.of(Message.Type.NORMAL, nobody)
                .withId("returned")
                .withChild(LiteralXml.element(COUCOU_DATA))));
    Message returned = came("returned");

    assertThat(returned.type()).isEqualTo(Message.Type.ERROR);
    assertThat(await(bob().take(returned))).isEmpty();
    assertThat(has(COUCOU_CID)).isFalse();
    assertThatThrownBy(() -> await(bob().fetch(nobody, COUCOU.cid())))
        .hasMessageContaining("service-unavailable");
  }

  @Test
  @DisplayName("B5: who may fetch is asked before anything is looked up")
  void request_notAllowed_isItemNotFoundWithoutALookUp() {
    await(bob().set(COUCOU));
    List<ContentId> asked = new CopyOnWriteArrayList<>();
    List<BobKey> lookedUp = new CopyOnWriteArrayList<>();
    us.api()
        .register(
            BobMethods.MAY_FETCH,
            ApiScope.everywhere(),
            ApiHandler.direct(
                call -> {
                  asked.add(call.args());
                  return !call.from().equals(Optional.of(PEER));
                }));
    us.api()
        .register(
            BobMethods.GET_BOB,
            ApiScope.everywhere(),
            call -> {
              lookedUp.add(call.args());
              return call.proceed(call.args());
            });

    ask("a", COUCOU_CID);
    heardError("a", "cancel", "item-not-found");
    ask("b", "absent");
    heardError("b", "cancel", "item-not-found");
    assertThat(asked).containsExactly(COUCOU.cid(), ContentId.of("absent"));
    assertThat(lookedUp).isEmpty();
  }

  @Test
  @DisplayName("B8: too many requests get resource-constraint, type wait, until time has passed")
  void request_overTheBudget_isToWait() {
    restart(builder -> builder.maxItemBytes(8).servedBytesPerSecond(128));
    await(bob().set(COUCOU));
    LiteralPeer benvolio = another(MALLORY);

    ask("a", COUCOU_CID); // 512 for an answer and 6 for the data, of eight seconds' 1024
    heardResult("a", COUCOU_DATA);
    ask("b", "absent");
    heardError("b", "wait", "resource-constraint");
    benvolio.say("<iq type='get' id='a' to='juliet@example.org/lines'>" + wanted("x") + "</iq>");
    heard(
        benvolio,
        "<iq type='error' id='a' from='juliet@example.org/lines' to='benvolio@example.org/lines'>"
            + ("<error type='cancel'><item-not-found " + STANZAS + "/></error></iq>"));

    advance(Duration.ofSeconds(8));
    ask("c", COUCOU_CID);
    heardResult("c", COUCOU_DATA);
  }

  @Test
  @DisplayName("B6: what was received and verified is served on when the application says so")
  void request_servingReceived_servesWhatIsVerified() {
    restart(builder -> builder.serveReceived(true));
    push(COUCOU_DATA + data("x", COUCOU_TEXT));

    ask("a", COUCOU_CID);
    heardResult("a", COUCOU_DATA);
    ask("b", "x");
    heardError("b", "cancel", "item-not-found");
  }

  @Test
  @DisplayName("B10: the application is told of what came, what was not taken, and what expired")
  void onEvent_dataOfOthers_isToldOf() throws Exception {
    BlockingQueue<BobEvent> events = new LinkedBlockingQueue<>();
    bob().onEvent(events::add);

    fetch(COUCOU_CID, COUCOU_DATA);
    push(data("x", "max-age='1' type='text/plain'", COUCOU_TEXT) + "<data xmlns='urn:xmpp:bob'/>");
    rejects(Reason.HASH_MISMATCH, OTHER_CID, data(OTHER_CID, COUCOU_TEXT));
    advance(Duration.ofSeconds(1));
    CompletableFuture<Bob> again = fetch("x");
    answer(heardRequest("x"), data("x", "type='text/plain' max-age='0'", COUCOU_TEXT));
    await(again);

    ContentId x = ContentId.of("x");
    Bob theirs = new Bob(x, "text/plain", COUCOU.data(), Duration.ofSeconds(1));
    for (BobEvent expected :
        List.of(
            new BobEvent.Received(COUCOU, PEER, US, true),
            new BobEvent.Received(theirs, PEER, US, false),
            new BobEvent.Rejected(PEER, US, null, Reason.MALFORMED_CONTENT_ID),
            new BobEvent.Rejected(PEER, US, ContentId.of(OTHER_CID), Reason.HASH_MISMATCH),
            new BobEvent.Expired(new BobKey(new Shelf.From(PEER), x)),
            new BobEvent.Received(theirs.withMaxAge(Duration.ZERO), PEER, US, true))) {
      assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo(expected);
    }
  }
}
