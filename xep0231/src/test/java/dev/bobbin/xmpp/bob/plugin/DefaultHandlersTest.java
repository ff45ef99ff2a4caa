package dev.bobbin.xmpp.bob.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiMethod;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where items go when nobody else serves the methods. */
class DefaultHandlersTest {
  private static final Jid SENDER = Jid.of("romeo@example.org/orchard");
  private static final Bob BOB = Bob.of("coucou".getBytes(), "text/plain");
  private static final ContentId UNVERIFIABLE = ContentId.of("x");
  private static final StoredBob HOSTED =
      new StoredBob(BobKey.hosted(BOB.cid()), BOB, Instant.EPOCH, null, null);
  private static final StoredBob VERIFIED =
      new StoredBob(new BobKey(Shelf.VERIFIED, BOB.cid()), BOB, Instant.EPOCH, null, SENDER);
  private static final StoredBob FROM =
      new StoredBob(
          new BobKey(new Shelf.From(SENDER), UNVERIFIABLE),
          new Bob(UNVERIFIABLE, "text/plain", BOB.data(), null),
          Instant.EPOCH,
          null,
          SENDER);

  private final MapStore store = new MapStore();
  private final SessionCache cache =
      new SessionCache(1 << 20, 1000, () -> Instant.EPOCH, key -> {});

  private DefaultsOnly handlers(Caching caching) {
    DefaultsOnly registry = new DefaultsOnly();
    new DefaultHandlers(new StoreAccess(store, Runnable::run), cache, caching, () -> {})
        .register(registry);
    return registry;
  }

  @ParameterizedTest
  @EnumSource
  void hostedItem_anyCaching_isInTheStoreAlone(Caching caching) {
    DefaultsOnly handlers = handlers(caching);

    assertThat(handlers.run(BobMethods.SET_BOB, HOSTED)).isEqualTo(HOSTED.key());
    assertThat(store.items).containsOnlyKeys(HOSTED.key());
    assertThat(cache.bytes()).isZero();
    assertThat(handlers.run(BobMethods.GET_BOB, HOSTED.key())).contains(HOSTED);
    assertThat(handlers.run(BobMethods.GET_BOB, VERIFIED.key())).isEmpty();
    assertThat(handlers.run(BobMethods.DEL_BOB, HOSTED.key())).isTrue();
    assertThat(handlers.run(BobMethods.DEL_BOB, HOSTED.key())).isFalse();
    assertThat(store.items).isEmpty();
  }

  @Test
  @DisplayName("10: what was received is kept for the session alone")
  void receivedItem_session_isInTheCacheAlone() {
    DefaultsOnly handlers = handlers(Caching.SESSION);
    for (StoredBob item : List.of(VERIFIED, FROM)) {
      assertThat(handlers.run(BobMethods.SET_BOB, item)).isEqualTo(item.key());
      assertThat(handlers.run(BobMethods.GET_BOB, item.key())).contains(item);
      assertThat(handlers.run(BobMethods.GET_BOB, BobKey.hosted(item.key().cid()))).isEmpty();
      assertThat(store.items).isEmpty();
      assertThat(handlers.run(BobMethods.DEL_BOB, item.key())).isTrue();
      assertThat(handlers.run(BobMethods.DEL_BOB, item.key())).isFalse();
      assertThat(handlers.run(BobMethods.GET_BOB, item.key())).isEmpty();
    }
  }

  @Test
  void receivedItem_sessionWithAFullStoreOfOthers_isNotSoughtInTheStore() {
    store.items.put(VERIFIED.key(), VERIFIED);

    assertThat(handlers(Caching.SESSION).run(BobMethods.GET_BOB, VERIFIED.key())).isEmpty();
    assertThat(handlers(Caching.NONE).run(BobMethods.GET_BOB, VERIFIED.key())).isEmpty();
  }

  @Test
  @DisplayName("10: a persistent store is the application's choice")
  void receivedItem_store_isInBoth() {
    DefaultsOnly handlers = handlers(Caching.STORE);
    for (StoredBob item : List.of(VERIFIED, FROM)) {
      assertThat(handlers.run(BobMethods.SET_BOB, item)).isEqualTo(item.key());
      assertThat(store.items).containsOnlyKeys(item.key());
      assertThat(cache.get(item.key())).contains(item);

      cache.clear();
      assertThat(handlers.run(BobMethods.GET_BOB, item.key())).contains(item);

      cache.put(item);
      assertThat(handlers.run(BobMethods.DEL_BOB, item.key())).isTrue();
      assertThat(store.items).isEmpty();
      assertThat(cache.get(item.key())).isEmpty();
      cache.put(item);
      assertThat(handlers.run(BobMethods.DEL_BOB, item.key())).isTrue();
    }
  }

  @Test
  void receivedItem_storeHasItFromAnotherSender_isLeftAsItIs() {
    StoredBob anothers =
        new StoredBob(
            VERIFIED.key(),
            new Bob(BOB.cid(), "text/x-spoilt", BOB.data(), null),
            Instant.EPOCH,
            Instant.EPOCH.plusSeconds(1),
            Jid.of("mallory@example.org/x"));
    DefaultsOnly handlers = handlers(Caching.STORE);
    handlers.run(BobMethods.SET_BOB, VERIFIED);
    cache.clear();

    assertThat(handlers.run(BobMethods.SET_BOB, anothers)).isEqualTo(VERIFIED.key());
    assertThat(store.items.values()).containsExactly(VERIFIED);

    StoredBob occupants =
        new StoredBob(
            VERIFIED.key(), BOB, Instant.EPOCH, null, SENDER.bare().withResource("tybalt"));
    handlers.run(BobMethods.SET_BOB, occupants);
    assertThat(store.items.values()).as("occupants share a bare JID").containsExactly(VERIFIED);
    StoredBob again = new StoredBob(VERIFIED.key(), BOB, Instant.EPOCH.plusNanos(1), null, SENDER);
    handlers.run(BobMethods.SET_BOB, again);
    assertThat(store.items.values()).as("the same sender").containsExactly(again);
  }

  @Test
  @DisplayName("9: an application can turn caching off")
  void receivedItem_none_isNowhere() {
    DefaultsOnly handlers = handlers(Caching.NONE);

    assertThat(handlers.run(BobMethods.SET_BOB, VERIFIED)).isEqualTo(VERIFIED.key());
    assertThat(handlers.run(BobMethods.GET_BOB, VERIFIED.key())).isEmpty();
    assertThat(handlers.run(BobMethods.DEL_BOB, VERIFIED.key())).isFalse();
    assertThat(store.items).isEmpty();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void handlers_all_areDirectSoThatNoThreadChanges() {
    DefaultsOnly handlers = handlers(Caching.SESSION);

    for (ApiMethod<?, ?> method :
        List.of(BobMethods.SET_BOB, BobMethods.GET_BOB, BobMethods.DEL_BOB)) {
      assertThat(handlers.isDirect(method)).as(method.toString()).isTrue();
    }
  }
}
