package dev.bobbin.examples;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.Page;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

// tag::store[]
final class MapStore implements BobStore {
  private final Map<BobKey, StoredBob> items = new ConcurrentHashMap<>();
  private final InstantSource clock;

  MapStore(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void put(StoredBob item) { // returns once the item is durable, if the store is
    items.put(item.key(), item);
  }

  @Override
  public Optional<StoredBob> get(BobKey key) { // never gives an expired item out
    return Optional.ofNullable(items.get(key)).filter(i -> !i.isExpiredAt(clock.instant()));
  }

  @Override
  public boolean delete(BobKey key) {
    Optional<StoredBob> gone = Optional.ofNullable(items.remove(key));
    return gone.filter(i -> !i.isExpiredAt(clock.instant())).isPresent();
  }

  @Override
  public Page<BobKey> scan(@Nullable String cursor, int limit) {
    return new Page<>(List.copyOf(items.keySet()), null); // one page with everything
  }

  @Override
  public void close() {}
}
// end::store[]
