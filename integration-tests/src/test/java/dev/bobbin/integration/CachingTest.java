package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.bob.plugin.BobPluginBuilder;
import dev.bobbin.xmpp.bob.plugin.Caching;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where received items are, and what of them has to go (XEP-0231 section 2.4). */
@Tag("one-path")
class CachingTest extends Stage {
  private static final Bob COUCOU = Bob.of("coucou".getBytes(), "text/plain");
  private static final String COUCOU_DATA = data(COUCOU.cid().value(), "Y291Y291");
  private static final Jid MERCUTIO = Jid.of("mercutio@example.org/x");

  private final MapStore store = new MapStore(false);
  private final Clock clock = new Clock();

  private XmppClient client(BobPluginBuilder plugin) {
    store.items.clear();
    return track(builder(JULIET).plugin(plugin.store(store).build()).clock(clock).build());
  }

  private BobPlugin connected(BobPluginBuilder plugin) {
    XmppClient client = client(plugin);
    client.connect().join();
    return bob(client);
  }

  /** Has an item of one byte, or of more, pushed. */
  private static void push(BobPlugin bob, Jid sender, String cid, int bytes) {
    String data = data(cid, BobData.of(new byte[bytes]).toBase64());
    bob.take(message(sender, data)).join();
  }

  private static Stanza message(Jid sender, String data) {
    return Stanza.parse(
        LiteralXml.element(
            "<message xmlns='jabber:client' from='%s'>%s</message>".formatted(sender, data)));
  }

  /** Whether it is here, so that nobody has to be asked. A client that is not connected can't. */
  private static boolean has(BobPlugin bob, Jid sender, String cid) {
    return !bob.fetch(sender, ContentId.of(cid)).handle((found, failure) -> found == null).join();
  }

  @ParameterizedTest
  @EnumSource(Caching.class)
  @DisplayName(
      "9, 10: in the session's cache, in the store as well, or nowhere; hosted in the store")
  void caching_each_keepsReceivedItemsWhereItSays(Caching caching) {
    BobPlugin bob = connected(BobPlugin.builder().caching(caching));
    Bob hosted = Bob.of("hosted".getBytes(), "text/plain");
    bob.set(hosted).join();
    wire.answerData(COUCOU_DATA);
    assertThat(bob.fetch(ROMEO, COUCOU.cid()).join()).isEqualTo(COUCOU);
    assertThat(bob.fetch(ROMEO, COUCOU.cid()).join()).isEqualTo(COUCOU);
    assertThat(bob.take(message(ROMEO, data("x", "eA=="))).join()).hasSize(1);

    assertThat(wire.requests()).isEqualTo(caching == Caching.NONE ? 2 : 1);
    assertThat(bob.get(COUCOU.cid()).join().isPresent()).isEqualTo(caching != Caching.NONE);
    BobKey verified = new BobKey(Shelf.VERIFIED, COUCOU.cid());
    BobKey from = new BobKey(new Shelf.From(ROMEO), ContentId.of("x"));
    if (caching == Caching.STORE) {
      assertThat(store.items).containsOnlyKeys(BobKey.hosted(hosted.cid()), verified, from);
      assertThat(store.items.get(verified))
          .isEqualTo(new StoredBob(verified, COUCOU, clock.instant(), null, ROMEO));
    } else {
      assertThat(store.items).containsOnlyKeys(BobKey.hosted(hosted.cid()));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Caching.class,
      names = {"SESSION", "STORE"})
  @DisplayName("10: turning the plugin off ends the session; what is in the store is there again")
  void caching_nextSession_hasWhatIsInTheStore(Caching caching) {
    XmppClient juliet = client(BobPlugin.builder().caching(caching));
    BobPlugin bob = bob(juliet);
    bob.take(message(ROMEO, COUCOU_DATA)).join();
    assertThat(bob.get(COUCOU.cid()).join()).contains(COUCOU);
    juliet.disablePlugin("xep_0231");
    juliet.enablePlugin(bob);

    assertThat(bob.get(COUCOU.cid()).join().isPresent()).isEqualTo(caching == Caching.STORE);
  }

  @Test
  @DisplayName("11: in the store as well, what has expired is gone")
  void caching_inTheStore_expiresThereToo() {
    XmppClient juliet = client(BobPlugin.builder().caching(Caching.STORE));
    BobPlugin bob = bob(juliet);
    bob.take(message(ROMEO, COUCOU_DATA.replace("type=", "max-age='10' type="))).join();
    juliet.disablePlugin("xep_0231");
    juliet.enablePlugin(bob);
    clock.advance(Duration.ofSeconds(10).minusNanos(1));
    assertThat(bob.get(COUCOU.cid()).join()).isPresent();
    clock.advance(Duration.ofNanos(1));

    assertThat(bob.get(COUCOU.cid()).join()).isEmpty();
    assertThat(store.items.values())
        .singleElement()
        .extracting(StoredBob::expiresAt)
        .isEqualTo(clock.instant());
  }

  @Test
  @DisplayName(
      "B3: the cache is bounded in number: the one longest unused goes, and nothing hosted")
  void cacheBounds_entries_dropTheLeastRecentlyUsed() {
    BobPlugin bob = bob(client(BobPlugin.builder().cacheBounds(1 << 20, 3)));
    bob.set(COUCOU).join();
    for (String cid : List.of("a", "b", "c")) {
      push(bob, ROMEO, cid, 1);
    }
    assertThat(has(bob, ROMEO, "a")).isTrue();
    push(bob, ROMEO, "d", 1);

    assertThat(has(bob, ROMEO, "b")).isFalse();
    assertThat(List.of("a", "c", "d")).allMatch(cid -> has(bob, ROMEO, cid));
    assertThat(bob.get(COUCOU.cid()).join()).contains(COUCOU);
  }

  @Test
  @DisplayName("and in bytes")
  void cacheBounds_bytes_dropTheLeastRecentlyUsed() {
    BobPlugin bob = bob(client(BobPlugin.builder().cacheBounds(20_000, 1000)));
    push(bob, ROMEO, "a", 8192);
    push(bob, ROMEO, "b", 8192);
    assertThat(has(bob, ROMEO, "a")).isTrue();
    push(bob, ROMEO, "c", 8192);

    assertThat(has(bob, ROMEO, "b")).isFalse();
    assertThat(has(bob, ROMEO, "a")).isTrue();
    assertThat(has(bob, ROMEO, "c")).isTrue();
  }

  @Test
  void cacheBounds_none_handsOverAndKeepsNothing() {
    for (BobPluginBuilder plugin :
        List.of(BobPlugin.builder().cacheBounds(0, 10), BobPlugin.builder().cacheBounds(9999, 0))) {
      BobPlugin bob = bob(client(plugin));
      assertThat(bob.take(message(ROMEO, COUCOU_DATA)).join()).containsExactly(COUCOU);
      assertThat(bob.get(COUCOU.cid()).join()).isEmpty();
    }
  }

  @Test
  @DisplayName("B4: one sender cannot push another's items out: a flood displaces its own")
  void cacheBounds_floodOfOneSender_leavesTheOthers() {
    BobPlugin bob = bob(client(BobPlugin.builder().cacheBounds(60_000, 8)));
    push(bob, MERCUTIO, "m1", 100);
    push(bob, MERCUTIO, "m2", 100);
    for (int i = 0; i < 50; i++) {
      push(bob, ROMEO.withResource("r" + i), "few" + i, 8000);
      push(bob, ROMEO.withResource("r" + i), "many" + i, 1);
    }

    assertThat(has(bob, MERCUTIO, "m1")).isTrue();
    assertThat(has(bob, MERCUTIO, "m2")).isTrue();
    assertThat(has(bob, ROMEO.withResource("r0"), "few0")).isFalse();
    assertThat(has(bob, ROMEO.withResource("r49"), "many49")).isTrue();
  }

  @Test
  @DisplayName("14: occupants of a room have their items under exact JIDs, and one share of room")
  void cacheBounds_occupantsOfARoom_areKeptApartAndShareRoom() {
    Jid room = Jid.of("capulets@rooms.example.org");
    BobPlugin bob = bob(client(BobPlugin.builder().cacheBounds(1 << 20, 4)));
    push(bob, ROMEO, "r", 1);
    push(bob, room.withResource("nurse"), "picture", 5);
    push(bob, room.withResource("tybalt"), "picture", 6);

    assertThat(bob.fetch(room.withResource("nurse"), ContentId.of("picture")).join().data().size())
        .isEqualTo(5);
    assertThat(bob.fetch(room.withResource("tybalt"), ContentId.of("picture")).join().data().size())
        .isEqualTo(6);
    assertThat(has(bob, room, "picture")).isFalse();
    assertThat(has(bob, room.withResource("Nurse"), "picture")).isFalse();
    for (int i = 0; i < 10; i++) {
      push(bob, room.withResource("o" + i), "picture", 1);
    }
    assertThat(has(bob, ROMEO, "r")).isTrue();
    assertThat(has(bob, room.withResource("nurse"), "picture")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Caching.class,
      names = {"SESSION", "STORE"})
  @DisplayName(
      "13, 14: what one sender brought is not replaced by another's: the hash is not of all")
  void caching_sameHashFromAnother_leavesTypeAndLifeAsTheyWere(Caching caching) {
    BobPlugin bob = bob(client(BobPlugin.builder().caching(caching)));
    bob.take(message(ROMEO, COUCOU_DATA)).join();
    String spoilt = COUCOU_DATA.replace("type='text/plain'", "max-age='1' type='text/html'");
    bob.take(message(MERCUTIO, spoilt)).join();
    clock.advance(Duration.ofDays(1));

    assertThat(bob.get(COUCOU.cid()).join()).contains(COUCOU);
    bob.take(message(ROMEO.withResource("other occupant"), spoilt)).join();
    clock.advance(Duration.ofDays(1));
    assertThat(bob.get(COUCOU.cid()).join()).as("occupants share a bare JID").contains(COUCOU);

    bob.take(message(ROMEO, spoilt)).join();
    assertThat(bob.get(COUCOU.cid()).join().map(Bob::type)).contains("text/html");
  }

  @ParameterizedTest
  @EnumSource(
      value = Caching.class,
      names = {"SESSION", "STORE"})
  @DisplayName("14: what a peer sent is found and forgotten without asking anybody")
  void forget_received_isGoneAndWhatWeHostStays(Caching caching) {
    BobPlugin bob = bob(client(BobPlugin.builder().caching(caching)));
    ContentId picture = ContentId.of("picture");
    Bob ours = new Bob(picture, "text/plain", COUCOU.data(), null);
    bob.take(message(ROMEO, data("picture", "Y291Y291"))).join();
    bob.take(message(MERCUTIO, COUCOU_DATA)).join();

    assertThat(bob.get(ROMEO, picture).join()).contains(ours);
    assertThat(bob.get(MERCUTIO, picture).join()).isEmpty();
    assertThat(bob.get(ROMEO, COUCOU.cid()).join()).contains(COUCOU);
    assertThat(bob.forget(MERCUTIO, picture).join()).isFalse();
    assertThat(bob.forget(ROMEO, picture).join()).isTrue();
    assertThat(bob.get(ROMEO, picture).join()).isEmpty();
    assertThat(bob.forget(ROMEO, COUCOU.cid()).join()).isTrue();
    assertThat(bob.get(COUCOU.cid()).join()).isEmpty();

    bob.set(ours).join();
    assertThat(bob.forget(ROMEO, picture).join()).isFalse();
    assertThat(bob.get(picture).join()).contains(ours);
  }

  @Test
  @DisplayName("11: a hosted item with a lifetime is there until it is over, for us and for peers")
  void set_withLifetime_isHostedUntilItIsOver() {
    BobPlugin bob = connected(BobPlugin.builder());
    XmppClient romeo = connected(ROMEO);
    Bob brief = COUCOU.withMaxAge(Duration.ofHours(1));
    bob.set(brief, Duration.ofSeconds(10)).join();
    clock.advance(Duration.ofSeconds(10).minusNanos(1));
    assertThat(bob.get(COUCOU.cid()).join()).contains(brief);
    assertThat(bob(romeo).fetch(JULIET, COUCOU.cid()).join()).isEqualTo(brief);
    clock.advance(Duration.ofNanos(1));
    assertThat(bob.get(COUCOU.cid()).join()).isEmpty();
    romeo.disablePlugin("xep_0231");
    romeo.enablePlugin("xep_0231");

    assertThatThrownBy(() -> bob(romeo).fetch(JULIET, COUCOU.cid()).join())
        .hasMessageContaining("item-not-found");
    bob.set(brief).join();
    clock.advance(Duration.ofDays(10_000));
    assertThat(bob.get(COUCOU.cid()).join()).contains(brief);
  }

  @Test
  void set_lifetimeThatIsNone_fails() {
    BobPlugin bob = bob(client(BobPlugin.builder()));

    for (Duration none : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
      assertThatThrownBy(() -> bob.set(COUCOU, none).join())
          .hasCauseInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("A lifetime of " + none + " is none");
    }
    assertThat(store.items).isEmpty();
  }

  @Test
  @DisplayName("a lifetime longer than the clock can count is for ever")
  void set_endlessLifetime_isHostedForEver() {
    BobPlugin bob = bob(client(BobPlugin.builder()));
    bob.set(COUCOU, Duration.ofSeconds(Long.MAX_VALUE)).join();
    clock.advance(Duration.ofDays(100_000));

    assertThat(bob.get(COUCOU.cid()).join()).contains(COUCOU);
  }
}
