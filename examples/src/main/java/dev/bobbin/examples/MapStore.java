package dev.bobbin.examples;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.Page;
import java.time.InstantSource;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

// tag::store[]
final class MapStore implements BobStore {
  private final NavigableMap<String, StoredBob> items = new ConcurrentSkipListMap<>();
  private final InstantSource clock;

  MapStore(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void put(StoredBob item) { // returns once the item is durable, if the store is
    items.put(item.key().safeName(), item);
  }

  @Override
  public Optional<StoredBob> get(BobKey key) { // never gives an expired item out
    Optional<StoredBob> item = Optional.ofNullable(items.get(key.safeName()));
    return item.filter(i -> !i.isExpiredAt(clock.instant()));
  }

  @Override
  public boolean delete(BobKey key) {
    Optional<StoredBob> gone = Optional.ofNullable(items.remove(key.safeName()));
    return gone.filter(i -> !i.isExpiredAt(clock.instant())).isPresent();
  }

  @Override
  public Page<BobKey> scan(@Nullable String cursor, int limit) {
    List<BobKey> keys = // in a fixed order, so that the last one is where the next page begins
        items.tailMap(cursor == null ? "" : cursor, false).values().stream()
            .map(StoredBob::key)
            .limit(limit)
            .toList();
    return new Page<>(keys, keys.size() < limit ? null : keys.get(limit - 1).safeName());
  }

  @Override
  public void close() {}
}
// end::store[]
