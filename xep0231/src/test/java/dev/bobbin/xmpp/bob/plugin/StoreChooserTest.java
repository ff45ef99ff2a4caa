package dev.bobbin.xmpp.bob.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.bob.spi.StoreException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which store is chosen, and each way in which none is. */
class StoreChooserTest {
  private static final FakeProvider MEMORY = FakeProvider.fallback("memory");
  private static final FakeProvider JSON = FakeProvider.named("json-file");
  private static final FakeProvider REDIS = FakeProvider.named("redis");

  @Test
  void choose_fallbackAlone_isChosen() {
    assertThat(choose(null, Map.of(), MEMORY)).isSameAs(MEMORY);
  }

  @Test
  void choose_oneBesideTheFallback_isChosen() {
    assertThat(choose(null, Map.of(), MEMORY, JSON)).isSameAs(JSON);
    assertThat(choose(null, Map.of(), JSON, MEMORY)).isSameAs(JSON);
  }

  @Test
  void choose_nameFromCode_countsMost() {
    assertThat(choose("memory", Map.of(), MEMORY, JSON, REDIS)).isSameAs(MEMORY);
    assertThat(choose("redis", Map.of("bobbin.bob.store", "memory"), MEMORY, JSON, REDIS))
        .isSameAs(REDIS);
  }

  @Test
  void choose_nameFromProperty_countsMoreThanWhatIsFound() {
    assertThat(choose(null, Map.of("bobbin.bob.store", "memory"), MEMORY, JSON)).isSameAs(MEMORY);
  }

  @Test
  void choose_twoCandidates_isAnErrorThatListsThem() {
    assertThatThrownBy(() -> choose(null, Map.of(), REDIS, MEMORY, JSON))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "Several BobStoreProviders were found: json-file, redis. Choose one in code, or by the"
                + " system property bobbin.bob.store (docs/errors.md#ambiguous-store)");
  }

  @Test
  void choose_twoFallbacks_isAnErrorThatListsThem() {
    assertThatThrownBy(() -> choose(null, Map.of(), MEMORY, FakeProvider.fallback("other")))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "Several BobStoreProviders were found: memory, other. Choose one in code, or by the"
                + " system property bobbin.bob.store (docs/errors.md#ambiguous-store)");
  }

  @Test
  void choose_settingThatNoStoreKnows_isAnErrorThatAsksForTheNearest() {
    BobStoreProvider disk = FakeProvider.withSettings("disk", "place", "size");
    String known = "disk.place, disk.size (docs/errors.md#bad-setting)";

    assertThat(chooseSetting(disk, "disk.place")).isSameAs(disk);
    assertThatThrownBy(() -> chooseSetting(disk, "disk.plaec"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The setting 'disk.plaec' of xep_0231 sets nothing; did you mean 'disk.place'? There"
                + " are: store, "
                + known);
    assertThatThrownBy(() -> chooseSetting(disk, "dsk.size"))
        .hasMessageContaining("'dsk.size' of xep_0231 sets nothing; did you mean 'disk.size'? ");
    assertThatThrownBy(() -> chooseSetting(disk, "redis.password"))
        .hasMessage(
            "The setting 'redis.password' of xep_0231 sets nothing; there are: store, " + known);
  }

  @Test
  void choose_systemPropertyThatNoStoreKnows_isAnErrorThatAsksForTheNearest() {
    BobStoreProvider disk = FakeProvider.withSettings("disk", "place", "size");
    Map<String, String> right =
        Map.of("bobbin.bob.disk.size", "1", "bobbin.bob.store", "disk", "bobbin.bobs", "b");
    assertThat(choose(null, right, disk)).isSameAs(disk);

    Map<String, String> meant =
        Map.of(
            "bobbin.bob.disk.plaec", "bobbin.bob.disk.place",
            "bobbin.bob.dsk.place", "bobbin.bob.disk.place",
            "bobbin.bob.stroe", "bobbin.bob.store");
    meant.forEach(
        (slip, near) ->
            assertThatThrownBy(() -> choose(null, Map.of(slip, "x"), disk))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                    "The setting '"
                        + slip
                        + "' of the system properties sets nothing; did you mean '"
                        + near
                        + "'? There are: bobbin.bob.store, bobbin.bob.disk.place,"
                        + " bobbin.bob.disk.size (docs/errors.md#bad-setting)"));
  }

  @Test
  void choose_nameThatIsNearlyRight_asksForIt() {
    assertThatThrownBy(() -> choose("jsonfile", Map.of(), MEMORY, JSON))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "No BobStoreProvider named 'jsonfile'; did you mean 'json-file'? Found: json-file,"
                + " memory. Add its module or choose another (docs/errors.md#no-such-store)");
  }

  @Test
  void choose_overlookedAndOnlyTheFallback_isAnError() {
    String message =
        "A BobStoreProvider is overlooked: X is not listed. List it, or choose a store by name"
            + " (docs/errors.md#overlooked-provider)";

    assertThatThrownBy(() -> chooser(overlooking(MEMORY), null, Map.of()).choose())
        .isInstanceOf(StoreException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> chooser(overlooking(), null, Map.of()).choose()).hasMessage(message);
    assertThatThrownBy(() -> chooser(overlooking(MEMORY, JSON), "x", Map.of()).choose())
        .hasMessage(
            "No BobStoreProvider named 'x'; found: json-file, memory; overlooked: X is not listed."
                + " List it (docs/errors.md#overlooked-provider). Add its module or choose another"
                + " (docs/errors.md#no-such-store)");
  }

  @Test
  void choose_clearWithoutTheFallback_doesNotLookForOverlookedOnes() {
    assertThat(chooser(notLooking(MEMORY, JSON), null, Map.of()).choose().provider())
        .isSameAs(JSON);
    assertThat(chooser(notLooking(MEMORY), "memory", Map.of()).choose().provider())
        .isSameAs(MEMORY);
  }

  private static FoundStores overlooking(BobStoreProvider... providers) {
    return new FoundStores(
        List.of(providers).iterator(), () -> Optional.of("X is not listed. List it"));
  }

  private static FoundStores notLooking(BobStoreProvider... providers) {
    return new FoundStores(
        List.of(providers).iterator(),
        () -> {
          throw new AssertionError("this may read a whole jar");
        });
  }

  @Test
  void choose_nothingFound_isAnErrorThatSaysWhatToDo() {
    assertThatThrownBy(() -> choose(null, Map.of()))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "No BobStoreProvider was found. Add a store's module to the path, such as store-memory,"
                + " or give a store in code (docs/errors.md#no-store)");
  }

  @Test
  void choose_unknownName_isAnErrorThatListsWhatWasFound() {
    assertThatThrownBy(() -> choose("redis", Map.of(), MEMORY, JSON))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "No BobStoreProvider named 'redis'; found: json-file, memory. Add its module or choose"
                + " another (docs/errors.md#no-such-store)");
    assertThatThrownBy(() -> choose(null, Map.of("bobbin.bob.store", "Memory"), MEMORY))
        .hasMessage(
            "No BobStoreProvider named 'Memory'; did you mean 'memory'? Found: memory. Add its"
                + " module or choose another (docs/errors.md#no-such-store)");
    assertThatThrownBy(() -> choose("redis", Map.of()))
        .hasMessage(
            "No BobStoreProvider named 'redis'; found: none. Add its module or choose"
                + " another (docs/errors.md#no-such-store)");
  }

  @Test
  void choose_twoOfOneName_isAnErrorThatNamesTheClasses() {
    assertThatThrownBy(() -> choose("memory", Map.of(), MEMORY, JSON, new SecondMemory()))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "Two BobStoreProviders are named 'memory': dev.bobbin.xmpp.bob.plugin.FakeProvider and"
                + " dev.bobbin.xmpp.bob.plugin.StoreChooserTest$SecondMemory. Take one off the path"
                + " (docs/errors.md#duplicate-store)");
  }

  @Test
  void choose_brokenAndNoName_isAnErrorWithItsCause() {
    var failure = new ServiceConfigurationError("X could not be instantiated");

    assertThatThrownBy(
            () -> chooseLoading(null, Map.of(), List.of(() -> MEMORY, () -> throwing(failure))))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "A BobStoreProvider cannot be loaded: X could not be instantiated. Mend or remove its"
                + " jar, or choose a store by name (docs/errors.md#broken-store)")
        .hasCause(failure);
  }

  @Test
  void choose_brokenButAnotherNamed_isChosen() {
    var failure = new NoClassDefFoundError("io/lettuce/core/RedisClient");

    assertThat(chooseLoading("memory", Map.of(), List.of(() -> throwing(failure), () -> MEMORY)))
        .isSameAs(MEMORY);
    assertThat(
            chooseLoading(
                null,
                Map.of("bobbin.bob.store", "memory"),
                List.of(() -> throwing(failure), () -> MEMORY)))
        .isSameAs(MEMORY);
  }

  @Test
  void choose_brokenIsTheOneNamed_isAnErrorWithItsCause() {
    var failure = new NoClassDefFoundError("io/lettuce/core/RedisClient");

    assertThatThrownBy(
            () -> chooseLoading("redis", Map.of(), List.of(() -> MEMORY, () -> throwing(failure))))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "No BobStoreProvider named 'redis'; found: memory; cannot be loaded:"
                + " java.lang.NoClassDefFoundError: io/lettuce/core/RedisClient. Add its module or choose another"
                + " (docs/errors.md#no-such-store)")
        .hasCause(failure);
  }

  @Test
  void choose_nameThrows_countsAsBroken() {
    var failure = new UnsupportedOperationException("no name");

    assertThatThrownBy(() -> choose(null, Map.of(), MEMORY, nameless(failure)))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "A BobStoreProvider cannot be loaded: no name. Mend or remove its jar, or choose a"
                + " store by name (docs/errors.md#broken-store)")
        .hasCause(failure);
    assertThatThrownBy(
            () -> choose(null, Map.of(), MEMORY, nameless(new NoSuchMethodError("gone()"))))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith(
            "A BobStoreProvider cannot be loaded: java.lang.NoSuchMethodError: gone(). ");
    assertThat(choose("memory", Map.of(), MEMORY, nameless(failure))).isSameAs(MEMORY);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @SuppressWarnings("NullAway") // Somebody else's provider does not know of our annotations.
  void choose_noNameOrAnEmptyOne_countsAsBroken(boolean empty) {
    String name = empty ? "" : null;
    BobStoreProvider bad = new FakeProvider(name, false, List.of(), MEMORY.opened());

    assertThatThrownBy(() -> choose(null, Map.of(), MEMORY, bad))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "A BobStoreProvider cannot be loaded: dev.bobbin.xmpp.bob.plugin.FakeProvider has no"
                + " name. Mend or remove its jar, or choose a store by name"
                + " (docs/errors.md#broken-store)");
  }

  @Test
  void choose_brokenForEver_endsAllTheSame() {
    Iterator<BobStoreProvider> endless =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            throw new ServiceConfigurationError("again");
          }

          @Override
          public BobStoreProvider next() {
            throw new AssertionError("nobody said that there is one");
          }
        };

    assertThatThrownBy(
            () -> chooser(new FoundStores(endless, Optional::empty), null, Map.of()).choose())
        .hasMessageStartingWith("A BobStoreProvider cannot be loaded: again. ");
  }

  private static final class SecondMemory implements BobStoreProvider {
    @Override
    public String name() {
      return "memory";
    }

    @Override
    public BobStore open(StoreContext context) {
      return new MapStore();
    }
  }

  private static BobStoreProvider nameless(Throwable failure) {
    return new BobStoreProvider() {
      @Override
      public String name() {
        throw StoreChooserTest.<RuntimeException>sneaky(failure);
      }

      @Override
      public BobStore open(StoreContext context) {
        return new MapStore();
      }
    };
  }

  private static BobStoreProvider throwing(Error failure) {
    throw failure;
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T sneaky(Throwable failure) throws T {
    throw (T) failure;
  }

  private static BobStoreProvider choose(
      String named, Map<String, String> properties, BobStoreProvider... providers) {
    return chooser(
            new FoundStores(List.of(providers).iterator(), Optional::empty), named, properties)
        .choose()
        .provider();
  }

  private static BobStoreProvider chooseSetting(BobStoreProvider provider, String name) {
    return new StoreChooser(
            new FoundStores(List.of(provider).iterator(), Optional::empty),
            StoreSettings.of(Map.of(name, "1"), new Properties()))
        .choose()
        .provider();
  }

  private static StoreChooser chooser(
      FoundStores stores, String named, Map<String, String> properties) {
    Properties system = new Properties();
    system.putAll(properties);
    return new StoreChooser(
        stores, StoreSettings.of(named == null ? Map.of() : Map.of("store", named), system));
  }

  private static BobStoreProvider chooseLoading(
      String named, Map<String, String> properties, List<Supplier<BobStoreProvider>> providers) {
    Iterator<Supplier<BobStoreProvider>> suppliers = providers.iterator();
    Iterator<BobStoreProvider> loading =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return suppliers.hasNext();
          }

          @Override
          public BobStoreProvider next() {
            return suppliers.next().get();
          }
        };
    return chooser(new FoundStores(loading, Optional::empty), named, properties)
        .choose()
        .provider();
  }
}
