package dev.bobbin.xmpp.bob.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.bob.HashAlgorithm;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BobSettingsTest {
  private static final String ALGORITHMS =
      "sha1, sha-224, sha-256, sha-384, sha-512, sha3-224, sha3-256, sha3-384, sha3-512";

  @Test
  void of_nothing_hasTheDefaults() {
    assertThat(of(Map.of()))
        .isEqualTo(
            new BobSettings(
                HashAlgorithm.SHA_1,
                8192,
                Caching.SESSION,
                16L * 1024 * 1024,
                10_000,
                1024,
                128 * 1024,
                false,
                Map.of()));
  }

  @Test
  void of_everything_isRead() {
    assertThat(
            of(
                Map.ofEntries(
                    Map.entry("store", "redis"),
                    Map.entry("algorithm", "sha-256"),
                    Map.entry("max-item-bytes", "1"),
                    Map.entry("caching", "store"),
                    Map.entry("cache-bytes", "0"),
                    Map.entry("cache-entries", "2"),
                    Map.entry("push-bytes", "3"),
                    Map.entry("served-bytes-per-second", "4"),
                    Map.entry("serve-received", "true"),
                    Map.entry("redis.uri", "a.b"),
                    Map.entry("redis.key.prefix", "x"),
                    Map.entry("memory.max-bytes", "5"))))
        .isEqualTo(
            new BobSettings(
                HashAlgorithm.SHA_256,
                1,
                Caching.STORE,
                0,
                2,
                3,
                4,
                true,
                Map.of(
                    "store", "redis",
                    "redis.uri", "a.b",
                    "redis.key.prefix", "x",
                    "memory.max-bytes", "5")));
  }

  @Test
  void of_builderAndClient_builderCounts() {
    BobSettings settings =
        BobSettings.of(
            Settings.of("xep_0231", Map.of("store", "memory", "caching", "none")),
            Map.of("store", "redis"));

    assertThat(settings.ofStores()).isEqualTo(Map.of("store", "redis"));
    assertThat(settings.caching()).isEqualTo(Caching.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "algorithm|md5|it takes: " + ALGORITHMS,
        "algorithm|sha256|did you mean 'sha-256'? It takes: " + ALGORITHMS,
        "caching|SESSION|did you mean 'session'? It takes: session, store, none",
        "caching|disk|it takes: session, store, none",
        "max-item-bytes|0|it takes a whole number from 1 to 1048576",
        "max-item-bytes|1048577|it takes a whole number from 1 to 1048576",
        "max-item-bytes|8k|it takes a whole number from 1 to 1048576",
        "cache-bytes|-1|it takes a whole number from 0 to 1099511627776",
        "cache-entries|10000001|it takes a whole number from 0 to 10000000",
        "push-bytes|1048577|it takes a whole number from 0 to 1048576",
        "served-bytes-per-second|-1|it takes a whole number from 0 to 1099511627776",
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

  @Test
  void of_unknownSetting_isAnErrorThatListsWhatThereIs() {
    for (String slip : new String[] {"stroe", ".x"}) {
      assertThatThrownBy(() -> of(Map.of(slip, "memory")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("The setting '" + slip + "' of xep_0231 sets nothing; ")
          .hasMessageEndingWith(
              "here are: store, algorithm, max-item-bytes, caching, cache-bytes,"
                  + " cache-entries, push-bytes, served-bytes-per-second, serve-received (docs/errors.md#bad-setting)");
    }
  }

  private static BobSettings of(Map<String, String> values) {
    return BobSettings.of(Settings.of("xep_0231", values), Map.of());
  }
}
