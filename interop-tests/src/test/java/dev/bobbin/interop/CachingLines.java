package dev.bobbin.interop;

import static dev.bobbin.interop.OnARealServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.store.memory.MemoryBobStore;
import dev.bobbin.testservers.LiteralPeer;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobException.Reason;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.plugin.Caching;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of what was received, under which name and for how long (XEP-0231 section 2.4). */
abstract class CachingLines extends Lines {
  private static final Jid OTHER = Jid.of("nurse@example.org/lines2");
  private static final String MD5 = "md5+721a9b52bfceacc503c056e3b9b93cfa@bob.xmpp.org";

  CachingLines(Place place) {
    super(place);
  }

  private static String aging(String cid, String maxAge) {
    return data(cid, "type='text/plain' max-age='" + maxAge + "'", COUCOU_TEXT);
  }

  /** That it is not here: the peer is asked, and answers so. */
  private void asked(String cid, String payload) {
    assertThat(fetch(cid, payload).data()).isEqualTo(COUCOU.data());
  }

  /** That it is here: nobody is asked. */
  private void cached(String cid) {
    assertThat(await(fetch(cid)).data()).isEqualTo(COUCOU.data());
    quiet();
  }

  @Test
  @DisplayName("9: received data is kept unless the application turns that off")
  void fetch_cachingOnAndOff_isAskedForOnceOrEachTime() {
    asked(COUCOU_CID, COUCOU_DATA);
    cached(COUCOU_CID);

    restart(builder -> builder.caching(Caching.NONE));
    asked(COUCOU_CID, COUCOU_DATA);
    asked(COUCOU_CID, COUCOU_DATA);
    push(COUCOU_DATA);
    asked(COUCOU_CID, COUCOU_DATA);
  }

  @Test
  @DisplayName("10: what has no max-age is kept for the session of the application, and no longer")
  void fetch_noMaxAge_isKeptForTheSession() {
    asked(COUCOU_CID, COUCOU_DATA);
    asked("x", data("x", COUCOU_TEXT));
    advance(Duration.ofDays(100_000));
    cached(COUCOU_CID);
    cached("x");

    restart();
    asked(COUCOU_CID, COUCOU_DATA);
    asked("x", data("x", COUCOU_TEXT));
  }

  @Test
  @DisplayName("10: in a store of the application's it outlives that")
  void fetch_cachingInAStore_outlivesTheSession() {
    MemoryBobStore store = MemoryBobStore.create();
    restart(builder -> builder.caching(Caching.STORE).store(store));
    asked(COUCOU_CID, COUCOU_DATA);

    restart(builder -> builder.caching(Caching.STORE).store(store));
    cached(COUCOU_CID);
  }

  @Test
  @DisplayName("11: max-age is sent when the application gave one, and ages nothing that we host")
  void request_hostedWithMaxAge_carriesIt() {
    await(bob().set(COUCOU.withMaxAge(Duration.ofSeconds(10))));

    ask("a", COUCOU_CID);
    heardResult("a", aging(COUCOU_CID, "10"));
    advance(Duration.ofDays(1));
    ask("b", COUCOU_CID);
    heardResult("b", aging(COUCOU_CID, "10"));
  }

  @ParameterizedTest
  @ValueSource(strings = {COUCOU_CID, "x"})
  @DisplayName("11: a peer's max-age bounds the life of the copy, counted from receipt")
  void fetch_maxAge_isKeptUntilItIsOver(String cid) {
    asked(cid, aging(cid, "10"));
    advance(Duration.ofSeconds(10).minusNanos(1));
    cached(cid);
    advance(Duration.ofNanos(1));

    asked(cid, aging(cid, "10"));
    advance(Duration.ofSeconds(9));
    cached(cid);
  }

  @Test
  @DisplayName("11: so it does for what was pushed")
  void push_maxAge_isKeptUntilItIsOver() {
    push(aging(COUCOU_CID, "10"));
    advance(Duration.ofSeconds(9));
    cached(COUCOU_CID);
    advance(Duration.ofSeconds(1));
    asked(COUCOU_CID, COUCOU_DATA);
  }

  @Test
  @DisplayName("11: the attribute is max-age and no other")
  void fetch_maxAgeSpeltOtherwise_isNone() {
    asked("x", data("x", "type='text/plain' maxage='1' max_age='1'", COUCOU_TEXT));
    advance(Duration.ofDays(1));
    cached("x");
  }

  @Test
  @DisplayName("12: with max-age 0 it is handed over, and never kept")
  void receive_maxAgeOfZero_isHandedOverAndNotKept() {
    assertThat(fetch(COUCOU_CID, aging(COUCOU_CID, "0")))
        .isEqualTo(COUCOU.withMaxAge(Duration.ZERO));
    asked(COUCOU_CID, aging(COUCOU_CID, "0"));
    asked("x", aging("x", "0"));
    asked("x", aging("x", "0"));

    Message message = push(aging(COUCOU_CID, "0"));
    assertThat(await(bob().take(message))).containsExactly(COUCOU.withMaxAge(Duration.ZERO));
    assertThat(has(COUCOU_CID)).isFalse();
  }

  @Test
  @DisplayName("12: nobody is even told to keep it")
  void receive_maxAgeOfZero_isNotGivenToWhoKeeps() {
    List<BobKey> kept = new CopyOnWriteArrayList<>();
    us.api()
        .register(
            BobMethods.SET_BOB,
            ApiScope.everywhere(),
            ApiHandler.direct(
                call -> {
                  kept.add(call.args().key());
                  return call.args().key();
                }));

    fetch(COUCOU_CID, aging(COUCOU_CID, "0"));
    push(aging("x", "0") + aging("y", "1"));

    assertThat(kept).containsExactly(new BobKey(new Shelf.From(PEER), ContentId.of("y")));
  }

  @Test
  @DisplayName("12: what we host with max-age 0 is served each time")
  void request_hostedWithMaxAgeOfZero_isServedEachTime() {
    await(bob().set(COUCOU.withMaxAge(Duration.ZERO)));

    for (String id : new String[] {"a", "b"}) {
      ask(id, COUCOU_CID);
      heardResult(id, aging(COUCOU_CID, "0"));
    }
  }

  @Test
  @DisplayName("13: data whose hash differs from its content-id is rejected, and not kept")
  void receive_otherHash_isRejected() {
    rejects(Reason.HASH_MISMATCH, COUCOU_CID, data(COUCOU_CID, "YQ=="));
    assertThat(await(bob().take(push(data(COUCOU_CID, "YQ=="))))).isEmpty();

    asked(COUCOU_CID, COUCOU_DATA);
  }

  @Test
  @DisplayName("13: data that was verified is found by its hash, whoever sent it")
  void fetch_verified_isFoundWhoeverSentIt() {
    asked(COUCOU_CID, COUCOU_DATA);

    assertThat(await(bob().fetch(OTHER, COUCOU.cid()))).isEqualTo(COUCOU);
    assertThat(await(bob().get(COUCOU.cid()))).contains(COUCOU);
    quiet();
  }

  @ParameterizedTest
  @ValueSource(strings = {"picture", MD5, "sha1+00@bob.xmpp.org"})
  @DisplayName("14: what cannot be verified is kept under the exact JID that sent it")
  void receive_unverifiable_isKeptUnderItsSender(String cid) {
    LiteralPeer other = another(OTHER);
    push(data(cid, COUCOU_TEXT));
    other.say(
        "<message to='juliet@example.org/lines' id='other'>%s</message>"
            .formatted(data(cid, "b3RoZXI=")));
    came("other");

    cached(cid);
    Bob others = await(bob().fetch(OTHER, ContentId.of(cid)));
    assertThat(others.data().toBase64()).isEqualTo("b3RoZXI=");
    assertThat(has(cid)).isFalse();
    quiet();
  }

  @Test
  @DisplayName("14: what one has fetched of a JID is not another's")
  void fetch_unverifiable_isAskedOfEachJid() {
    asked("picture", data("picture", COUCOU_TEXT));

    LiteralPeer other = another(OTHER);
    CompletableFuture<Bob> fetching = bob().fetch(OTHER, ContentId.of("picture"));
    String id =
        heard(
            other,
            "<iq type='get' id='ID' from='juliet@example.org/lines' to='nurse@example.org/lines2'>"
                + (wanted("picture") + "</iq>"));
    other.say(
        "<iq type='result' id='%s' to='juliet@example.org/lines'>%s</iq>"
            .formatted(id, data("picture", "b3RoZXI=")));
    assertThat(await(fetching).data().toBase64()).isEqualTo("b3RoZXI=");
    cached("picture");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "soon", " 1", "+1", "0x1", "\u0661", ""})
  @DisplayName("19: a max-age that is no non-negative integer is ignored")
  void receive_maxAgeThatIsNone_isIgnored(String maxAge) {
    asked("x", aging("x", maxAge));
    advance(Duration.ofDays(100_000));
    cached("x");
  }

  @Test
  @DisplayName("19: a huge max-age is cut to 68 years, leading zeros are none the longer")
  void receive_hugeMaxAge_isCut() {
    asked("x", aging("x", "99999999999999999999"));
    advance(Duration.ofSeconds(Integer.MAX_VALUE - 1));
    cached("x");
    advance(Duration.ofSeconds(1));

    asked("x", aging("x", "00000000000000000000005"));
    advance(Duration.ofSeconds(4));
    cached("x");
    advance(Duration.ofSeconds(1));
    asked("x", aging("x", "5"));
  }
}
