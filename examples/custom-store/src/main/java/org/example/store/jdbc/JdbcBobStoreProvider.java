package org.example.store.jdbc;

import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.api.plugin.Setting;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Opens stores in SQLite, under the name {@code sqlite}.
 *
 * <p>Setting: {@code file}, an absolute path; made if it is missing, with its directories. Its
 * default is a file of the account's own in {@code ~/.bobbin-sqlite}.
 */
public final class JdbcBobStoreProvider implements BobStoreProvider {
  private static final String FILE = "file";

  /** Made by {@link java.util.ServiceLoader}. */
  public JdbcBobStoreProvider() {}

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting(
            FILE,
            "the database, an absolute path; the account's own in ~/.bobbin-sqlite, if not set",
            Optional.empty()));
  }

  @Override
  public BobStore open(StoreContext context) throws IOException {
    Optional<String> given = context.settings().text(FILE);
    Path file = given.isPresent() ? absolute(given.get()) : ownFile(context);
    return new JdbcBobStore(file, context);
  }

  private static Path absolute(String value) {
    try {
      Path path = Path.of(value).normalize();
      if (path.isAbsolute() && path.getParent() != null) {
        return path;
      }
    } catch (InvalidPathException e) {
      // Falls through to the message that serves both.
    }
    throw new IllegalArgumentException(
        "Setting 'file' of sqlite is '"
            + Quoted.of(value)
            + "'; it takes the absolute path of a file");
  }

  /** A JID may hold a slash, or be too long for a file's name; a safe name of a key is neither. */
  private static Path ownFile(StoreContext context) {
    BobKey name = new BobKey(new Shelf.From(context.account()), ContentId.of("bob"));
    return Path.of(System.getProperty("user.home"), ".bobbin-sqlite", name.safeName() + ".db");
  }
}
