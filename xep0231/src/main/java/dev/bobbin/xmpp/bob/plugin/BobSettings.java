package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.bob.HashAlgorithm;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The plugin's settings, checked.
 *
 * @param algorithm which hash names what we host
 * @param maxItemBytes the greatest size of one item
 * @param caching where received items are kept
 * @param cacheBytes the bound of the session cache
 * @param cacheEntries the bound of the number of items in it
 * @param pushBytes data of fewer bytes is pushed in the stanza that refers to it
 * @param servedBytesPerSecond what each requester is served; 0 for no bound
 * @param serveReceived whether verified data of others is served on
 * @param ofStores which store was named, and what was set for stores as {@code STORE.KEY}
 */
record BobSettings(
    HashAlgorithm algorithm,
    int maxItemBytes,
    Caching caching,
    long cacheBytes,
    int cacheEntries,
    int pushBytes,
    long servedBytesPerSecond,
    boolean serveReceived,
    Map<String, String> ofStores) {
  static final String STORE = "store";
  static final String ALGORITHM = "algorithm";
  static final String MAX_ITEM_BYTES = "max-item-bytes";
  static final String CACHING = "caching";
  static final String CACHE_BYTES = "cache-bytes";
  static final String CACHE_ENTRIES = "cache-entries";
  static final String PUSH_BYTES = "push-bytes";
  static final String SERVED_BYTES_PER_SECOND = "served-bytes-per-second";
  static final String SERVE_RECEIVED = "serve-received";

  private static final List<String> KEYS =
      List.of(
          STORE,
          ALGORITHM,
          MAX_ITEM_BYTES,
          CACHING,
          CACHE_BYTES,
          CACHE_ENTRIES,
          PUSH_BYTES,
          SERVED_BYTES_PER_SECOND,
          SERVE_RECEIVED);
  private static final long MOST_ITEM_BYTES = 1 << 20;
  private static final long CACHE = 16L << 20;
  private static final long MOST_CACHE = 1L << 40;
  private static final long ENTRIES = 10_000;
  private static final long MOST_ENTRIES = 10_000_000;

  /** What XEP-0231 section 2.1 wants to see pushed at most. */
  private static final long PUSHED = 1024;

  private static final long SERVED = 128 << 10;
  private static final long MOST_SERVED = 1L << 40;

  /** Reads settings; what {@code builder} says counts more than what the client was given. */
  static BobSettings of(Settings client, Map<String, String> builder) {
    Map<String, String> values = new LinkedHashMap<>();
    client.keys().forEach(key -> values.put(key, client.text(key).orElseThrow()));
    values.putAll(builder);
    Map<String, String> own = new LinkedHashMap<>(values);
    Map<String, String> ofStores = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.indexOf('.') > 0 || key.equals(STORE)) {
            ofStores.put(key, value);
            own.remove(key);
          }
        });
    Settings checked = Settings.of(BobPlugin.NAME, own);
    checked.requireKnown(KEYS);
    return new BobSettings(
        checked.choice(
            ALGORITHM,
            HashAlgorithm.SHA_1,
            Stream.of(HashAlgorithm.values()).map(HashAlgorithm::text).toList(),
            HashAlgorithm::named),
        (int)
            checked.number(MAX_ITEM_BYTES, StoreContext.DEFAULT_MAX_ITEM_BYTES, 1, MOST_ITEM_BYTES),
        checked.choice(CACHING, Caching.SESSION),
        checked.number(CACHE_BYTES, CACHE, 0, MOST_CACHE),
        (int) checked.number(CACHE_ENTRIES, ENTRIES, 0, MOST_ENTRIES),
        (int) checked.number(PUSH_BYTES, PUSHED, 0, MOST_ITEM_BYTES),
        checked.number(SERVED_BYTES_PER_SECOND, SERVED, 0, MOST_SERVED),
        checked.flag(SERVE_RECEIVED, false),
        ofStores);
  }

  /** For a store given in code: what is set for stores found on the path would have no effect. */
  void requireNoneOfStores() {
    if (!ofStores.isEmpty()) {
      throw new IllegalArgumentException(
          "A store was given in code, so that the setting '"
              + Quoted.of(ofStores.keySet().iterator().next())
              + "' would have no effect; leave one of them out (docs/errors.md#bad-setting)");
    }
  }
}
