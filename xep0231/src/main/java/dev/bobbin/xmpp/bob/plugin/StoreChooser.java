package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.plugin.Setting;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.bob.spi.StoreException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides which of the stores that were found is opened: the one named in code, the one named by
 * the system property {@value #PROPERTY}, the only one that is not a fallback, the fallback.
 * Whatever is not clear is an error, because another store than the one meant would look like lost
 * data.
 */
final class StoreChooser {
  static final String PROPERTY = "bobbin.bob.store";
  private static final String SETTING_PROPERTY = "bobbin.bob.";
  private static final int MOST_PROVIDERS = 1000;

  private final TreeMap<String, BobStoreProvider> found = new TreeMap<>();
  private final Set<String> fallbacks = new HashSet<>();
  private final List<Throwable> broken = new ArrayList<>();
  private final Map<String, String> properties;

  /**
   * Takes stock of the providers.
   *
   * @param providers as the service loader gives them, which may throw on the way
   * @param properties the system properties, of which those of ours count
   */
  StoreChooser(Iterator<BobStoreProvider> providers, Map<String, String> properties) {
    this.properties = properties;
    for (int i = 0; i < MOST_PROVIDERS; i++) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        add(providers.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        broken.add(e);
      }
    }
  }

  private void add(BobStoreProvider provider) {
    String name;
    boolean fallback;
    try {
      name = provider.name();
      fallback = provider.fallback();
    } catch (RuntimeException | LinkageError e) {
      broken.add(e);
      return;
    }
    if (name == null || name.isEmpty()) {
      broken.add(new IllegalStateException(provider.getClass().getName() + " has no name"));
      return;
    }
    BobStoreProvider before = found.putIfAbsent(name, provider);
    if (before != null) {
      throw new StoreException(
          "Two BobStoreProviders are named '"
              + name
              + "': "
              + before.getClass().getName()
              + " and "
              + provider.getClass().getName()
              + ". Take one off the path (docs/errors.md#duplicate-store)",
          null);
    }
    if (fallback) {
      fallbacks.add(name);
    }
  }

  /** Settings of a store that is not there would be lost in silence. */
  void requireFound(Map<String, Map<String, String>> settingsByStore) {
    settingsByStore.forEach(
        (store, settings) -> {
          if (!found.containsKey(store)) {
            throw new StoreException(
                "The setting '"
                    + store
                    + '.'
                    + settings.keySet().iterator().next()
                    + "' is for a store that was not found; found: "
                    + names()
                    + " (docs/errors.md#bad-setting)",
                null);
          }
        });
  }

  /** The same for system properties, where a slip is as easy and as costly. */
  void requireKnownProperties() {
    for (String property : new TreeSet<>(properties.keySet())) {
      if (property.startsWith(SETTING_PROPERTY) && !property.equals(PROPERTY)) {
        String setting = property.substring(SETTING_PROPERTY.length());
        int dot = setting.indexOf('.');
        BobStoreProvider provider = dot < 0 ? null : found.get(setting.substring(0, dot));
        if (provider == null || !keys(provider).contains(setting.substring(dot + 1))) {
          throw new StoreException(
              "The system property '"
                  + property
                  + "' sets nothing; there are "
                  + PROPERTY
                  + knownProperties()
                  + " (docs/errors.md#bad-setting)",
              null);
        }
      }
    }
  }

  private String knownProperties() {
    StringBuilder known = new StringBuilder();
    found.forEach(
        (name, provider) ->
            keys(provider)
                .forEach(key -> known.append(", " + SETTING_PROPERTY + name + '.' + key)));
    return known.toString();
  }

  private static List<String> keys(BobStoreProvider provider) {
    return provider.settings().stream().map(Setting::key).sorted().toList();
  }

  private String names() {
    return found.isEmpty() ? "none" : String.join(", ", found.keySet());
  }

  private String firstProblem() {
    return text(broken.get(0));
  }

  /** What the JDK throws often names only a class or a file: then what happened is in its type. */
  private static String text(Throwable problem) {
    String message = problem.getMessage();
    Throwable cause = problem.getCause();
    if (problem instanceof ServiceConfigurationError && cause != null) {
      return message + ": " + cause;
    }
    return message == null
            || problem instanceof LinkageError
            || problem instanceof FileSystemException
        ? problem.toString()
        : message;
  }

  /** Chooses by the rules, given the name that the code gave, or null. */
  BobStoreProvider choose(@Nullable String named) {
    String name = named == null ? properties.get(PROPERTY) : named;
    if (name != null) {
      BobStoreProvider provider = found.get(name);
      if (provider == null) {
        throw new StoreException(
            "No BobStoreProvider named '"
                + name
                + "'; found: "
                + names()
                + (broken.isEmpty() ? "" : "; cannot be loaded: " + firstProblem())
                + ". Add its module or choose another (docs/errors.md#no-such-store)",
            broken.isEmpty() ? null : broken.get(0));
      }
      return provider;
    }
    if (!broken.isEmpty()) {
      throw new StoreException(
          "A BobStoreProvider cannot be loaded: "
              + firstProblem()
              + ". Mend or remove its jar, or choose a store by name (docs/errors.md#broken-store)",
          broken.get(0));
    }
    List<String> candidates =
        found.keySet().stream().filter(candidate -> !fallbacks.contains(candidate)).toList();
    if (candidates.isEmpty()) {
      candidates = List.copyOf(found.keySet());
    }
    if (candidates.isEmpty()) {
      throw new StoreException(
          "No BobStoreProvider was found. Add a store's module to the path, such as store-memory,"
              + " or give a store in code (docs/errors.md#no-store)",
          null);
    }
    if (candidates.size() > 1) {
      throw new StoreException(
          "Several BobStoreProviders were found: "
              + String.join(", ", candidates)
              + ". Choose one in code, or by the system property "
              + PROPERTY
              + " (docs/errors.md#ambiguous-store)",
          null);
    }
    return Objects.requireNonNull(found.get(candidates.get(0)));
  }

  /** Opens the chosen store with its settings: from code, then from system properties. */
  BobStore open(BobStoreProvider provider, Map<String, String> fromCode, StoreContext context) {
    String name = provider.name();
    try {
      Map<String, String> values = new LinkedHashMap<>(fromCode);
      List<String> known = keys(provider);
      for (String key : fromCode.keySet()) {
        if (!known.contains(key)) {
          throw new StoreException(
              "The store '"
                  + name
                  + "' has no setting '"
                  + key
                  + "'; it has: "
                  + (known.isEmpty() ? "none" : String.join(", ", known))
                  + " (docs/errors.md#bad-setting)",
              null);
        }
      }
      for (String key : known) {
        String property = properties.get(SETTING_PROPERTY + name + "." + key);
        if (property != null) {
          values.putIfAbsent(key, property);
        }
      }
      BobStore store =
          provider.open(context.withSettings(Settings.of("the store '" + name + "'", values)));
      return Objects.requireNonNull(store, "its provider gave null");
    } catch (StoreException e) {
      throw e;
    } catch (IOException | RuntimeException | LinkageError e) {
      throw new StoreException(
          "The store '"
              + name
              + "' cannot be opened: "
              + text(e)
              + ". Mend what it says, or choose another store (docs/errors.md#store-cannot-open)",
          e);
    }
  }
}
