package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.Alternatives;
import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.bob.plugin.FoundStores.Found;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.bob.spi.StoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides which of the stores that were found is opened: the one named in code, the one named by
 * the system property {@value #PROPERTY}, the only one that is not a fallback, the fallback.
 * Whatever is not clear is an error, because another store than the one meant would look like lost
 * data.
 */
final class StoreChooser {
  static final String PROPERTY = StoreSettings.PREFIX + BobSettings.STORE;
  private static final String OVERLOOKED = " (docs/errors.md#overlooked-provider)";

  private final FoundStores stores;
  private final StoreSettings settings;

  StoreChooser(FoundStores stores, StoreSettings settings) {
    this.stores = stores;
    this.settings = settings;
  }

  /**
   * Chooses by the rules.
   *
   * @throws StoreException when it is not clear which
   * @throws IllegalArgumentException when something is set that no store found understands
   */
  Found choose() {
    Optional<String> name = settings.named();
    Found chosen = name.isPresent() ? named(name.get()) : unnamed();
    Map<String, List<String>> keys = new LinkedHashMap<>();
    stores.byName().forEach((store, found) -> keys.put(store, found.keys()));
    settings.requireKnown(keys);
    return chosen;
  }

  private Found named(String name) {
    Found found = stores.byName().get(name);
    if (found == null) {
      Throwable problem = stores.problem().orElse(null);
      throw new StoreException(
          "No BobStoreProvider named '"
              + Quoted.of(name)
              + "'"
              + Alternatives.to(name, "found", stores.byName().keySet())
              + (problem == null ? "" : "; cannot be loaded: " + FoundStores.text(problem))
              + stores.overlooked().map(text -> "; overlooked: " + text + OVERLOOKED).orElse("")
              + ". Add its module or choose another (docs/errors.md#no-such-store)",
          problem);
    }
    return found;
  }

  private Found unnamed() {
    Throwable problem = stores.problem().orElse(null);
    if (problem != null) {
      throw new StoreException(
          "A BobStoreProvider cannot be loaded: "
              + FoundStores.text(problem)
              + ". Mend or remove its jar, or choose a store by name (docs/errors.md#broken-store)",
          problem);
    }
    List<Found> found = List.copyOf(stores.byName().values());
    List<Found> candidates = found.stream().filter(store -> !store.isFallback()).toList();
    if (candidates.isEmpty()) {
      requireNoneOverlooked();
      candidates = found;
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
              + String.join(", ", candidates.stream().map(Found::name).toList())
              + ". Choose one in code, or by the system property "
              + PROPERTY
              + " (docs/errors.md#ambiguous-store)",
          null);
    }
    return candidates.get(0);
  }

  /** Only before the fallback: beside another store, reading the jar would cost each start. */
  private void requireNoneOverlooked() {
    stores
        .overlooked()
        .ifPresent(
            text -> {
              throw new StoreException(
                  "A BobStoreProvider is overlooked: "
                      + text
                      + ", or choose a store by name"
                      + OVERLOOKED,
                  null);
            });
  }

  /** Opens the chosen store with its settings. */
  OpenStore open(Found chosen, StoreContext context) {
    try {
      BobStore store =
          chosen.provider().open(context.withSettings(settings.of(chosen.name(), chosen.keys())));
      return OpenStore.ours(chosen.name(), Objects.requireNonNull(store, "its provider gave null"));
    } catch (StoreException | VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      // A foreign provider may throw anything; all of it means that there is no store.
      throw new StoreException(
          "The store '"
              + chosen.name()
              + "' cannot be opened: "
              + FoundStores.text(e)
              + ". Mend what it says, or choose another store (docs/errors.md#store-cannot-open)",
          e);
    }
  }
}
