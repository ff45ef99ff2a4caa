package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.AsyncBobStore;
import dev.bobbin.xmpp.bob.spi.Page;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.bob.spi.StoreFullException;
import dev.bobbin.xmpp.bob.spi.StoreUsage;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** A right store in memory. Each broken one overrides one method, to break one rule. */
class ReferenceStore implements AsyncBobStore {
  static final String MAX_ENTRIES = "max-entries";

  private final Map<BobKey, Long> numbers = new HashMap<>();
  private final TreeMap<Long, StoredBob> items = new TreeMap<>();
  private final InstantSource clock;
  private final long maxEntries;
  private long last;
  private long evicted;
  private boolean closed;

  ReferenceStore(StoreContext context) {
    clock = context.clock();
    maxEntries = context.settings().number(MAX_ENTRIES, 10_000, 1, 10_000);
  }

  boolean isExpired(StoredBob item) {
    return item.isExpiredAt(clock.instant());
  }

  BobKey keyOf(BobKey key) {
    return key;
  }

  IOException full() {
    return new StoreFullException("full");
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("closed");
    }
  }

  @Override
  public synchronized void put(StoredBob item) throws IOException {
    requireOpen();
    if (isExpired(item)) {
      remove(item.key());
      return;
    }
    Long number = numbers.get(keyOf(item.key()));
    if (number == null && items.size() >= maxEntries) {
      makeRoom(item);
    }
    // What is replaced stays where it is in the order of listing.
    long place = number == null ? ++last : number;
    numbers.put(keyOf(item.key()), place);
    items.put(place, item);
  }

  @Override
  public synchronized boolean putIf(StoredBob expected, StoredBob item) throws IOException {
    return AsyncBobStore.super.putIf(expected, item);
  }

  void makeRoom(StoredBob item) throws IOException {
    if (!evictFirst(each -> !isHosted(each))) {
      throw full();
    }
  }

  /** Whether there was one. */
  final boolean evictFirst(Predicate<StoredBob> which) {
    Optional<StoredBob> first = items.values().stream().filter(which).findFirst();
    first.ifPresent(item -> remove(item.key()));
    evicted += first.isPresent() ? 1 : 0;
    return first.isPresent();
  }

  @Override
  public synchronized Optional<StoredBob> get(BobKey key) throws IOException {
    requireOpen();
    return Optional.ofNullable(numbers.get(keyOf(key)))
        .map(items::get)
        .filter(item -> !isExpired(item));
  }

  @Override
  public synchronized boolean delete(BobKey key) throws IOException {
    requireOpen();
    return remove(key).filter(item -> !isExpired(item)).isPresent();
  }

  private Optional<StoredBob> remove(BobKey key) {
    return Optional.ofNullable(numbers.remove(keyOf(key))).map(items::remove);
  }

  @Override
  public synchronized Page<BobKey> scan(String cursor, int limit) throws IOException {
    requireOpen();
    if (limit < 1 || cursor != null && !cursor.matches("[1-9][0-9]{0,17}")) {
      throw new IllegalArgumentException("limit " + limit + ", cursor " + cursor);
    }
    long after = cursor == null ? 0 : Long.parseLong(cursor);
    List<BobKey> keys = new ArrayList<>();
    for (Map.Entry<Long, StoredBob> each : items.tailMap(after, false).entrySet()) {
      if (keys.size() == limit) {
        return new Page<>(keys, Long.toString(after));
      }
      keys.add(each.getValue().key());
      after = each.getKey();
    }
    return new Page<>(keys, null);
  }

  @Override
  public synchronized Optional<StoreUsage> usage() {
    long bytes = items.values().stream().mapToLong(item -> item.bob().data().size()).sum();
    return Optional.of(new StoreUsage(bytes, items.size(), true, evicted));
  }

  final synchronized List<BobKey> keys() {
    return items.values().stream().map(StoredBob::key).toList();
  }

  @Override
  public CompletionStage<Void> putAsync(StoredBob item) {
    return stage(
        () -> {
          put(item);
          return null;
        });
  }

  @Override
  public CompletionStage<Optional<StoredBob>> getAsync(BobKey key) {
    return stage(() -> get(key));
  }

  @Override
  public CompletionStage<Boolean> deleteAsync(BobKey key) {
    return stage(() -> delete(key));
  }

  private static <T> CompletionStage<T> stage(Callable<T> call) {
    try {
      return CompletableFuture.completedFuture(call.call());
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
  }

  static boolean isHosted(StoredBob item) {
    return item.key().shelf() instanceof Shelf.Hosted;
  }
}
