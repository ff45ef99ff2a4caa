package org.example.store.jdbc;

import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An item as a row.
 *
 * <p>A key's name serves as the primary key: 200 ASCII characters at most, and different for
 * different keys even in a database that ignores letter case. The key's parts are kept beside it,
 * since a long key cannot be read back from its name. Instants are seconds and nanoseconds, because
 * years up to 9999 in nanoseconds exceed 64 bits, and so that SQL can compare them.
 *
 * <p>SQLite does not notice when a disk changes a value. The checksum does, and it ties the row to
 * its key.
 */
final class ItemRow {
  static final String REPLACE =
      """
      INSERT OR REPLACE INTO bob (name, shelf, sender, cid, type, max_age, stored_at, stored_nano,
        expires_at, expires_nano, origin, checksum, data) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?""";

  /** Follows {@link #REPLACE}. Where there is no row, each of its columns is NULL, and IS that. */
  static final String IF_EXPECTED =
      """
       WHERE (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) IS (SELECT name, type, max_age, stored_at, stored_nano,
        expires_at, expires_nano, origin, checksum, data FROM bob WHERE name = ?""";

  /** How many parameters {@link #REPLACE} has, and how many of an expected item follow them. */
  static final int COLUMNS = 13;

  static final int EXPECTED_COLUMNS = 10;

  private static final String HOSTED = "hosted";
  private static final String VERIFIED = "verified";
  private static final String FROM = "from";

  private ItemRow() {}

  /** Sets the parameters of {@link #REPLACE}. */
  static void write(StoredBob item, PreparedStatement replace) throws SQLException {
    Jid sender = item.key().shelf() instanceof Shelf.From from ? from.sender() : null;
    replace.setString(1, item.key().safeName());
    replace.setString(2, shelf(item.key()));
    replace.setString(3, sender == null ? null : sender.toString());
    replace.setString(4, item.bob().cid().value());
    writeValues(item, replace, 5);
  }

  /** Sets those of {@link #IF_EXPECTED}, but for the last; what is not set is NULL. */
  static void writeExpected(StoredBob item, PreparedStatement replace) throws SQLException {
    replace.setString(COLUMNS + 1, item.key().safeName());
    writeValues(item, replace, COLUMNS + 2);
  }

  private static void writeValues(StoredBob item, PreparedStatement statement, int at)
      throws SQLException {
    Bob bob = item.bob();
    Duration age = bob.maxAge();
    Instant expiry = item.expiresAt();
    statement.setString(at, bob.type());
    statement.setObject(at + 1, age == null ? null : age.toSeconds());
    statement.setLong(at + 2, item.storedAt().getEpochSecond());
    statement.setInt(at + 3, item.storedAt().getNano());
    statement.setObject(at + 4, expiry == null ? null : expiry.getEpochSecond());
    statement.setObject(at + 5, expiry == null ? null : expiry.getNano());
    statement.setString(at + 6, item.origin() == null ? null : item.origin().toString());
    statement.setLong(at + 7, checksum(item));
    statement.setBytes(at + 8, bob.data().toByteArray());
  }

  /** Reads the item of a key; a row that another item wrote, or nobody, is damaged. */
  static StoredBob item(BobKey key, ResultSet row) throws SQLException {
    StoredBob item;
    try {
      Number age = (Number) row.getObject("max_age");
      String origin = row.getString("origin");
      item =
          new StoredBob(
              key,
              new Bob(
                  key.cid(),
                  row.getString("type"),
                  BobData.of(row.getBytes("data")),
                  age == null ? null : Duration.ofSeconds(age.longValue())),
              Instant.ofEpochSecond(row.getLong("stored_at"), row.getLong("stored_nano")),
              row.getObject("expires_at") == null
                  ? null
                  : Instant.ofEpochSecond(row.getLong("expires_at"), row.getLong("expires_nano")),
              origin == null ? null : Jid.of(origin));
    } catch (RuntimeException e) { // values check themselves, each in its own way
      throw damaged(key.safeName(), e);
    }
    if (checksum(item) != row.getLong("checksum")) {
      throw damaged(key.safeName(), null);
    }
    return item;
  }

  /** Reads a key back from its parts; the row's name is that of the key, or the row is damaged. */
  static BobKey key(ResultSet row) throws SQLException {
    String name = String.valueOf(row.getString("name"));
    BobKey key;
    try {
      Shelf shelf =
          switch (row.getString("shelf")) {
            case HOSTED -> Shelf.HOSTED;
            case VERIFIED -> Shelf.VERIFIED;
            default -> new Shelf.From(Jid.of(row.getString("sender")));
          };
      key = new BobKey(shelf, ContentId.of(row.getString("cid")));
    } catch (RuntimeException e) {
      throw damaged(name, e);
    }
    if (!key.safeName().equals(name)) {
      throw damaged(name, null);
    }
    return key;
  }

  private static SQLException damaged(String name, @Nullable RuntimeException cause) {
    return new SQLDataException("the row '" + Quoted.of(name) + "' is damaged", cause);
  }

  private static String shelf(BobKey key) {
    if (key.shelf() instanceof Shelf.From) {
      return FROM;
    }
    return key.shelf().equals(Shelf.HOSTED) ? HOSTED : VERIFIED;
  }

  private static long checksum(StoredBob item) {
    Bob bob = item.bob();
    String text =
        String.join(
            "\n",
            item.key().safeName(),
            bob.type(),
            String.valueOf(bob.maxAge()),
            item.storedAt().toString(),
            String.valueOf(item.expiresAt()),
            String.valueOf(item.origin()));
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    sum.update(bob.data().toByteBuffer());
    return sum.getValue();
  }
}
