package dev.bobbin.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bobbin.xmpp.api.plugin.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who we are to Redis. Its text says nothing of the password. */
final class Login {
  private static final int LONGEST_FILE = 4096;

  private final @Nullable String username;
  private final String password;

  private Login(@Nullable String username, String password) {
    this.username = username;
    this.password = password;
  }

  /** Null where nothing says who we are. */
  static @Nullable Login of(Settings given) throws IOException {
    Optional<String> username = given.text(RedisSettings.USERNAME);
    Optional<String> password = given.text(RedisSettings.PASSWORD);
    Optional<String> file = given.text(RedisSettings.PASSWORD_FILE);
    if (password.isPresent() && file.isPresent()) {
      throw new IllegalArgumentException(
          "Settings 'password' and 'password-file' of redis are both set; leave one of them out"
              + " (docs/errors.md#bad-setting)");
    }
    if (file.isPresent()) {
      password = Optional.of(read(RedisSettings.absolute(RedisSettings.PASSWORD_FILE, file.get())));
    }
    if (password.isEmpty()) {
      if (username.isPresent()) {
        throw new IllegalArgumentException(
            "Setting 'username' of redis is set, and neither 'password-file' nor 'password' is"
                + " (docs/errors.md#bad-setting)");
      }
      return null;
    }
    if (password.get().isEmpty()) {
      throw new IllegalArgumentException(
          "The password for redis is empty; leave it out where Redis wants none"
              + " (docs/errors.md#bad-setting)");
    }
    return new Login(username.orElse(null), password.get());
  }

  private static String read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LONGEST_FILE + 1);
    } catch (IOException e) {
      throw Problems.unreadable(RedisSettings.PASSWORD_FILE, file, e);
    }
    if (bytes.length <= LONGEST_FILE) {
      try {
        String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.lines().findFirst().orElse("");
      } catch (CharacterCodingException e) {
        // Falls through to the message that serves both.
      }
    }
    throw RedisSettings.refused(
        RedisSettings.PASSWORD_FILE,
        file.toString(),
        "a file of at most " + LONGEST_FILE + " bytes in UTF-8");
  }

  @Nullable String username() {
    return username;
  }

  char[] password() {
    return password.toCharArray();
  }

  @Override
  public String toString() {
    return username == null ? "the default user" : "a user";
  }
}
