package dev.bobbin.xmpp.bob.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.bob.HashAlgorithm;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BobSettingsTest {
  @Test
  void of_nothing_hasTheDefaults() {
    assertThat(of(Map.of()))
        .isEqualTo(
            new BobSettings(
                Optional.empty(),
                HashAlgorithm.SHA_1,
                8192,
                Caching.SESSION,
                16L * 1024 * 1024,
                Map.of()));
  }

  @Test
  void of_everything_isRead() {
    assertThat(
            of(
                Map.of(
                    "store", "redis",
                    "algorithm", "sha-256",
                    "max-item-bytes", "1",
                    "caching", "store",
                    "cache-bytes", "0",
                    "redis.uri", "a.b",
                    "redis.key.prefix", "x",
                    "memory.max-bytes", "5")))
        .isEqualTo(
            new BobSettings(
                Optional.of("redis"),
                HashAlgorithm.SHA_256,
                1,
                Caching.STORE,
                0,
                Map.of(
                    "redis", Map.of("uri", "a.b", "key.prefix", "x"),
                    "memory", Map.of("max-bytes", "5"))));
  }

  @Test
  void of_builderAndClient_builderCounts() {
    BobSettings settings =
        BobSettings.of(
            Settings.of("xep_0231", Map.of("store", "memory", "caching", "none")),
            Map.of("store", "redis"));

    assertThat(settings.store()).contains("redis");
    assertThat(settings.caching()).isEqualTo(Caching.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stroe|memory|there is no such setting; there are store, algorithm, max-item-bytes,"
            + " caching, cache-bytes",
        ".x|1|there is no such setting; there are store, algorithm, max-item-bytes,"
            + " caching, cache-bytes",
        "algorithm|md5|it takes a name such as sha-256",
        "caching|SESSION|it takes session, store or none",
        "caching|disk|it takes session, store or none",
        "max-item-bytes|0|it takes a whole number from 1 to 1048576",
        "max-item-bytes|1048577|it takes a whole number from 1 to 1048576",
        "max-item-bytes|8k|it takes a whole number from 1 to 1048576",
        "cache-bytes|-1|it takes a whole number from 0 to 1099511627776",
      })
  void of_badSetting_isAnErrorThatSaysWhatItTakes(String key, String value, String takes) {
    assertThatThrownBy(() -> of(Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Setting '"
                + key
                + "' of xep_0231 is '"
                + value
                + "'; "
                + takes
                + " (docs/errors.md#bad-setting)");
  }

  private static BobSettings of(Map<String, String> values) {
    return BobSettings.of(Settings.of("xep_0231", values), Map.of());
  }
}
