package dev.bobbin.xmpp.bob.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.AsyncBobStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Two senders bring the same item while the store has not said yet whether it has it. */
class TwoAtOnceTest {
  private static final Bob BOB = Bob.of("coucou".getBytes(), "text/plain");

  /** A store that answers nobody who looks until the test says so. */
  private static final class Held extends MapStore implements AsyncBobStore {
    final CompletableFuture<Optional<StoredBob>> got = new CompletableFuture<>();

    @Override
    public CompletionStage<Void> putAsync(StoredBob item) {
      items.put(item.key(), item);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Optional<StoredBob>> getAsync(BobKey key) {
      return got;
    }

    @Override
    public CompletionStage<Boolean> deleteAsync(BobKey key) {
      return CompletableFuture.completedFuture(items.remove(key) != null);
    }
  }

  private static StoredBob from(String sender, String type) {
    return new StoredBob(
        new BobKey(Shelf.VERIFIED, BOB.cid()),
        new Bob(BOB.cid(), type, BOB.data(), null),
        Instant.EPOCH,
        null,
        Jid.of(sender));
  }

  @Test
  void set_twoSendersWhileTheStoreLooks_keepsOneSendersInStoreAndCacheAlike() {
    Held store = new Held();
    SessionCache cache = new SessionCache(1 << 20, 1000, () -> Instant.EPOCH, key -> {});
    DefaultsOnly registry = new DefaultsOnly();
    new DefaultHandlers(new StoreAccess(store, Runnable::run), cache, Caching.STORE, () -> {})
        .register(registry);
    StoredBob romeos = from("romeo@example.org/orchard", "text/plain");
    StoredBob mallorys = from("mallory@example.org/x", "text/x-spoilt");
    CompletableFuture<BobKey> one = registry.call(BobMethods.SET_BOB, ApiTarget.none(), romeos);
    CompletableFuture<BobKey> other = registry.call(BobMethods.SET_BOB, ApiTarget.none(), mallorys);
    assertThat(store.items).isEmpty();

    store.got.complete(Optional.empty());

    assertThat(one).isCompletedWithValue(romeos.key());
    assertThat(other).isCompletedWithValue(romeos.key());
    Optional<StoredBob> cached = cache.get(romeos.key());
    assertThat(cached).isPresent();
    assertThat(store.items).containsExactly(Map.entry(romeos.key(), cached.get()));
  }
}
