package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.plugin.Setting;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stores on the path, and those that should have been there: each provider is asked once for
 * what it is, and one that fails at that counts as broken, as does one that cannot be loaded.
 */
final class FoundStores {
  private static final int MOST_PROVIDERS = 1000;

  /** A store that can be opened. */
  record Found(String name, boolean isFallback, List<String> keys, BobStoreProvider provider) {}

  private final TreeMap<String, Found> byName = new TreeMap<>();
  private final List<Throwable> broken = new ArrayList<>();
  private final Supplier<Optional<String>> overlooked;

  /**
   * Takes stock.
   *
   * @param providers as the service loader gives them, which may throw on the way
   * @param overlooked looks for those that the service loader passes over, which takes a while
   * @throws StoreException when two have the same name
   */
  FoundStores(Iterator<BobStoreProvider> providers, Supplier<Optional<String>> overlooked) {
    this.overlooked = overlooked;
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
    Found store;
    try {
      List<String> keys = provider.settings().stream().map(Setting::key).sorted().toList();
      store = new Found(provider.name(), provider.fallback(), keys, provider);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      // Whatever it throws, Errors included, is that provider's alone.
      broken.add(e);
      return;
    }
    if (store.name() == null || store.name().isEmpty()) {
      broken.add(new IllegalStateException(provider.getClass().getName() + " has no name"));
      return;
    }
    Found before = byName.putIfAbsent(store.name(), store);
    if (before != null) {
      throw new StoreException(
          "Two BobStoreProviders are named '"
              + store.name()
              + "': "
              + before.provider().getClass().getName()
              + " and "
              + provider.getClass().getName()
              + ". Take one off the path (docs/errors.md#duplicate-store)",
          null);
    }
  }

  /** The stores by name, in its order. */
  SortedMap<String, Found> byName() {
    return byName;
  }

  /** Those that the service loader passed over, why, and what to do. May read a whole jar. */
  Optional<String> overlooked() {
    return overlooked.get();
  }

  /** Why a store that the service loader saw is not among those found. */
  Optional<Throwable> problem() {
    return broken.stream().findFirst();
  }

  /** What the JDK throws often names only a class or a file: then what happened is in its type. */
  static String text(@Nullable Throwable problem) {
    if (problem == null) {
      return "";
    }
    String message = problem.getMessage();
    Throwable cause = problem.getCause();
    if (problem instanceof ServiceConfigurationError) {
      return message + (cause == null ? "" : ": " + cause);
    }
    return message == null || problem instanceof Error || problem instanceof FileSystemException
        ? problem.toString()
        : message;
  }
}
