package dev.bobbin.xmpp.api.plugin;

import java.util.Objects;
import java.util.Optional;

/**
 * One key that a plugin or a store understands.
 *
 * @param key lower case with hyphens, such as {@code max-bytes}
 * @param description what it decides, with its unit
 * @param defaultValue what holds when it is not set; empty when that depends on the account
 */
public record Setting(String key, String description, Optional<String> defaultValue) {
  /**
   * Checks that nothing is null.
   *
   * @param key lower case with hyphens
   * @param description what it decides, with its unit
   * @param defaultValue what holds when it is not set; empty when that depends on the account
   */
  public Setting {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(defaultValue, "defaultValue");
  }

  /**
   * A key with a default.
   *
   * @param key the key
   * @param description what it decides, with its unit
   * @param defaultValue what holds when it is not set
   * @return the setting
   */
  public static Setting of(String key, String description, String defaultValue) {
    return new Setting(key, description, Optional.of(defaultValue));
  }
}
