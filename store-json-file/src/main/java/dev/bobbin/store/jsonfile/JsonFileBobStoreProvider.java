package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.api.plugin.Setting;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Opens stores of JSON files, under the name {@code json-file}.
 *
 * <p>Settings: {@code directory}, an absolute path, which is made if it is missing. Its default is
 * {@code bobbin/bob/} and the account's bare JID, escaped as in {@link
 * dev.bobbin.xmpp.bob.BobKey#safeName()}, in the place where the system wants a user's data to be:
 * {@code $XDG_DATA_HOME} or {@code ~/.local/share}, {@code ~/Library/Application Support} on macOS,
 * {@code %LOCALAPPDATA%} on Windows. {@code allow-shared-directory}, {@code true} or {@code false}
 * (the default): whether other users of the machine may own the directory or write into it, or put
 * another one in its place. What is checked, once, when a store is opened on a system with POSIX
 * permissions: that this user or root owns the directory, all that its path leads through, and each
 * symbolic link on the way; that neither group nor others may write into the directory, nor into
 * what leads to it, unless that has the sticky bit. What is not: access control lists, and changes
 * of all this while the store is open. {@code max-bytes} (default 1073741824) and {@code
 * max-entries} (default 1000000): how much the files may be in all, by their lengths and by their
 * number; what happens then is said at {@link JsonFileBobStore}.
 */
public final class JsonFileBobStoreProvider implements BobStoreProvider {
  static final String NAME = "json-file";
  static final String DIRECTORY = "directory";
  static final String ALLOW_SHARED_DIRECTORY = "allow-shared-directory";

  private final UserDataDirectory userData;

  /** Made by {@link java.util.ServiceLoader}. */
  public JsonFileBobStoreProvider() {
    this(UserDataDirectory.ofThisProcess());
  }

  JsonFileBobStoreProvider(UserDataDirectory userData) {
    this.userData = userData;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting(
            DIRECTORY,
            "where the files are, an absolute path; a directory of the account's own in the"
                + " user's data directory, if not set",
            Optional.empty()),
        Setting.of(
            ALLOW_SHARED_DIRECTORY,
            "true or false: whether other users may own the directory or write into it",
            "false"),
        Setting.of(
            Limits.MAX_BYTES,
            "the greatest total size of the files, in bytes",
            Long.toString(Limits.DEFAULT.maxBytes())),
        Setting.of(
            Limits.MAX_ENTRIES,
            "the greatest number of files",
            Long.toString(Limits.DEFAULT.maxEntries())));
  }

  @Override
  public BobStore open(StoreContext context) throws IOException {
    Optional<String> given = context.settings().text(DIRECTORY);
    Path directory =
        given.isPresent() ? absolute(given.get()) : userData.storeOf(context.account());
    return JsonFileBobStore.open(directory, context);
  }

  private static Path absolute(String value) {
    try {
      Path path = Path.of(value);
      if (path.isAbsolute()) {
        return path;
      }
    } catch (InvalidPathException e) {
      // Falls through to the message that serves both.
    }
    throw new IllegalArgumentException(
        "Setting 'directory' of json-file is '"
            + Quoted.of(value)
            + "'; it takes an absolute path (docs/errors.md#store-directory)");
  }
}
