package dev.bobbin.store.redis;

import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.Setting;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a store is opened with.
 *
 * @param servers where to find the server, or the nodes of a cluster; at least one
 * @param login who we are; null for nobody
 * @param trust whose certificates to trust; null for those that Java trusts
 * @param certificate what we show of ourselves; null for nothing
 * @param prefix what all names begin with
 * @param connectTimeout the longest that connecting may take, and TLS
 * @param commandTimeout the longest that an answer may take
 */
record RedisSettings(
    List<ServerAddress> servers,
    @Nullable Login login,
    @Nullable Path trust,
    @Nullable ClientCertificate certificate,
    String prefix,
    Duration connectTimeout,
    Duration commandTimeout) {
  static final String URI = "uri";
  static final String USERNAME = "username";
  static final String PASSWORD = "password";
  static final String PASSWORD_FILE = "password-file";
  static final String TRUST = "trust";
  static final String CERTIFICATE = "certificate";
  static final String CERTIFICATE_KEY = "certificate-key";
  static final String PREFIX = "prefix";
  static final String CONNECT_TIMEOUT = "connect-timeout-ms";
  static final String COMMAND_TIMEOUT = "command-timeout-ms";

  private static final String DEFAULT_URI = "redis://localhost:6379";
  private static final long DEFAULT_CONNECT_MILLIS = 5_000;
  private static final long DEFAULT_COMMAND_MILLIS = 2_000;
  private static final long LEAST_MILLIS = 10;
  private static final long MOST_MILLIS = 60_000;

  /** Neither braces, as {@link KeySpace} wants, nor what means something in a pattern. */
  private static final Pattern PREFIXES = Pattern.compile("[A-Za-z0-9:@._/+=%-]{1,200}");

  static List<Setting> all() {
    return List.of(
        Setting.of(
            URI,
            "redis://host:port/database, or rediss:// for TLS; several with commas between them for"
                + " the nodes of a cluster to ask first",
            DEFAULT_URI),
        new Setting(USERNAME, "whom to log in as; Redis's default user, if not set", none()),
        new Setting(PASSWORD, "the password; better given in code, or by a file", none()),
        new Setting(
            PASSWORD_FILE, "a file whose first line is the password, an absolute path", none()),
        new Setting(
            TRUST,
            "a PEM file with certificates of authorities to trust, an absolute path; those that Java"
                + " trusts, if not set",
            none()),
        new Setting(
            CERTIFICATE,
            "a PEM file with the certificate that we show, an absolute path; none, if not set",
            none()),
        new Setting(
            CERTIFICATE_KEY,
            "a PEM file with the key of that certificate, an absolute path",
            none()),
        new Setting(
            PREFIX,
            "what all keys begin with, letters, digits and :@._/+=%-; the account's own, if not"
                + " set",
            none()),
        Setting.of(
            CONNECT_TIMEOUT,
            "the longest that connecting may take, in milliseconds",
            Long.toString(DEFAULT_CONNECT_MILLIS)),
        Setting.of(
            COMMAND_TIMEOUT,
            "the longest that an answer may take, in milliseconds",
            Long.toString(DEFAULT_COMMAND_MILLIS)));
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  static RedisSettings of(StoreContext context) throws IOException {
    Settings given = context.settings();
    return new RedisSettings(
        ServerAddress.all(given.text(URI).orElse(DEFAULT_URI)),
        Login.of(given),
        given.text(TRUST).isPresent() ? absolute(TRUST, given.text(TRUST).get()) : null,
        ClientCertificate.of(given),
        given.text(PREFIX).isPresent()
            ? checked(given.text(PREFIX).get())
            : prefixOf(context.account()),
        millis(given, CONNECT_TIMEOUT, DEFAULT_CONNECT_MILLIS),
        millis(given, COMMAND_TIMEOUT, DEFAULT_COMMAND_MILLIS));
  }

  private static Duration millis(Settings given, String key, long absent) {
    return Duration.ofMillis(given.number(key, absent, LEAST_MILLIS, MOST_MILLIS));
  }

  private static String checked(String prefix) {
    if (!PREFIXES.matcher(prefix).matches()) {
      throw refused(
          PREFIX, prefix, "from 1 to 200 of the ASCII letters and digits and of :@._/+=%-");
    }
    return prefix;
  }

  /** {@code bobbin:} and the bare JID, escaped as a key's name is. */
  private static String prefixOf(Jid account) {
    Jid bare = account.bare();
    String text = bare.toString();
    BobKey key =
        text.getBytes(StandardCharsets.UTF_8).length <= ContentId.MAX_BYTES
            ? BobKey.hosted(ContentId.of(text))
            : new BobKey(new Shelf.From(bare), ContentId.of("account"));
    return "bobbin:" + key.safeName();
  }

  static Path absolute(String key, String value) {
    try {
      Path path = Path.of(value);
      if (path.isAbsolute()) {
        return path;
      }
    } catch (InvalidPathException e) {
      // Falls through to the message that serves both.
    }
    throw refused(key, value, "an absolute path");
  }

  static IllegalArgumentException refused(String key, String value, String takes) {
    return new IllegalArgumentException(
        "Setting '"
            + key
            + "' of redis is '"
            + Quoted.of(value)
            + "'; it takes "
            + takes
            + " (docs/errors.md#bad-setting)");
  }

  /** Without the login, so that nobody logs it by mistake. */
  @Override
  public String toString() {
    return servers + ", keys " + prefix;
  }
}
