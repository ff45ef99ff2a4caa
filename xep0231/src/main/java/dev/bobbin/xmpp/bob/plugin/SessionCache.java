package dev.bobbin.xmpp.bob.plugin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Received items for as long as the plugin is on: bounded by their bytes, an entry counting {@link
 * #OVERHEAD} more. Never blocks. What has expired is not given out, and makes room like anything
 * else that nobody asks for.
 */
final class SessionCache {
  /** What an empty item costs: key, entry and strings, rounded up. */
  static final int OVERHEAD = 512;

  private final InstantSource clock;
  private final Cache<BobKey, StoredBob> items;

  SessionCache(long maxBytes, InstantSource clock) {
    this.clock = clock;
    this.items =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((BobKey key, StoredBob item) -> OVERHEAD + item.bob().data().size())
            .executor(Runnable::run)
            .build();
  }

  void put(StoredBob item) {
    items.put(item.key(), item);
  }

  Optional<StoredBob> get(BobKey key) {
    return live(items.getIfPresent(key));
  }

  boolean delete(BobKey key) {
    return live(items.asMap().remove(key)).isPresent();
  }

  void clear() {
    items.invalidateAll();
  }

  private Optional<StoredBob> live(@org.jspecify.annotations.Nullable StoredBob item) {
    return Optional.ofNullable(item).filter(found -> !found.isExpiredAt(clock.instant()));
  }
}
