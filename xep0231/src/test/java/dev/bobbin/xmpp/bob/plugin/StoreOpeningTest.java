package dev.bobbin.xmpp.bob.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.Setting;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.bob.spi.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With which settings the chosen store is opened, and what happens when it is not. */
class StoreOpeningTest {
  private static final String ADVICE =
      ". Mend what it says, or choose another store (docs/errors.md#store-cannot-open)";

  private static final StoreContext CONTEXT = StoreContext.of(Jid.of("alice@example.org"));

  private final FakeProvider provider = FakeProvider.withSettings("disk", "size", "place", "mode");

  @Test
  void open_settings_comeFromCodeThenFromProperties() {
    Properties system = new Properties();
    system.put("bobbin.bob.disk.size", "1");
    system.put("bobbin.bob.disk.place", "property");
    system.put("bobbin.bob.tape.mode", "3");

    open(provider, StoreSettings.of(Map.of("disk.place", "code", "tape.size", "4"), system));

    var settings = provider.opened().get().settings();
    assertThat(settings.keys()).containsExactlyInAnyOrder("size", "place");
    assertThat(settings.text("place")).contains("code");
    assertThat(settings.text("size")).contains("1");
    assertThat(provider.opened().get().account()).isEqualTo(Jid.of("alice@example.org"));
  }

  @Test
  void open_placeThatFailsOrForges_isFitForALogAllTheSame() {
    assertThat(placed(() -> "/srv\n/bob").place()).isEqualTo("/srv\uFFFD/bob");
    assertThat(
            placed(
                    () -> {
                      throw new AbstractMethodError("place()");
                    })
                .place())
        .isEqualTo("unknown, because of java.lang.AbstractMethodError: place()");
  }

  private static OpenStore placed(Supplier<String> place) {
    return open(
        opening(
            context ->
                new MapStore() {
                  @Override
                  public String place() {
                    return place.get();
                  }
                }));
  }

  @Test
  void open_badValue_isAnErrorThatNamesStoreKeyAndValue() {
    BobStoreProvider counting =
        opening(
            context -> {
              context.settings().number("size", 1, 1, 10);
              return new MapStore();
            });

    assertThatThrownBy(
            () -> open(counting, StoreSettings.of(Map.of("failing.size", "0"), new Properties())))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "The store 'failing' cannot be opened: Setting 'size' of the store 'failing' is '0';"
                + " it takes a whole number from 1 to 10 (docs/errors.md#bad-setting)"
                + ADVICE)
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void open_failureWithoutMessageOrStore_isAnErrorThatSaysWhat() {
    BobStoreProvider failing =
        opening(
            context -> {
              throw new ArrayStoreException();
            });
    assertThatThrownBy(() -> open(failing))
        .hasMessage("The store 'failing' cannot be opened: java.lang.ArrayStoreException" + ADVICE);

    assertThatThrownBy(() -> open(opening(context -> nothing())))
        .hasMessage("The store 'failing' cannot be opened: its provider gave null" + ADVICE);
  }

  @SuppressWarnings("NullAway") // What a careless provider gives.
  private static BobStore nothing() {
    return null;
  }

  static List<Throwable> failures() {
    return List.of(
        new IOException("it is closed"),
        new UncheckedIOException("it is closed", new IOException("inner")),
        new IllegalStateException("it is closed"),
        new NoClassDefFoundError("it is closed"),
        new AssertionError("it is closed"),
        new Exception("it is closed"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void open_providerFails_isAnErrorWithItsCause(Throwable failure) {
    BobStoreProvider failing =
        opening(
            context -> {
              throw StoreOpeningTest.<IOException>sneaky(failure);
            });

    String text = failure instanceof Error ? failure.toString() : "it is closed";
    assertThatThrownBy(() -> open(failing))
        .isInstanceOf(StoreException.class)
        .hasMessage("The store 'failing' cannot be opened: " + text + ADVICE)
        .hasCause(failure);
  }

  @Test
  void open_machineFails_isThrownAsItIs() {
    OutOfMemoryError failure = new OutOfMemoryError("of a test");
    BobStoreProvider failing =
        opening(
            context -> {
              throw failure;
            });

    assertThatThrownBy(() -> open(failing)).isSameAs(failure);
  }

  private static OpenStore open(BobStoreProvider provider) {
    return open(provider, StoreSettings.of(Map.of(), new Properties()));
  }

  private static OpenStore open(BobStoreProvider provider, StoreSettings settings) {
    FoundStores stores = new FoundStores(List.of(provider).iterator(), Optional::empty);
    return new StoreChooser(stores, settings)
        .open(stores.byName().values().iterator().next(), CONTEXT);
  }

  @FunctionalInterface
  private interface Opening {
    BobStore open(StoreContext context) throws IOException;
  }

  private static BobStoreProvider opening(Opening opening) {
    return new BobStoreProvider() {
      @Override
      public String name() {
        return "failing";
      }

      @Override
      public List<Setting> settings() {
        return List.of(Setting.of("size", "of a test", "1"));
      }

      @Override
      public BobStore open(StoreContext context) throws IOException {
        return opening.open(context);
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T sneaky(Throwable failure) throws T {
    throw (T) failure;
  }
}
