package dev.bobbin.benchmarks;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.Page;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A map and no more, without bounds, expiry and order: what others are measured against. */
final class UnboundedStore implements BobStore {
  private final Map<BobKey, StoredBob> items = new ConcurrentHashMap<>();

  @Override
  public void put(StoredBob item) {
    items.put(item.key(), item);
  }

  @Override
  public Optional<StoredBob> get(BobKey key) {
    return Optional.ofNullable(items.get(key));
  }

  @Override
  public boolean delete(BobKey key) {
    return items.remove(key) != null;
  }

  @Override
  public Page<BobKey> scan(@Nullable String cursor, int limit) {
    throw new UnsupportedOperationException("not measured");
  }

  @Override
  public void close() {
    items.clear();
  }
}
