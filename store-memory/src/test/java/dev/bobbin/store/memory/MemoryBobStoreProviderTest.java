package dev.bobbin.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.Setting;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.testkit.ProviderDeclarations;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryBobStoreProviderTest {
  private final MemoryBobStoreProvider provider = new MemoryBobStoreProvider();

  @Test
  void declarations_moduleInfoAndServicesFile_agree() throws Exception {
    ProviderDeclarations.assertAgree(BobStoreProvider.class, MemoryBobStoreProvider.class);
  }

  @Test
  void nameAndFallback_always_areMemoryAndTrue() {
    assertThat(provider.name()).isEqualTo("memory");
    assertThat(provider.fallback()).isTrue();
  }

  @Test
  void settings_always_haveTheirDefaults() {
    assertThat(provider.settings())
        .extracting(Setting::key, s -> s.defaultValue().orElseThrow())
        .containsExactly(tuple("max-bytes", "16777216"), tuple("max-entries", "10000"));
  }

  @Test
  void open_noSettings_hasTheDefaultBounds() throws Exception {
    try (BobStore store = provider.open(context(Map.of()))) {
      assertThat(store.place()).isEqualTo("memory, at most 16777216 bytes in 10000 entries");
      assertThat(store.blocks()).isFalse();
    }
  }

  @Test
  void create_always_hasTheDefaultBounds() {
    try (MemoryBobStore store = MemoryBobStore.create()) {
      assertThat(store.place()).isEqualTo("memory, at most 16777216 bytes in 10000 entries");
    }
  }

  @Test
  void open_settings_setTheBounds() throws Exception {
    try (BobStore store = provider.open(context(Map.of("max-bytes", "2048", "max-entries", "3")))) {
      assertThat(store.place()).isEqualTo("memory, at most 2048 bytes in 3 entries");
    }
  }

  @Test
  void open_badBound_isRefusedByName() {
    assertThatThrownBy(() -> provider.open(context(Map.of("max-bytes", "16 MB"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Setting 'max-bytes' of memory is '16 MB'; it takes a whole number from 1024 to"
                + " 4611686018427387903 (docs/errors.md#bad-setting)");
    assertThatThrownBy(() -> provider.open(context(Map.of("max-entries", "0"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Setting 'max-entries' of memory is '0'; it takes a whole number from 1 to 1073741823"
                + " (docs/errors.md#bad-setting)");
  }

  private static StoreContext context(Map<String, String> settings) {
    return StoreContext.of(Jid.of("alice@example.org"))
        .withSettings(Settings.of("memory", settings));
  }
}
