package dev.bobbin.store.jsonfile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.HashAlgorithm;
import dev.bobbin.xmpp.bob.spi.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that a program has named by the bare content-id, where this store escapes it. */
class RawNamesTest {
  @TempDir private Path folder;
  private Path directory;
  private final List<String> warnings = new ArrayList<>();
  private JsonFileBobStore store;

  @BeforeEach
  void open() throws IOException {
    directory = Files.createDirectory(folder.resolve("bob"));
    store =
        JsonFileBobStore.open(
            directory, InstantSource.system(), 8192, new DiskOperations(), warnings::add);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Two words",
        "a_b",
        ".profile",
        "trailing.",
        "con",
        "100%",
        "<&>\"'\\|*?:",
        "....",
      })
  void get_rawName_isTheItemUntilDeleted(String cid) throws Exception {
    Path file = write(cid, cid, "Y291Y291");
    BobKey key = Items.hosted(cid);
    assertThat(store.get(key).orElseThrow().bob().data()).isEqualTo(BobData.utf8("coucou"));
    KeyListingTest.assertListed(store, key);
    assertThat(store.delete(key)).isTrue();
    assertThat(file).doesNotExist();
    assertThat(store.get(key)).isEmpty();
    assertThat(store.delete(key)).isFalse();
    KeyListingTest.assertListed(store);
    assertThat(warnings).isEmpty();
  }

  /**
   * Ours is not there when it is looked at first, and Python's is not when it is looked at then.
   */
  @Test
  void get_replacedBetweenTheTwoLooks_isOurs() throws Exception {
    write("Two words", "Two words", "Y291Y291");
    BobKey key = Items.hosted("Two words");
    FaultyDisk disk = new FaultyDisk();
    JsonFileBobStore slow = FaultInjectionTest.open(disk.at(directory));
    disk.before("open", () -> store.put(Items.item(key, "ours")));
    assertThat(slow.get(key)).contains(Items.item(key, "ours"));
  }

  @Test
  void get_upperCaseHash_isVerified() throws Exception {
    ContentId lower = ContentId.of(HashAlgorithm.SHA_1, BobData.utf8("coucou"));
    String cid = lower.value().replace("@bob.xmpp.org", "").toUpperCase(Locale.ROOT);
    write(cid + "@bob.xmpp.org", cid + "@bob.xmpp.org", "Y291Y291");
    assertThat(store.get(Items.hosted(cid + "@bob.xmpp.org"))).isPresent();
    write(cid + "@bob.xmpp.org", cid + "@bob.xmpp.org", "Y291Y292");
    assertThat(store.get(Items.hosted(cid + "@bob.xmpp.org"))).isEmpty();
    assertThat(warnings).singleElement().asString().contains("another hash than its content-id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".",
        "..",
        "../outside",
        "/etc",
        "_received/_v-x",
        "_received",
        "_Received",
        "./x",
        "_v-x",
        "a%20b",
      })
  void anyMethod_nameThatIsNotTheItemsOwn_isAbsentAndUntouched(String cid) throws Exception {
    Path outside = Files.writeString(folder.resolve("outside"), item(cid, "Y291Y291"));
    write("a%20b", "a%20b", "Y291Y291");
    write("_received/_v-x", cid, "Y291Y291");
    BobKey key = Items.hosted(cid);
    assertThat(store.get(key)).isEmpty();
    assertThat(store.delete(key)).isFalse();
    store.put(Items.item(key, "ours"));
    assertThat(store.delete(key)).isTrue();
    assertThat(outside).hasContent(item(cid, "Y291Y291"));
    assertThat(directory.resolve("_received/_v-x")).exists();
    assertThat(directory.resolve("a%20b")).exists();
  }

  @Test
  void anyMethod_otherShelf_looksAtNoRawName() throws Exception {
    Path file = write("_received/Two words", "Two words", "Y291Y291");
    assertThat(store.get(Items.verified("Two words"))).isEmpty();
    assertThat(store.delete(Items.verified("Two words"))).isFalse();
    assertThat(file).exists();
    KeyListingTest.assertListed(store);
  }

  /** As on a disk on which letter case does not count. */
  @Test
  void anyMethod_otherContentIdInside_isAbsentAndUntouched() throws Exception {
    Path file = write("ABC", "abc", "Y291Y291");
    BobKey key = Items.hosted("ABC");
    assertThat(store.get(key)).isEmpty();
    store.put(Items.item(key, "ours"));
    assertThat(store.get(key)).contains(Items.item(key, "ours"));
    KeyListingTest.assertListed(store, key);
    assertThat(store.delete(key)).isTrue();
    assertThat(file).hasContent(item("abc", "Y291Y291"));
    assertThat(warnings).isEmpty();
  }

  @Test
  void put_rawNameThere_isReplacedForAllPrograms() throws Exception {
    Path file = write("Two words", "Two words", "Y291Y291");
    BobKey key = Items.hosted("Two words");
    store.put(Items.item(key, "fresh"));
    assertThat(file).doesNotExist();
    assertThat(store.get(key)).contains(Items.item(key, "fresh"));
    KeyListingTest.assertListed(store, key);
    write("Two words", "Two words", "Y291Y291");
    assertThat(store.get(key)).contains(Items.item(key, "fresh"));
    KeyListingTest.assertListed(store, key);
    assertThat(store.delete(key)).isTrue();
    assertThat(Items.names(directory)).containsExactly("_received");
  }

  @Test
  void put_expiredItem_removesTheRawNameToo() throws Exception {
    write("Two words", "Two words", "Y291Y291");
    BobKey key = Items.hosted("Two words");
    store.put(Items.expiring(key, "expired", Instant.EPOCH));
    assertThat(Items.names(directory)).containsExactly("_received");
  }

  @Test
  void get_rawNameExpired_isAbsentAndKept() throws Exception {
    String expired =
        item("Two words", "Y291Y291").replace("}", ",\"expires_at\":\"" + Instant.EPOCH + "\"}");
    Path file = Files.writeString(directory.resolve("Two words"), expired);
    assertThat(store.get(Items.hosted("Two words"))).isEmpty();
    assertThat(file).exists();
  }

  @Test
  void anyMethod_damagedRawName_isNamedAndKept() throws Exception {
    Path file = Files.writeString(directory.resolve("Two words"), "{");
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    BobKey key = Items.hosted("Two words");
    assertThat(store.get(key)).isEmpty();
    assertThat(warnings).singleElement().asString().startsWith("Ignored the damaged file " + file);
    store.put(Items.item(key, "ours"));
    assertThat(store.delete(key)).isTrue();
    assertThat(file).hasContent("{");
  }

  /** A peer may ask for any name, again and again. */
  @ParameterizedTest
  @ValueSource(strings = {"# Stickers", "[]", "\u00e9", "\n\nx"})
  void get_foreignFile_isAbsentWithoutAWaitOrAWord(String content) throws Exception {
    List<Duration> pauses = new ArrayList<>();
    Path file = Files.writeString(directory.resolve("README.md"), content, ISO_8859_1);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));
    Files.createDirectory(directory.resolve("Sub directory"));
    JsonFileBobStore other =
        JsonFileBobStore.open(
            directory,
            InstantSource.system(),
            8192,
            new DiskOperations(),
            warnings::add,
            pauses::add);
    assertThat(other.get(Items.hosted("README.md"))).isEmpty();
    assertThat(other.get(Items.hosted("Sub directory"))).isEmpty();
    assertThat(pauses).isEmpty();
    assertThat(warnings).isEmpty();
  }

  @Test
  void scan_rawNameBecomesOursBetweenPages_isListedOnce() throws Exception {
    for (String first : new String[] {"a b", "a c"}) {
      List<BobKey> all = new ArrayList<>();
      for (String cid : new String[] {"a b", "a c", "a!", "B"}) {
        store.delete(Items.hosted(cid));
        write(cid, cid, "Y291Y291");
        all.add(Items.hosted(cid));
      }
      List<BobKey> listed = new ArrayList<>();
      String cursor = null;
      for (int pages = 0; pages == 0 || (cursor != null && pages < 20); pages++) {
        Page<BobKey> page = store.scan(cursor, 1);
        listed.addAll(page.items());
        cursor = page.next();
        store.put(Items.item(Items.hosted(first), "ours"));
      }
      assertThat(listed).containsExactlyInAnyOrderElementsOf(all);
    }
  }

  @Test
  void scan_foreignFiles_areSkippedWithoutAWord() throws Exception {
    Files.writeString(directory.resolve("README.md"), "# Stickers");
    Files.createDirectory(directory.resolve("Sub directory"));
    Files.createSymbolicLink(directory.resolve("A link"), directory.resolve("README.md"));
    KeyListingTest.assertListed(store);
    assertThat(warnings).isEmpty();
  }

  private Path write(String name, String cid, String data) throws IOException {
    return Files.writeString(directory.resolve(name), item(cid, data));
  }

  private static String item(String cid, String data) {
    String escaped = cid.replace("\\", "\\\\").replace("\"", "\\\"");
    return "{\"data\":\"" + data + "\",\"type\":\"text/plain\",\"cid\":\"" + escaped + "\"}";
  }
}
