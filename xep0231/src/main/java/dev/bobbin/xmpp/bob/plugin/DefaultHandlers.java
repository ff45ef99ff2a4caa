package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiRegistry;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.StoredBob;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What serves the internal-API methods when nobody else does: hosted items are in the store,
 * received ones in the session cache, and in the store as well where that was chosen; anyone may
 * fetch, and everything is taken.
 */
final class DefaultHandlers {
  private final StoreAccess store;
  private final SessionCache cache;
  private final Caching caching;
  private final Runnable cached;

  /**
   * Makes the handlers.
   *
   * @param cached is run after something may have been put into the cache
   */
  DefaultHandlers(StoreAccess store, SessionCache cache, Caching caching, Runnable cached) {
    this.store = store;
    this.cache = cache;
    this.caching = caching;
    this.cached = cached;
  }

  /** None of this ever blocks, so no change of threads is needed. */
  void register(ApiRegistry api) {
    api.registerDefault(BobMethods.SET_BOB, ApiHandler.directAsync(call -> set(call.args())));
    api.registerDefault(BobMethods.GET_BOB, ApiHandler.directAsync(call -> get(call.args())));
    api.registerDefault(BobMethods.DEL_BOB, ApiHandler.directAsync(call -> delete(call.args())));
    api.registerDefault(BobMethods.MAY_FETCH, ApiHandler.direct(call -> true));
    api.registerDefault(BobMethods.MAY_TAKE, ApiHandler.direct(call -> true));
  }

  private CompletionStage<BobKey> set(StoredBob item) {
    if (StoreHandlers.isHosted(item.key())) {
      return store.put(item);
    }
    if (caching == Caching.STORE) {
      return store.get(item.key()).thenCompose(before -> storeUnlessAnothers(before, item));
    }
    if (caching == Caching.SESSION) {
      cache(item);
    }
    return CompletableFuture.completedFuture(item.key());
  }

  /**
   * The rule of {@link SessionCache}: what one sender brought is not replaced by another's. The
   * store tells of what is no longer in the cache; the cache decides between two that come at once.
   */
  private CompletionStage<BobKey> storeUnlessAnothers(Optional<StoredBob> before, StoredBob item) {
    boolean anothers =
        before.filter(there -> !Objects.equals(there.origin(), item.origin())).isPresent();
    return anothers || !cache(item)
        ? CompletableFuture.completedFuture(item.key())
        : store.put(item);
  }

  private boolean cache(StoredBob item) {
    boolean mayBeKept = cache.put(item);
    cached.run();
    return mayBeKept;
  }

  private CompletionStage<Optional<StoredBob>> get(BobKey key) {
    if (StoreHandlers.isHosted(key)) {
      return store.get(key);
    }
    Optional<StoredBob> cached = cache.get(key);
    return cached.isEmpty() && caching == Caching.STORE
        ? store.get(key)
        : CompletableFuture.completedFuture(cached);
  }

  private CompletionStage<Boolean> delete(BobKey key) {
    if (StoreHandlers.isHosted(key)) {
      return store.delete(key);
    }
    boolean cached = cache.delete(key);
    return caching == Caching.STORE
        ? store.delete(key).thenApply(stored -> stored || cached)
        : CompletableFuture.completedFuture(cached);
  }
}
