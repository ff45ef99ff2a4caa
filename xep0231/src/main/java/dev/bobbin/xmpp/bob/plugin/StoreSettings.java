package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.plugin.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What was set about stores, in code and by system properties. Both say it by the same names:
 * {@code store}, or {@code STORE.KEY}, which a system property has behind {@value #PREFIX}. What is
 * set in code counts more.
 */
final class StoreSettings {
  static final String PREFIX = "bobbin.bob.";

  private final Map<String, String> inCode;
  private final Map<String, String> byProperty;

  private StoreSettings(Map<String, String> inCode, Map<String, String> byProperty) {
    this.inCode = inCode;
    this.byProperty = byProperty;
  }

  /** Settings in code by name; of the system properties, those of ours count. */
  static StoreSettings of(Map<String, String> inCode, Properties system) {
    Map<String, String> byProperty = new TreeMap<>();
    for (String property : system.stringPropertyNames()) {
      String value = property.startsWith(PREFIX) ? system.getProperty(property) : null;
      if (value != null) {
        byProperty.put(property, value);
      }
    }
    return new StoreSettings(inCode, byProperty);
  }

  /** The store that was named. */
  Optional<String> named() {
    return get(BobSettings.STORE);
  }

  /**
   * Refuses what would be lost in silence.
   *
   * @param keys what each store that was found understands, by its name
   * @throws IllegalArgumentException when something else is set
   */
  void requireKnown(Map<String, List<String>> keys) {
    List<String> settings = new ArrayList<>();
    settings.add(BobSettings.STORE);
    keys.forEach((store, its) -> its.forEach(key -> settings.add(store + '.' + key)));
    Settings.of(BobPlugin.NAME, inCode).requireKnown(settings);
    Settings.of("the system properties", byProperty)
        .requireKnown(settings.stream().map(PREFIX::concat).toList());
  }

  /** What one store is opened with. */
  Settings of(String store, List<String> keys) {
    Map<String, String> values = new LinkedHashMap<>();
    keys.forEach(key -> get(store + '.' + key).ifPresent(value -> values.put(key, value)));
    return Settings.of("the store '" + store + "'", values);
  }

  private Optional<String> get(String name) {
    String value = inCode.get(name);
    return Optional.ofNullable(value == null ? byProperty.get(PREFIX + name) : value);
  }
}
