package dev.bobbin.store.redis;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Run on the module path and on the class path. */
@ExtendWith(SharedRedis.Resolver.class)
class RedisBobStoreProviderTest {
  private final RedisBobStoreProvider provider = new RedisBobStoreProvider();

  private static StoreContext context(Map<String, String> settings) {
    return StoreContext.of(Jid.of("alice@example.org"))
        .withSettings(Settings.of("redis", settings));
  }

  private void assertRefused(Map<String, String> settings, String... parts) {
    assertThatThrownBy(() -> provider.open(context(settings)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(parts)
        .hasMessageContaining("docs/errors.md#bad-setting");
  }

  @Test
  void declarations_moduleInfoAndServicesFile_agree() throws Exception {
    ProviderDeclarations.assertAgree(BobStoreProvider.class, RedisBobStoreProvider.class);
  }

  @Test
  void nameAndFallback_always_areRedisAndFalse() {
    assertThat(provider.name()).isEqualTo("redis");
    assertThat(provider.fallback()).isFalse();
  }

  @Test
  void settings_always_haveTheirDefaults() {
    assertThat(provider.settings())
        .extracting(Setting::key, setting -> setting.defaultValue().orElse("none"))
        .containsExactly(
            tuple("uri", "redis://localhost:6379"),
            tuple("username", "none"),
            tuple("password", "none"),
            tuple("password-file", "none"),
            tuple("trust", "none"),
            tuple("certificate", "none"),
            tuple("certificate-key", "none"),
            tuple("prefix", "none"),
            tuple("connect-timeout-ms", "5000"),
            tuple("command-timeout-ms", "2000"));
  }

  @Test
  void open_onARealServer_keepsAnItem(SharedRedis redis) throws Exception {
    String uri = SharedRedis.uri(redis.server());
    try (BobStore store = provider.open(SharedRedis.context(uri))) {
      store.put(Items.item(Items.hosted("x"), "y"));
      assertThat(store.get(Items.hosted("x"))).contains(Items.item(Items.hosted("x"), "y"));
      assertThat(store.blocks()).isTrue();
    }
  }

  @Test
  void prefix_notSet_isTheAccounts() throws Exception {
    assertThat(RedisSettings.of(context(Map.of())).prefix()).isEqualTo("bobbin:alice@example.org");
    StoreContext other = StoreContext.of(Jid.of("\u00e9|{}@example.org/phone"));
    assertThat(RedisSettings.of(other).prefix()).isEqualTo("bobbin:%c3%a9%7c%7b%7d@example.org");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a{}", "a*", "a?", "a[b]", "a\\", "\u00e9", "a\n"})
  void open_prefixThatPatternsOrSlotsKnow_isRefused(String prefix) {
    assertRefused(Map.of("prefix", prefix), "Setting 'prefix' of redis");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "localhost", "http://localhost", "redis://", "redis://host:port", "redis://h/x",
        "redis://h/1/2", "redis://h?a=b", "redis://h#f", "redis://h,", "redis:h", "redis://h o"
      })
  void open_uriOfSomethingElse_isRefused(String uri) {
    assertRefused(Map.of("uri", uri), "Setting 'uri' of redis is '" + uri, "redis://host:port");
  }

  @Test
  void open_tooManyUris_isRefused() {
    assertRefused(Map.of("uri", "redis://h,".repeat(32) + "redis://h"), "at most 32");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis://u:s3cret@h", "redis://s3cret@h", "redis://:s3cret@h:x y"})
  void open_uriWithAPassword_isRefusedWithoutQuotingIt(String uri) {
    assertThatThrownBy(() -> provider.open(context(Map.of("uri", uri))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'username' and 'password-file'")
        .hasNoCause()
        .message()
        .doesNotContain("s3cret");
  }

  @Test
  void servers_asWritten_areRead() {
    assertThat(ServerAddress.all("redis://a, rediss://b:1/2 ,redis://[::1]:7/"))
        .containsExactly(
            new ServerAddress("a", 6379, 0, false),
            new ServerAddress("b", 1, 2, true),
            new ServerAddress("::1", 7, 0, false))
        .hasToString("[redis://a:6379, rediss://b:1/2, redis://[::1]:7]");
  }

  @Test
  void open_loginThatIsIncomplete_isRefused(@TempDir Path folder) throws Exception {
    Path empty = Files.writeString(folder.resolve("empty"), "\nsecond line");
    Path large = Files.writeString(folder.resolve("large"), "s3cret".repeat(1000));
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff});
    assertRefused(Map.of("username", "romeo"), "'username'", "neither");
    assertRefused(Map.of("password", ""), "empty");
    assertRefused(Map.of("password", "a", "password-file", "/b"), "both");
    assertRefused(Map.of("password-file", "relative"), "an absolute path");
    assertRefused(Map.of("password-file", empty.toString()), "empty");
    assertRefused(Map.of("password-file", large.toString()), "4096 bytes");
    assertRefused(Map.of("password-file", binary.toString()), "UTF-8");
  }

  @Test
  void open_fileThatIsMissing_saysWhich(@TempDir Path folder) {
    Path missing = folder.resolve("missing");
    for (String setting : new String[] {"password-file", "trust"}) {
      assertThatThrownBy(() -> provider.open(context(Map.of(setting, missing.toString()))))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll(
              missing.toString(), setting, "there is no such file", "docs/errors.md#redis-file");
    }
  }

  @Test
  void open_certificateThatIsHalf_isRefused(@TempDir Path folder) throws Exception {
    assertRefused(Map.of("certificate", "/a"), "'certificate-key'", "set both");
    assertRefused(Map.of("certificate-key", "/a"), "'certificate'", "set both");
    String empty = Files.writeString(folder.resolve("empty.pem"), "").toString();
    assertThatThrownBy(
            () -> provider.open(context(Map.of("certificate", empty, "certificate-key", empty))))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(empty, "'certificate-key'", "docs/errors.md#redis-file");
  }

  @Test
  void open_trustWithoutCertificate_isRefused(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("trust.pem"), "");
    assertThatThrownBy(() -> provider.open(context(Map.of("trust", file.toString()))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it holds no certificate");
  }

  @Test
  void toString_ofSettings_holdsNoSecret() throws Exception {
    RedisSettings settings =
        RedisSettings.of(context(Map.of("username", "romeo", "password", "s3cret")));
    assertThat(settings.toString()).doesNotContain("s3cret");
    assertThat(String.valueOf(settings.login())).doesNotContain("s3cret");
  }
}
