package org.example.store.jdbc;

import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.ItemRefusedException;
import dev.bobbin.xmpp.bob.spi.Page;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps items in a table of SQLite. Each method is one statement, which SQLite does wholly or not
 * at all, and which is on the disk when it returns. So an item that was acknowledged survives the
 * process, and one that was refused leaves the old one as it was.
 *
 * <p>Expired items are never found, and each put sweeps them away.
 *
 * <p>What this does not do: bound the number of items, or hide the file from other users beyond
 * what the process's umask does.
 */
final class JdbcBobStore implements BobStore {
  private static final String NOT_EXPIRED =
      " AND (expires_at IS NULL OR (expires_at, expires_nano) > (?, ?))";
  private static final String FIND = "SELECT * FROM bob WHERE name = ?" + NOT_EXPIRED;
  private static final String DELETE = "DELETE FROM bob WHERE name = ?" + NOT_EXPIRED;
  private static final String REPLACE_IF =
      ItemRow.REPLACE + ItemRow.IF_EXPECTED + NOT_EXPIRED + ")";
  private static final String SWEEP = "DELETE FROM bob WHERE (expires_at, expires_nano) <= (?, ?)";
  private static final String LIST =
      "SELECT name, shelf, sender, cid FROM bob WHERE name > ? ORDER BY name LIMIT ?";

  /** Bounds the memory of a page, however many keys are wanted. */
  private static final int MOST_KEYS = 1000;

  private static final String AFTER = "after:";
  private static final Pattern CURSOR = Pattern.compile(AFTER + "[a-z0-9@+.%_=-]{1,200}");

  private final Database database;
  private final InstantSource clock;
  private final int maxItemBytes;

  JdbcBobStore(Path file, StoreContext context) throws IOException {
    clock = context.clock();
    maxItemBytes = context.maxItemBytes();
    database = Database.open(file, maxItemBytes);
  }

  @Override
  public void put(StoredBob item) throws IOException {
    prepare(item);
    database.run(
        ItemRow.REPLACE,
        replace -> {
          ItemRow.write(item, replace);
          return replace.executeUpdate();
        });
  }

  @Override
  public boolean putIf(@Nullable StoredBob expected, StoredBob item) throws IOException {
    prepare(item);
    return database.run(
        REPLACE_IF,
        replace -> {
          ItemRow.write(item, replace);
          if (expected != null) {
            ItemRow.writeExpected(expected, replace);
          }
          int name = ItemRow.COLUMNS + ItemRow.EXPECTED_COLUMNS + 1;
          replace.setString(name, item.key().safeName());
          return withNow(replace, name + 1).executeUpdate() > 0;
        });
  }

  private void prepare(StoredBob item) throws IOException {
    int size = item.bob().data().size();
    if (size > maxItemBytes) {
      throw new ItemRefusedException(
          "An item has " + size + " bytes; raise max-item-bytes, which is " + maxItemBytes);
    }
    database.run(SWEEP, sweep -> withNow(sweep, 1).executeUpdate());
  }

  @Override
  public Optional<StoredBob> get(BobKey key) throws IOException {
    return database.run(
        FIND,
        find -> {
          find.setString(1, key.safeName());
          try (ResultSet row = withNow(find, 2).executeQuery()) {
            return row.next() ? Optional.of(ItemRow.item(key, row)) : Optional.empty();
          }
        });
  }

  @Override
  public boolean delete(BobKey key) throws IOException {
    return database.run(
        DELETE,
        delete -> {
          delete.setString(1, key.safeName());
          return withNow(delete, 2).executeUpdate() > 0;
        });
  }

  @Override
  public Page<BobKey> scan(@Nullable String cursor, int limit) throws IOException {
    if (limit < 1) {
      throw new IllegalArgumentException("A page holds at least 1 key, not " + limit);
    }
    if (cursor != null && !CURSOR.matcher(cursor).matches()) {
      throw new IllegalArgumentException(
          "'" + Quoted.of(cursor) + "' is no cursor of this store; begin with null");
    }
    int most = Math.min(limit, MOST_KEYS);
    return database.run(
        LIST,
        list -> {
          list.setString(1, cursor == null ? "" : cursor.substring(AFTER.length()));
          list.setInt(2, most);
          List<BobKey> keys = new ArrayList<>();
          try (ResultSet row = list.executeQuery()) {
            while (row.next()) {
              keys.add(ItemRow.key(row));
            }
          }
          boolean full = keys.size() == most;
          return new Page<>(keys, full ? AFTER + keys.get(most - 1).safeName() : null);
        });
  }

  private PreparedStatement withNow(PreparedStatement statement, int at) throws SQLException {
    Instant now = clock.instant();
    statement.setLong(at, now.getEpochSecond());
    statement.setInt(at + 1, now.getNano());
    return statement;
  }

  @Override
  public String place() {
    return database.file().toString();
  }

  @Override
  public void close() throws IOException {
    database.close();
  }
}
