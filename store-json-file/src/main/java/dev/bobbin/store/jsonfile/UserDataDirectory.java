package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where the system wants a user's data to be: {@code $XDG_DATA_HOME} or {@code ~/.local/share},
 * {@code ~/Library/Application Support} on macOS, {@code %LOCALAPPDATA%} on Windows.
 *
 * @param system the value of {@code os.name}
 * @param home the value of {@code user.home}
 * @param variables gives the value of an environment variable, or null
 */
record UserDataDirectory(String system, String home, Variables variables) {
  /** The environment. */
  @FunctionalInterface
  interface Variables {
    @Nullable String value(String name);
  }

  static UserDataDirectory ofThisProcess() {
    UnaryOperator<String> property = name -> System.getProperty(name, "");
    return new UserDataDirectory(
        property.apply("os.name"), property.apply("user.home"), System::getenv);
  }

  /** {@code bobbin/bob/} and the account's bare JID, escaped as a key's name is. */
  Path storeOf(Jid account) {
    return root().resolve("bobbin").resolve("bob").resolve(escaped(account.bare()));
  }

  private Path root() {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return absolute("LOCALAPPDATA", Path.of(home, "AppData", "Local"));
    }
    if (name.startsWith("mac")) {
      return Path.of(home, "Library", "Application Support");
    }
    return absolute("XDG_DATA_HOME", Path.of(home, ".local", "share"));
  }

  /** The XDG Base Directory Specification wants a relative path to be ignored. */
  private Path absolute(String variable, Path otherwise) {
    String value = variables.value(variable);
    return value != null && Path.of(value).isAbsolute() ? Path.of(value) : otherwise;
  }

  /** As if the JID were a content-id, which a JID of more than 1023 bytes is too long for. */
  static String escaped(Jid bare) {
    String text = bare.toString();
    return text.getBytes(StandardCharsets.UTF_8).length <= ContentId.MAX_BYTES
        ? BobKey.hosted(ContentId.of(text)).safeName()
        : new BobKey(new Shelf.From(bare), ContentId.of("account")).safeName();
  }
}
