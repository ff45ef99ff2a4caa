package dev.bobbin.store.memory;

import dev.bobbin.xmpp.api.plugin.Setting;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.time.InstantSource;
import java.util.List;

/**
 * Opens stores in memory, under the name {@code memory}: the fallback, when no other store was
 * found or named.
 *
 * <p>Settings: {@code max-bytes} (default 16777216) and {@code max-entries} (default 10000). What
 * counts as bytes is said at {@link #settings()}.
 */
public final class MemoryBobStoreProvider implements BobStoreProvider {
  static final String NAME = "memory";
  static final String MAX_BYTES = "max-bytes";
  static final String MAX_ENTRIES = "max-entries";

  private static final long DEFAULT_BYTES = 16L * 1024 * 1024;
  private static final long LEAST_BYTES = 1024;
  private static final int DEFAULT_ENTRIES = 10_000;

  /** Made by {@link java.util.ServiceLoader}. */
  public MemoryBobStoreProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean fallback() {
    return true;
  }

  /**
   * {@inheritDoc}
   *
   * <p>What an entry counts as is said by {@link dev.bobbin.xmpp.bob.spi.HeapSize}: not less than
   * what it takes of the heap, 576 bytes beside its data and names at least.
   */
  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.of(
            MAX_BYTES,
            "the greatest total size, in bytes of data and of what surrounds it",
            Long.toString(DEFAULT_BYTES)),
        Setting.of(
            MAX_ENTRIES, "the greatest number of entries", Integer.toString(DEFAULT_ENTRIES)));
  }

  @Override
  public BobStore open(StoreContext context) {
    long maxBytes =
        context.settings().number(MAX_BYTES, DEFAULT_BYTES, LEAST_BYTES, Long.MAX_VALUE / 2);
    long maxEntries =
        context.settings().number(MAX_ENTRIES, DEFAULT_ENTRIES, 1, Integer.MAX_VALUE / 2);
    return new MemoryBobStore(maxBytes, (int) maxEntries, context.clock());
  }

  /** A store with the default bounds and the system's clock. */
  static MemoryBobStore openDefault() {
    return new MemoryBobStore(DEFAULT_BYTES, DEFAULT_ENTRIES, InstantSource.system());
  }
}
