package dev.bobbin.integration;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.Page;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** An application's own store, as short as one can be. */
final class MapStore implements BobStore {
  final Map<BobKey, StoredBob> items = new ConcurrentHashMap<>();
  volatile boolean closed;
  private final boolean blocks;

  MapStore() {
    this(true);
  }

  /** Without {@code blocks}, what is done with a stanza is done before the next one is read. */
  MapStore(boolean blocks) {
    this.blocks = blocks;
  }

  @Override
  public boolean blocks() {
    return blocks;
  }

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
  public void close() {
    closed = true;
  }
}
