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
    StoreChooser chooser =
        chooser(
            Map.of(
                "bobbin.bob.disk.size", "1",
                "bobbin.bob.disk.place", "property",
                "bobbin.bob.disk.other", "2",
                "bobbin.bob.tape.mode", "3"));

    chooser.open(provider, Map.of("place", "code"), CONTEXT);

    var settings = provider.opened().get().settings();
    assertThat(settings.keys()).containsExactlyInAnyOrder("size", "place");
    assertThat(settings.text("place")).contains("code");
    assertThat(settings.text("size")).contains("1");
    assertThat(provider.opened().get().account()).isEqualTo(Jid.of("alice@example.org"));
  }

  @Test
  void open_unknownKeyInCode_isAnErrorThatListsTheKeys() {
    assertThatThrownBy(() -> chooser(Map.of()).open(provider, Map.of("siez", "1"), CONTEXT))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "The store 'disk' has no setting 'siez'; it has: mode, place, size"
                + " (docs/errors.md#bad-setting)");
    assertThatThrownBy(
            () -> chooser(Map.of()).open(FakeProvider.named("bare"), Map.of("x", "1"), CONTEXT))
        .hasMessage(
            "The store 'bare' has no setting 'x'; it has: none (docs/errors.md#bad-setting)");
    assertThat(provider.opened().get()).isNull();
  }

  @Test
  void open_badValue_isAnErrorThatNamesStoreKeyAndValue() {
    BobStoreProvider counting =
        opening(
            context -> {
              context.settings().number("size", 1, 1, 10);
              return new MapStore();
            });

    assertThatThrownBy(() -> chooser(Map.of()).open(counting, Map.of("size", "0"), CONTEXT))
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
    assertThatThrownBy(() -> chooser(Map.of()).open(failing, Map.of(), CONTEXT))
        .hasMessage("The store 'failing' cannot be opened: java.lang.ArrayStoreException" + ADVICE);

    assertThatThrownBy(
            () -> chooser(Map.of()).open(opening(context -> nothing()), Map.of(), CONTEXT))
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
        new NoClassDefFoundError("it is closed"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void open_providerFails_isAnErrorWithItsCause(Throwable failure) {
    BobStoreProvider failing =
        opening(
            context -> {
              throw StoreOpeningTest.<IOException>sneaky(failure);
            });

    String text = failure instanceof LinkageError ? failure.toString() : "it is closed";
    assertThatThrownBy(() -> chooser(Map.of()).open(failing, Map.of(), CONTEXT))
        .isInstanceOf(StoreException.class)
        .hasMessage("The store 'failing' cannot be opened: " + text + ADVICE)
        .hasCause(failure);
  }

  private static StoreChooser chooser(Map<String, String> properties) {
    return new StoreChooser(List.<BobStoreProvider>of().iterator(), properties);
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
