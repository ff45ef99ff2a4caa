package dev.bobbin.interop;

import static dev.bobbin.interop.OnARealServer.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.LiteralPeer;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobException.Reason;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.BobOffer;
import dev.bobbin.xmpp.bob.ContentId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requests that are not answered with data (XEP-0231 sections 2.3 and 4). */
abstract class RefusingLines extends Lines {
  RefusingLines(Place place) {
    super(place);
  }

  /** The peer answers our request with an error, before which it may repeat what it was asked. */
  private void refused(String echo, String type, Condition condition) {
    CompletableFuture<Bob> fetching = fetch(COUCOU_CID);
    peer.say(
        "<iq type='error' id='%s' to='juliet@example.org/lines'>%s<error type='%s'><%s %s/></error></iq>"
            .formatted(heardRequest(COUCOU_CID), echo, type, name(condition), STANZAS));

    assertThatThrownBy(() -> await(fetching))
        .isInstanceOfSatisfying(
            StanzaErrorException.class,
            e -> {
              assertThat(e.condition()).isEqualTo(condition);
              assertThat(e.error().type().value()).isEqualTo(type);
              assertThat(e.from()).contains(PEER);
            });
    assertThat(has(COUCOU_CID)).isFalse();
  }

  private static String name(Condition condition) {
    return condition.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Test
  @DisplayName("7: what we do not host is item-not-found, of type cancel")
  void request_unknown_isItemNotFound() {
    ask("a", COUCOU_CID);

    heardError("a", "cancel", "item-not-found");
  }

  @Test
  @DisplayName("7: what we host no more is so too")
  void request_deleted_isItemNotFound() {
    await(bob().set(COUCOU));
    ask("a", COUCOU_CID);
    heardResult("a", COUCOU_DATA);
    await(bob().delete(COUCOU.cid()));

    ask("b", COUCOU_CID);
    heardError("b", "cancel", "item-not-found");
  }

  @Test
  @DisplayName("7: a peer's item-not-found reaches the application, and is not remembered")
  void fetch_unknown_isItemNotFoundAndAskedAgain() {
    refused("", "cancel", Condition.ITEM_NOT_FOUND);

    assertThat(fetch(COUCOU_CID, COUCOU_DATA)).isEqualTo(COUCOU);
  }

  @Test
  @DisplayName("7: data that an error repeats is no data")
  void fetch_errorWithData_isAnError() {
    refused(COUCOU_DATA, "cancel", Condition.ITEM_NOT_FOUND);
    refused(wanted(COUCOU_CID), "wait", Condition.RESOURCE_CONSTRAINT);
  }

  @Test
  @DisplayName("8: an IQ-set with data is feature-not-implemented, and nothing is taken from it")
  void request_set_isNotImplemented() {
    peer.say("<iq type='set' id='a' to='juliet@example.org/lines'>" + COUCOU_DATA + "</iq>");
    heardError("a", "cancel", "feature-not-implemented");
    assertThat(has(COUCOU_CID)).isFalse();

    peer.say("<iq type='set' id='b' to='juliet@example.org/lines'>" + wanted("x") + "</iq>");
    heardError("b", "cancel", "feature-not-implemented");
  }

  @Test
  @DisplayName("8: while the plugin is off, a request is service-unavailable, never silence")
  void request_pluginOff_isServiceUnavailable() {
    us.disablePlugin("xep_0231");
    try {
      ask("a", COUCOU_CID);
      heardError("a", "cancel", "service-unavailable");
    } finally {
      us.enablePlugin("xep_0231");
    }
  }

  /** Has every offer answered so, for this test or until it is closed. */
  private Registration deciding(ApiHandler<BobOffer, Boolean> rule) {
    return us.api().register(BobMethods.MAY_TAKE, ApiScope.everywhere(), rule);
  }

  @Test
  @DisplayName("22: what the application refuses is not decoded, not kept and not handed over")
  void receive_refused_isNotProcessed() {
    List<BobOffer> offers = new CopyOnWriteArrayList<>();
    List<Optional<Jid>> senders = new CopyOnWriteArrayList<>();

    try (Registration refusing =
        deciding(
            ApiHandler.direct(
                call -> {
                  offers.add(call.args());
                  senders.add(call.from());
                  return false;
                }))) {
      rejects(Reason.REFUSED, COUCOU_CID, COUCOU_DATA);
      assertThat(await(bob().take(push(data("x", "!!!!"))))).isEmpty();
    }

    assertThat(offers)
        .containsExactly(
            new BobOffer(COUCOU.cid(), "text/plain", 6, true),
            new BobOffer(ContentId.of("x"), "text/plain", 3, false));
    assertThat(senders).containsOnly(Optional.of(PEER));
    assertThat(has(COUCOU_CID)).isFalse();
    assertThat(fetch(COUCOU_CID, COUCOU_DATA)).isEqualTo(COUCOU);
  }

  @Test
  @DisplayName("22: a person may be asked, and the data waits for the word")
  void receive_whileAPersonDecides_waits() {
    CompletableFuture<Boolean> word = new CompletableFuture<>();

    deciding(call -> word);
    CompletableFuture<Bob> fetching = fetch(COUCOU_CID);
    answer(heardRequest(COUCOU_CID), COUCOU_DATA);
    CompletableFuture<List<Bob>> taking = bob().take(push(data("x", COUCOU_TEXT)));
    assertThat(fetching).isNotDone();
    assertThat(taking).isNotDone();
    assertThat(has(COUCOU_CID)).isFalse();

    word.complete(true);
    assertThat(await(fetching)).isEqualTo(COUCOU);
    assertThat(await(taking)).hasSize(1);
    assertThat(await(fetch("x")).data()).isEqualTo(COUCOU.data());
    quiet();
  }

  @Test
  @DisplayName("22: one sender may be refused and others not")
  void receive_refusedOfOneSender_isTakenOfOthers() {
    deciding(ApiHandler.direct(call -> !call.from().equals(Optional.of(PEER))));
    LiteralPeer benvolio = another(Jid.of("benvolio@example.org/lines"));
    push(COUCOU_DATA);
    assertThat(has(COUCOU_CID)).isFalse();
    benvolio.say(
        "<message to='juliet@example.org/lines' id='benvolio'>" + COUCOU_DATA + "</message>");
    came("benvolio");
    assertThat(has(COUCOU_CID)).isTrue();
  }
}
