package dev.bobbin.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.HeapSize;
import dev.bobbin.xmpp.bob.spi.Page;
import dev.bobbin.xmpp.bob.spi.StoreFullException;
import dev.bobbin.xmpp.bob.spi.StoreUsage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The store as it could be on Caffeine, to be measured: hosted items in a map, received ones in a
 * cache that has the room that they leave. A cache is bounded by weight or by number, so that an
 * item weighs at least its part of the number. What is there is counted where it comes and goes,
 * since the cache itself learns of it later.
 */
final class CaffeineStore implements BobStore {
  private final long maxBytes;
  private final int leastWeight;
  private final InstantSource clock;
  private final Map<BobKey, StoredBob> hosted = new ConcurrentHashMap<>();
  private final Cache<BobKey, StoredBob> received;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger entries = new AtomicInteger();
  private long hostedWeight;

  /**
   * Makes a store.
   *
   * @param maxBytes the bound of what all items count as
   * @param maxEntries the bound of their number
   * @param clock decides what has expired
   * @param executor what the cache evicts on
   */
  CaffeineStore(long maxBytes, int maxEntries, InstantSource clock, Executor executor) {
    this.maxBytes = maxBytes;
    this.leastWeight = (int) (maxBytes / maxEntries);
    this.clock = clock;
    this.received =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((BobKey key, StoredBob item) -> weight(item))
            .expireAfter(Expiry.creating((BobKey key, StoredBob item) -> life(item)))
            .ticker(() -> nanos(clock.instant()))
            .executor(executor)
            .evictionListener((key, item, cause) -> count(item, null))
            .build();
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
  }

  private Duration life(StoredBob item) {
    Instant expiresAt = item.expiresAt();
    return expiresAt == null
        ? Duration.ofDays(36500)
        : Duration.between(clock.instant(), expiresAt);
  }

  private int weight(StoredBob item) {
    return Math.max(leastWeight, bytes(item));
  }

  private static int bytes(@Nullable StoredBob item) {
    return item == null ? 0 : (int) HeapSize.of(item);
  }

  private void count(@Nullable StoredBob old, @Nullable StoredBob item) {
    bytes.addAndGet(bytes(item) - (long) bytes(old));
    entries.addAndGet((item == null ? 0 : 1) - (old == null ? 0 : 1));
  }

  @Override
  public void put(StoredBob item) throws StoreFullException {
    if (isHosted(item.key())) {
      host(item);
    } else {
      received
          .asMap()
          .compute(
              item.key(),
              (key, old) -> {
                count(old, item);
                return item;
              });
    }
  }

  private synchronized void host(StoredBob item) throws StoreFullException {
    StoredBob old = hosted.get(item.key());
    long weight = hostedWeight + weight(item) - (old == null ? 0 : weight(old));
    if (weight > maxBytes) {
      throw new StoreFullException("full");
    }
    leaveBeside(weight);
    hosted.put(item.key(), item);
    count(old, item);
  }

  private void leaveBeside(long weight) {
    if (weight != hostedWeight) {
      hostedWeight = weight;
      received.policy().eviction().orElseThrow().setMaximum(maxBytes - weight);
    }
  }

  @Override
  public Optional<StoredBob> get(BobKey key) {
    if (isHosted(key)) {
      return Optional.ofNullable(hosted.get(key)).filter(i -> !i.isExpiredAt(clock.instant()));
    }
    return Optional.ofNullable(received.getIfPresent(key));
  }

  @Override
  public boolean delete(BobKey key) {
    if (isHosted(key)) {
      return removeHosted(key);
    }
    boolean[] was = {false};
    received
        .asMap()
        .computeIfPresent(
            key,
            (same, old) -> {
              was[0] = true;
              count(old, null);
              return null;
            });
    return was[0];
  }

  private synchronized boolean removeHosted(BobKey key) {
    StoredBob old = hosted.remove(key);
    if (old == null) {
      return false;
    }
    count(old, null);
    leaveBeside(hostedWeight - weight(old));
    return true;
  }

  /** Neither a cache nor such a map has an order in which pages could follow one another. */
  @Override
  public Page<BobKey> scan(@Nullable String cursor, int limit) {
    throw new UnsupportedOperationException("not measured");
  }

  /** What was evicted is not counted here. */
  @Override
  public Optional<StoreUsage> usage() {
    return Optional.of(new StoreUsage(bytes.get(), entries.get(), true, 0));
  }

  @Override
  public void close() {
    received.invalidateAll();
    hosted.clear();
  }

  private static boolean isHosted(BobKey key) {
    return key.shelf() instanceof Shelf.Hosted;
  }
}
