package org.example.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.testkit.ProviderDeclarations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** What is this store's own, beside the contract. */
class JdbcBobStoreProviderTest {
  private static final Bob BOB =
      Bob.of("hello".getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
  private static final StoredBob ITEM =
      new StoredBob(BobKey.hosted(BOB.cid()), BOB, Instant.EPOCH, null, null);

  @TempDir Path directory;

  @Test
  void declarations_onBothPaths_agree() throws IOException {
    ProviderDeclarations.assertAgree(BobStoreProvider.class, JdbcBobStoreProvider.class);
  }

  @Test
  void open_directoriesAndOddCharacters_areMadeAndTakenAsTheyAre() throws IOException {
    Path file = directory.resolve("new/er/a ?journal_mode=OFF%20#b;c=\u00e9.db");
    try (BobStore store = open(file.toString())) {
      store.put(ITEM);
      assertThat(store.place()).isEqualTo(file.toString());
    }
    assertThat(file).isRegularFile();
  }

  @Test
  void open_noFileOrNoAbsolutePath_isRefused() {
    for (String value : new String[] {"", "bob.db", "/", "\u0000"}) {
      assertThatThrownBy(() -> open(value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'file'")
          .hasMessageContaining("absolute path");
    }
  }

  @Test
  void open_fileOfAnotherKind_isRefusedAndLeftAsItIs() throws IOException {
    Path letter = Files.writeString(directory.resolve("letter"), "Dear Juliet, ".repeat(100));
    assertThatThrownBy(() -> open(letter.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(letter.toString())
        .hasMessageContaining("not a database")
        .hasMessageContaining("Restore it");
    assertThat(letter).hasContent("Dear Juliet, ".repeat(100));
  }

  @Test
  void open_directoryInItsPlace_isRefused() {
    assertThatThrownBy(() -> open(directory.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(directory.toString());
  }

  @Test
  void get_rowChangedByAnother_isDamagedUntilItIsSetAgain() throws Exception {
    Path file = directory.resolve("bob.db");
    String[] changes = {
      "data = x'00'",
      "data = 'hallo'",
      "type = 'a/b'",
      "type = 'nonsense'",
      "max_age = -1",
      "max_age = 'long'",
      "stored_nano = 9",
      "stored_at = 1e300",
      "expires_at = 99999999999",
      "origin = '@'",
      "origin = 'a@b'",
      "checksum = 0"
    };
    try (BobStore store = open(file.toString())) {
      for (String change : changes) {
        store.put(ITEM);
        assertThat(store.get(ITEM.key())).contains(ITEM);
        execute(file, "UPDATE bob SET " + change);
        assertThatThrownBy(() -> store.get(ITEM.key()))
            .as(change)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("damaged")
            .hasMessageContaining("Set that item again");
      }
      store.put(ITEM);
      assertThat(store.get(ITEM.key())).contains(ITEM);
    }
  }

  @Test
  void scan_rowChangedByAnother_isDamaged() throws Exception {
    Path file = directory.resolve("bob.db");
    String[] changes = {"cid = 'x'", "cid = ''", "shelf = 'verified'", "shelf = 'no shelf'"};
    try (BobStore store = open(file.toString())) {
      for (String change : changes) {
        store.put(ITEM);
        execute(file, "UPDATE bob SET " + change);
        assertThatThrownBy(() -> store.scan(null, 10))
            .as(change)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("damaged");
      }
    }
  }

  @Test
  void get_rowLargerThanItMayBe_isNotReadIntoMemory() throws Exception {
    Path file = directory.resolve("bob.db");
    try (BobStore store = open(file.toString())) {
      store.put(ITEM);
      execute(file, "UPDATE bob SET data = zeroblob(100000000)");
      assertThatThrownBy(() -> store.get(ITEM.key()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("max-item-bytes");
      assertThat(store.delete(ITEM.key())).isTrue();
    }
  }

  @Test
  void put_expiredOnes_areSweptAway() throws Exception {
    Path file = directory.resolve("bob.db");
    try (BobStore store = open(file.toString())) {
      store.put(new StoredBob(ITEM.key(), BOB, Instant.EPOCH, Instant.EPOCH.plusNanos(1), null));
      Bob other = Bob.of(new byte[1], "a/b");
      store.put(new StoredBob(BobKey.hosted(other.cid()), other, Instant.EPOCH, null, null));
      assertThat(store.scan(null, 10).items()).containsExactly(BobKey.hosted(other.cid()));
    }
  }

  @Test
  void put_refusedByTheDatabase_leavesTheOldItem() throws Exception {
    Path file = directory.resolve("bob.db");
    try (BobStore store = open(file.toString())) {
      store.put(ITEM);
      execute(file, "CREATE TRIGGER no BEFORE INSERT ON bob BEGIN SELECT RAISE(ABORT, 'no'); END");
      assertThatThrownBy(
              () ->
                  store.put(new StoredBob(ITEM.key(), BOB, Instant.EPOCH.plusNanos(1), null, null)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("What was there before is still there");
      assertThat(store.get(ITEM.key())).contains(ITEM);
    }
  }

  @Test
  void open_noFileSet_givesEachAccountItsOwn() throws Exception {
    String home = System.getProperty("user.home");
    System.setProperty("user.home", directory.toString());
    try (BobStore juliet = openDefault("juliet@example.org");
        BobStore romeo = openDefault("romeo@example.org/orchard");
        BobStore romeoAgain = openDefault("romeo@example.org")) {
      romeo.put(ITEM);
      assertThat(juliet.get(ITEM.key())).isEmpty();
      assertThat(romeoAgain.get(ITEM.key())).contains(ITEM);
      assertThat(Path.of(juliet.place()))
          .startsWith(directory)
          .isNotEqualTo(Path.of(romeo.place()));
    } finally {
      System.setProperty("user.home", home);
    }
  }

  private static BobStore openDefault(String account) throws IOException {
    return new JdbcBobStoreProvider().open(StoreContext.of(Jid.of(account)));
  }

  private static BobStore open(String file) throws IOException {
    return new JdbcBobStoreProvider()
        .open(
            StoreContext.of(Jid.of("juliet@example.org"))
                .withSettings(Settings.of("sqlite", Map.of("file", file))));
  }

  /** Does what another program might do to the file. */
  private static void execute(Path file, String sql) throws Exception {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file.toUri());
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
