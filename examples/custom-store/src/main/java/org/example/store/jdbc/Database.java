package org.example.store.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteLimits;

/**
 * The database file: one connection, which one thread uses at a time.
 *
 * <p>SQLite takes one writer at a time anyway. Threads that queue at a lock get their turn at once,
 * whereas several connections would poll for theirs, as those of other processes have to: for these
 * each statement waits, up to a bound. {@link #close} takes its turn too, so that no statement ever
 * meets a closed connection.
 */
final class Database {
  private static final int BUSY_MILLIS = 10_000;

  /** What a row holds beside the data is shorter: two JIDs, a content-id, a media type. */
  private static final int ROW_BYTES = 16_384;

  private static final List<String> SETUP =
      List.of(
          // Somebody else may have made the file: call no function of theirs, trust no page.
          "PRAGMA trusted_schema = OFF",
          "PRAGMA cell_size_check = ON",
          """
          CREATE TABLE IF NOT EXISTS bob (
            name TEXT PRIMARY KEY, shelf TEXT NOT NULL, sender TEXT, cid TEXT NOT NULL,
            type TEXT NOT NULL, max_age INTEGER, stored_at INTEGER NOT NULL,
            stored_nano INTEGER NOT NULL, expires_at INTEGER, expires_nano INTEGER, origin TEXT,
            checksum INTEGER NOT NULL, data BLOB NOT NULL) WITHOUT ROWID""",
          """
          CREATE INDEX IF NOT EXISTS bob_expiry ON bob (expires_at, expires_nano)
            WHERE expires_at IS NOT NULL""");

  interface Work<T> {
    T with(PreparedStatement statement) throws SQLException;
  }

  private final Lock turn = new ReentrantLock();
  private final Path file;
  private final Connection connection;
  private boolean closed;

  private Database(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  static Database open(Path file, int maxItemBytes) throws IOException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    // A commit forces the journal, the file, and the emptied journal. FULL does not force a journal
    // that is deleted instead: after a power failure it could be back and undo the commit.
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setJournalMode(SQLiteConfig.JournalMode.TRUNCATE);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toUri()); // escaped: a path may hold a question mark
    try {
      Files.createDirectories(file.getParent());
      Connection connection = source.getConnection();
      try (Statement setup = connection.createStatement()) {
        // No value that is read takes more memory, whatever the file says.
        int most = Math.min(maxItemBytes, Integer.MAX_VALUE - ROW_BYTES) + ROW_BYTES;
        connection.unwrap(SQLiteConnection.class).setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, most);
        for (String sql : SETUP) {
          setup.execute(sql);
        }
        return new Database(file, connection);
      } catch (SQLException e) {
        try (connection) {
          throw e;
        }
      }
    } catch (SQLException e) {
      throw failure(file, e);
    } catch (IOException e) {
      throw new IOException("Cannot make the directory of " + file + ": " + e + "; mend that", e);
    }
  }

  Path file() {
    return file;
  }

  /** Does one statement, which commits when it ends, in this thread's turn. */
  <T> T run(String sql, Work<T> work) throws IOException {
    turn.lock();
    try {
      if (closed) {
        throw new IllegalStateException("The store in " + file + " is closed; open another one");
      }
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        return work.with(statement);
      }
    } catch (SQLException e) {
      throw failure(file, e);
    } finally {
      turn.unlock();
    }
  }

  void close() throws IOException {
    turn.lock();
    try {
      closed = true;
      connection.close(); // JDBC lets it be closed again
    } catch (SQLException e) {
      throw failure(file, e);
    } finally {
      turn.unlock();
    }
  }

  private static IOException failure(Path file, SQLException e) {
    String advice = "What was there before is still there. Mend its disk or permissions, try again";
    if (e instanceof SQLDataException) {
      advice = "Set that item again, delete it, or restore the file from a copy";
    } else if (e instanceof SQLiteException sqlite) {
      switch (sqlite.getResultCode()) {
        case SQLITE_BUSY -> advice = "Another process holds it for too long: end that, try again";
        case SQLITE_TOOBIG -> advice = "Raise max-item-bytes to what it was when this was stored";
        case SQLITE_CORRUPT, SQLITE_NOTADB ->
            advice = "Restore it from a copy, or what is left of it with: sqlite3 FILE .recover";
        default -> {}
      }
    }
    return new IOException("SQLite failed on " + file + ": " + e.getMessage() + ". " + advice, e);
  }
}
