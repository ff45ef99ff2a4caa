package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.Page;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The least that a store can be; on which thread it was called can be seen. */
class MapStore implements BobStore {
  final Map<BobKey, StoredBob> items = new ConcurrentHashMap<>();
  volatile @Nullable Thread calledOn;
  volatile boolean closed;

  @Override
  public void put(StoredBob item) throws IOException {
    calledOn = Thread.currentThread();
    items.put(item.key(), item);
  }

  @Override
  public Optional<StoredBob> get(BobKey key) throws IOException {
    calledOn = Thread.currentThread();
    return Optional.ofNullable(items.get(key));
  }

  @Override
  public boolean delete(BobKey key) throws IOException {
    calledOn = Thread.currentThread();
    return items.remove(key) != null;
  }

  @Override
  public Page<BobKey> scan(@Nullable String cursor, int limit) {
    return new Page<>(List.copyOf(items.keySet()), null);
  }

  @Override
  public void close() {
    closed = true;
  }
}
