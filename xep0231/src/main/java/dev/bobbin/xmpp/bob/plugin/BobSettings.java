package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.bob.HashAlgorithm;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The plugin's settings, checked.
 *
 * @param store the name of the store that was chosen in code
 * @param algorithm which hash names what we host
 * @param maxItemBytes the greatest size of one item
 * @param caching where received items are kept
 * @param cacheBytes the bound of the session cache
 * @param byStore settings of stores, by store and key
 */
record BobSettings(
    Optional<String> store,
    HashAlgorithm algorithm,
    int maxItemBytes,
    Caching caching,
    long cacheBytes,
    Map<String, Map<String, String>> byStore) {
  static final String STORE = "store";
  static final String ALGORITHM = "algorithm";
  static final String MAX_ITEM_BYTES = "max-item-bytes";
  static final String CACHING = "caching";
  static final String CACHE_BYTES = "cache-bytes";

  private static final List<String> KEYS =
      List.of(STORE, ALGORITHM, MAX_ITEM_BYTES, CACHING, CACHE_BYTES);
  private static final long MOST_ITEM_BYTES = 1 << 20;
  private static final long CACHE = 16L << 20;
  private static final long MOST_CACHE = 1L << 40;

  /** Reads settings; what {@code builder} says counts more than what the client was given. */
  static BobSettings of(Settings client, Map<String, String> builder) {
    Map<String, String> values = new LinkedHashMap<>();
    client.keys().forEach(key -> values.put(key, client.text(key).orElseThrow()));
    values.putAll(builder);
    Map<String, Map<String, String>> byStore = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          int dot = key.indexOf('.');
          if (dot > 0) {
            byStore
                .computeIfAbsent(key.substring(0, dot), store -> new LinkedHashMap<>())
                .put(key.substring(dot + 1), value);
          } else if (!KEYS.contains(key)) {
            throw bad(key, value, "there is no such setting; there are " + String.join(", ", KEYS));
          }
        });
    Settings checked = Settings.of(BobPlugin.NAME, values);
    return new BobSettings(
        checked.text(STORE),
        checked
            .text(ALGORITHM)
            .map(
                name ->
                    HashAlgorithm.named(name)
                        .orElseThrow(() -> bad(ALGORITHM, name, "it takes a name such as sha-256")))
            .orElse(HashAlgorithm.SHA_1),
        (int)
            checked.number(MAX_ITEM_BYTES, StoreContext.DEFAULT_MAX_ITEM_BYTES, 1, MOST_ITEM_BYTES),
        checked.text(CACHING).map(BobSettings::caching).orElse(Caching.SESSION),
        checked.number(CACHE_BYTES, CACHE, 0, MOST_CACHE),
        byStore);
  }

  /** For a store given in code: what is set for stores found on the path would have no effect. */
  void requireNoneOfStores() {
    if (store.isPresent() || !byStore.isEmpty()) {
      String set = store.isPresent() ? STORE : byStore.keySet().iterator().next() + ".*";
      throw new IllegalArgumentException(
          "A store was given in code, so that the setting '"
              + set
              + "' would have no effect; leave one of them out (docs/errors.md#bad-setting)");
    }
  }

  private static Caching caching(String name) {
    for (Caching caching : Caching.values()) {
      if (caching.name().toLowerCase(Locale.ROOT).equals(name)) {
        return caching;
      }
    }
    throw bad(CACHING, name, "it takes session, store or none");
  }

  private static IllegalArgumentException bad(String key, String value, String why) {
    return new IllegalArgumentException(
        "Setting '"
            + key
            + "' of "
            + BobPlugin.NAME
            + " is '"
            + value
            + "'; "
            + why
            + " (docs/errors.md#bad-setting)");
  }
}
