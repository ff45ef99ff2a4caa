package dev.bobbin.interop;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.Page;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** An application's own store, which is not emptied when it is closed. */
final class MapStore implements BobStore {
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
  public Page<BobKey> scan(String cursor, int limit) {
    return new Page<>(List.copyOf(items.keySet()), null);
  }

  @Override
  public void close() {}
}
