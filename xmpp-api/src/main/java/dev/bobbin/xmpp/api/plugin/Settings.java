package dev.bobbin.xmpp.api.plugin;

import dev.bobbin.xmpp.api.Alternatives;
import dev.bobbin.xmpp.api.Quoted;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Settings of one plugin or store as text, with typed readers whose errors name key and value.
 * Immutable and safe for use by several threads.
 */
public final class Settings {
  private static final Settings EMPTY = new Settings("", Map.of());

  private final String owner;
  private final Map<String, String> values;

  private Settings(String owner, Map<String, String> values) {
    this.owner = owner;
    this.values = Map.copyOf(values);
  }

  /**
   * No settings.
   *
   * @return settings in which every key is absent
   */
  public static Settings none() {
    return EMPTY;
  }

  /**
   * Settings from a map.
   *
   * @param owner whose they are, for messages
   * @param values the values by key
   * @return a copy
   */
  public static Settings of(String owner, Map<String, String> values) {
    return new Settings(Objects.requireNonNull(owner, "owner"), values);
  }

  /**
   * The keys that are set.
   *
   * @return an unmodifiable set
   */
  public Set<String> keys() {
    return values.keySet();
  }

  /**
   * A value as it was given.
   *
   * @param key its key
   * @return the value; empty when it is not set
   */
  public Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /**
   * Refuses what would be lost in silence.
   *
   * @param known all keys that mean something
   * @throws IllegalArgumentException when another key is set; the message names it, its owner and
   *     the known ones, of which it asks for a near one
   */
  public void requireKnown(Collection<String> known) {
    for (String key : new TreeSet<>(values.keySet())) {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(
            "The setting '"
                + Quoted.of(key)
                + "' of "
                + owner
                + " sets nothing"
                + Alternatives.to(key, "there are", known)
                + " (docs/errors.md#bad-setting)");
      }
    }
  }

  /**
   * A whole number.
   *
   * @param key its key
   * @param absent what holds when it is not set
   * @param least the least that is allowed
   * @param most the most that is allowed
   * @return the number
   * @throws IllegalArgumentException when the value is no whole number from {@code least} to {@code
   *     most}; the message names owner, key and value
   */
  public long number(String key, long absent, long least, long most) {
    String value = values.get(key);
    if (value == null) {
      return absent;
    }
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the message that serves both.
    }
    throw refused(key, value, "; it takes a whole number from " + least + " to " + most);
  }

  /**
   * One of several words: the names of an enum's constants in lower case, with hyphens for
   * underscores.
   *
   * @param key its key
   * @param absent what holds when it is not set
   * @param <E> the enum
   * @return the constant
   * @throws IllegalArgumentException when the value is none of the words; the message names owner,
   *     key, value and the words
   */
  public <E extends Enum<E>> E choice(String key, E absent) {
    Map<String, E> constants = new LinkedHashMap<>();
    for (E constant : absent.getDeclaringClass().getEnumConstants()) {
      constants.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    return choice(
        key, absent, constants.keySet(), word -> Optional.ofNullable(constants.get(word)));
  }

  /**
   * One of several words that have a meaning of their own.
   *
   * @param key its key
   * @param absent what holds when it is not set
   * @param words the words, for the message
   * @param meaning what a word means; empty when it means nothing
   * @param <T> what the words mean
   * @return the meaning
   * @throws IllegalArgumentException when the value means nothing; the message names owner, key,
   *     value and the words
   */
  public <T> T choice(
      String key, T absent, Collection<String> words, Function<String, Optional<T>> meaning) {
    String value = values.get(key);
    if (value == null) {
      return absent;
    }
    return meaning
        .apply(value)
        .orElseThrow(() -> refused(key, value, Alternatives.to(value, "it takes", words)));
  }

  /**
   * A yes or no.
   *
   * @param key its key
   * @param absent what holds when it is not set
   * @return whether it is {@code true}
   * @throws IllegalArgumentException when the value is neither {@code true} nor {@code false}; the
   *     message names owner, key and value
   */
  public boolean flag(String key, boolean absent) {
    String value = values.get(key);
    if (value == null) {
      return absent;
    }
    if (value.equals("true") || value.equals("false")) {
      return value.equals("true");
    }
    throw refused(key, value, "; it takes true or false");
  }

  private IllegalArgumentException refused(String key, String value, String takes) {
    return new IllegalArgumentException(
        "Setting '"
            + key
            + "' of "
            + owner
            + " is '"
            + Quoted.of(value)
            + "'"
            + takes
            + " (docs/errors.md#bad-setting)");
  }
}
