package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.StoredBob;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that anybody may have put into the directory. On threads of their own, since nothing ends
 * the opening of a pipe.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileDiskTest {
  private static final String ITEM =
      "{\"data\":\"Y291Y291\",\"type\":\"text/plain\",\"cid\":\"x\"}";

  @TempDir private Path directory;
  private final List<String> warnings = new ArrayList<>();
  private JsonFileBobStore store;

  @BeforeEach
  void open() throws IOException {
    store =
        JsonFileBobStore.open(
            directory, InstantSource.system(), 8192, new DiskOperations(), warnings::add);
  }

  @Test
  void get_pythonsFile_isStoredAtItsModification() throws Exception {
    Path file = Files.writeString(directory.resolve("x"), ITEM);
    Instant modified = Instant.parse("2025-06-07T08:09:10.123Z");
    Files.setLastModifiedTime(file, FileTime.from(modified));
    StoredBob item = store.get(Items.hosted("x")).orElseThrow();
    assertThat(item.storedAt()).isEqualTo(modified);
    assertThat(item.bob().data()).isEqualTo(BobData.utf8("coucou"));
    assertThat(warnings).isEmpty();
  }

  @Test
  void get_damagedFile_isAbsentAndNamedOnceAndKept() throws Exception {
    Path file = old("x", "{\"data\":\"secret");
    assertThat(store.get(Items.hosted("x"))).isEmpty();
    assertThat(store.get(Items.hosted("x"))).isEmpty();
    assertThat(warnings)
        .containsExactly(
            "Ignored the damaged file "
                + file
                + ": it is no JSON at line 1, column 16. Restore it, delete it or put the item"
                + " again (docs/errors.md#damaged-file)");
    assertThat(file).hasContent("{\"data\":\"secret");
  }

  @Test
  void get_damagedAgainAfterPut_isNamedAgain() throws Exception {
    Path file = old("x", "{");
    store.get(Items.hosted("x"));
    store.put(Items.item(Items.hosted("x"), "fresh"));
    assertThat(warnings)
        .hasSize(2)
        .last()
        .isEqualTo(
            "Replaced the damaged file "
                + file
                + ", since an item was put: it is no JSON at line 1, column 2. What it held is in"
                + " your copies, if anywhere (docs/errors.md#damaged-file)");
    assertThat(store.get(Items.hosted("x"))).contains(Items.item(Items.hosted("x"), "fresh"));
    old("x", "{");
    store.get(Items.hosted("x"));
    assertThat(warnings).hasSize(3).last().asString().startsWith("Ignored the damaged file ");
  }

  @Test
  void delete_damagedFile_removesItAndIsFalse() throws Exception {
    Path file = old("x", "{");
    assertThat(store.delete(Items.hosted("x"))).isFalse();
    assertThat(file).doesNotExist();
    assertThat(warnings)
        .containsExactly(
            "Removed the damaged file "
                + file
                + ", since the item was deleted: it is no JSON at line 1, column 2. What it held"
                + " is in your copies, if anywhere (docs/errors.md#damaged-file)");
  }

  @Test
  void anyMethod_laterFormat_isAbsentAndOnlyReplacedOrRemovedWithAWord() throws Exception {
    String later = "{\"format\":2,\"expires_at\":\"2020-01-01T00:00:00Z\",\"blob\":\"Y291Y291\"}";
    Path file = old("x", later);
    assertThat(store.get(Items.hosted("x"))).isEmpty();
    assertThat(store.get(Items.hosted("x"))).isEmpty();
    assertThat(file).hasContent(later);
    store.put(Items.item(Items.hosted("x"), "fresh"));
    old("x", later);
    assertThat(store.delete(Items.hosted("x"))).isFalse();
    String why = ": its format is 2, and the newest that this version knows is 1. ";
    assertThat(warnings)
        .containsExactly(
            "Ignored " + file + why + "Update the program (docs/errors.md#later-format)",
            "Replaced "
                + file
                + ", since an item was put"
                + why
                + "What it held is in your copies, if anywhere (docs/errors.md#later-format)",
            "Removed "
                + file
                + ", since the item was deleted"
                + why
                + "What it held is in your copies, if anywhere (docs/errors.md#later-format)");
  }

  @Test
  void put_unreadableFile_isReplacedWithAWord() throws Exception {
    FaultyDisk disk = new FaultyDisk();
    JsonFileBobStore faulty =
        JsonFileBobStore.open(
            disk.at(directory), InstantSource.system(), 8192, new DiskOperations(), warnings::add);
    old("x", ITEM);
    disk.fail("open", 1, Fault.ACCESS_DENIED);
    faulty.put(Items.item(Items.hosted("x"), "fresh"));
    assertThat(warnings).singleElement().asString().contains(": it could not be read. What it");
  }

  @Test
  void get_otherContentIdInside_isAbsent() throws Exception {
    old("y", ITEM);
    assertThat(store.get(Items.hosted("y"))).isEmpty();
    assertThat(warnings).singleElement().asString().contains("another content-id than its name");
  }

  @Test
  void get_otherSenderInside_isAbsent() throws Exception {
    old("_received/_v-x", ITEM.replace("}", ",\"sender\":\"a@b.example\"}"));
    assertThat(store.get(Items.verified("x"))).isEmpty();
    assertThat(warnings).singleElement().asString().contains("another sender than its name");
  }

  @Test
  void get_hashOfOtherData_isAbsent() throws Exception {
    old(Items.COUCOU_CID, ITEM.replace("\"x\"", '"' + Items.COUCOU_CID + '"'));
    assertThat(store.get(Items.COUCOU_KEY)).isPresent();
    old(
        Items.COUCOU_CID,
        ITEM.replace("\"x\"", '"' + Items.COUCOU_CID + '"').replace("Y291Y291", "Y291Y292"));
    assertThat(store.get(Items.COUCOU_KEY)).isEmpty();
    assertThat(warnings).singleElement().asString().contains("another hash than its content-id");
  }

  @Test
  void get_moreDataThanTheStoreTakes_isAbsent() throws Exception {
    String data = BobData.of(new byte[8193]).toBase64();
    old("x", ITEM.replace("Y291Y291", data));
    assertThat(store.get(Items.hosted("x"))).isEmpty();
    assertThat(warnings)
        .containsExactly(
            "Ignored "
                + directory.resolve("x")
                + ": it holds 8193 bytes of data, more than 8192. Raise max-item-bytes"
                + " (docs/errors.md#item-too-large)");
  }

  /** It is lost, whoever takes more. */
  @Test
  void get_moreDataThanTheStoreTakesAndAnotherHash_isDamaged() throws Exception {
    String data = BobData.of(new byte[8193]).toBase64();
    old(
        Items.COUCOU_CID,
        ITEM.replace("\"x\"", '"' + Items.COUCOU_CID + '"').replace("Y291Y291", data));
    assertThat(store.get(Items.COUCOU_KEY)).isEmpty();
    assertThat(warnings).singleElement().asString().contains("another hash than its content-id");
  }

  @Test
  void get_hugeFile_isAbsentWithoutReadingIt() throws Exception {
    Path file = directory.resolve("x");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 30);
    }
    assertThat(store.get(Items.hosted("x"))).isEmpty();
    assertThat(warnings).singleElement().asString().contains("it is larger than 76460 bytes");
  }

  @Test
  void get_fileOfGreatestSize_isRead() throws Exception {
    int most = ItemReader.maxFileBytes(8192);
    old("x", ITEM + " ".repeat(most - ITEM.length()));
    assertThat(store.get(Items.hosted("x"))).isPresent();
    old("x", ITEM + " ".repeat(most - ITEM.length() + 1));
    assertThat(store.get(Items.hosted("x"))).isEmpty();
  }

  @Test
  void anyMethod_directoryNamedLikeAKey_isAbsentAndKept() throws Exception {
    Path inside = Files.createDirectories(directory.resolve("x")).resolve("file");
    Files.writeString(inside, "kept");
    assertThat(store.get(Items.hosted("x"))).isEmpty();
    assertThat(store.delete(Items.hosted("x"))).isFalse();
    assertThatThrownBy(() -> store.put(Items.item(Items.hosted("x"), "y")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Could not write " + directory.resolve("x") + ": ");
    assertThat(store.scan(null, 10).items()).isEmpty();
    assertThat(inside).hasContent("kept");
    assertThat(Items.names(directory)).containsExactly("_received", "x");
    assertThat(warnings).singleElement().asString().contains("it is no regular file");
  }

  @Test
  void anyMethod_linkToOutside_isNotFollowed(@TempDir Path outside) throws Exception {
    Path target = Files.writeString(outside.resolve("x"), ITEM);
    Files.createSymbolicLink(directory.resolve("x"), target);
    Files.createSymbolicLink(directory.resolve("loop"), directory.resolve("loop"));
    assertThat(store.get(Items.hosted("x"))).isEmpty();
    assertThat(store.get(Items.hosted("loop"))).isEmpty();
    assertThat(store.scan(null, 10).items()).isEmpty();
    store.put(Items.item(Items.hosted("x"), "ours"));
    assertThat(store.get(Items.hosted("x"))).isPresent();
    assertThat(target).hasContent(ITEM);
    Files.delete(directory.resolve("x"));
    Files.createSymbolicLink(directory.resolve("x"), target);
    store.delete(Items.hosted("x"));
    assertThat(target).hasContent(ITEM);
  }

  @Test
  void get_pipe_doesNotWait() throws Exception {
    Process mkfifo = new ProcessBuilder("mkfifo", directory.resolve("x").toString()).start();
    Assumptions.assumeTrue(
        mkfifo.waitFor(10, TimeUnit.SECONDS) && mkfifo.exitValue() == 0,
        "skipped: there is no mkfifo");
    assertThat(store.get(Items.hosted("x"))).isEmpty();
    assertThat(store.scan(null, 10).items()).isEmpty();
    store.put(Items.item(Items.hosted("x"), "ours"));
    assertThat(store.get(Items.hosted("x"))).isPresent();
  }

  @Test
  void scan_foreignFiles_areSkipped() throws Exception {
    store.put(Items.item(Items.hosted("x"), "hosted"));
    store.put(Items.item(Items.verified("x"), "received"));
    String[] foreign = {
      ".hidden",
      HiddenName.held(directory, "x").getFileName().toString(),
      "README",
      "UPPER",
      "caf\u00e9",
      "two words",
      "%zz",
      "%41%4",
      "trailing.",
      "_v-x",
      "_received/x",
      "_received/.hidden",
      "_received/_f-nobody",
      "_h-0123",
      "_received/_h-" + "0".repeat(64),
    };
    for (String name : foreign) {
      old(name, ITEM);
    }
    KeyListingTest.assertListed(store, Items.hosted("x"), Items.verified("x"));
  }

  @Test
  void get_sameNameInTheOtherDirectory_isAbsent() throws Exception {
    old("_v-x", ITEM);
    old("_received/x", ITEM);
    assertThat(store.get(Items.hosted("x"))).isEmpty();
    assertThat(store.get(Items.verified("x"))).isEmpty();
  }

  @Test
  void put_largerThanTheStoreTakes_isRefused() {
    StoredBob item = Items.item(Items.hosted("x"), "x".repeat(8193));
    assertThatThrownBy(() -> store.put(item))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "An item of 8193 bytes is larger than this store takes, 8192 bytes; raise the plugin's"
                + " limit (docs/errors.md#item-too-large)");
  }

  @Test
  void put_hashOfOtherData_isRefused() {
    BobKey key = BobKey.hosted(ContentId.of(Items.COUCOU_CID));
    assertThatThrownBy(() -> store.put(Items.item(key, "other")))
        .isInstanceOf(IOException.class)
        .hasMessage(
            Items.COUCOU_CID
                + " is not the hash of the item's data; name it by its own hash, or by a content-id"
                + " that carries none (docs/errors.md#hash-mismatch)");
  }

  /** Writes a file that is too old to be still in the making. */
  private Path old(String name, String content) throws IOException {
    Path file = Files.writeString(directory.resolve(name), content);
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
  }
}
