package dev.bobbin.store.jsonfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.ItemRefusedException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Putting under a condition, beside other processes and on a disk that fails. */
class PutIfTest {
  @TempDir private Path directory;
  private final StoredBob mine = Items.item(Items.hosted("x"), "mine");
  private final StoredBob others = Items.item(Items.hosted("x"), "of another process");
  private JsonFileBobStore other;

  @BeforeEach
  void openTheOther() throws IOException {
    other = JsonFileBobStore.open(directory);
  }

  private JsonFileBobStore open(FileOperations disk) throws IOException {
    return JsonFileBobStore.open(directory, InstantSource.system(), 8192, disk, warning -> {});
  }

  /** Something happens just before a new file gets its name. */
  private static FileOperations beforeTheName(Step step) {
    return new DelegatingOperations() {
      @Override
      public void renameIfFree(Path from, Path to) throws IOException {
        step.run();
        super.renameIfFree(from, to);
      }
    };
  }

  private interface Step {
    void run() throws IOException;
  }

  @Test
  void putIf_anotherProcessPutsAtThatMoment_leavesTheirs() throws Exception {
    JsonFileBobStore store = open(beforeTheName(() -> other.put(others)));
    assertThat(store.putIf(null, mine)).isFalse();
    assertThat(store.get(mine.key())).contains(others);
    assertThat(Items.names(directory)).containsExactly("_received", "x");
  }

  @Test
  void putIf_diskFailsBeforeTheName_leavesNothing() throws Exception {
    JsonFileBobStore store =
        open(
            beforeTheName(
                () -> {
                  throw new IOException("no space left");
                }));
    assertThatThrownBy(() -> store.putIf(null, mine))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("no space left", Problems.UNTOUCHED, "errors.md#store-write");
    assertThat(Items.names(directory)).containsExactly("_received");
  }

  @Test
  void putIf_diskDoesNotConfirm_leavesNothing() throws Exception {
    JsonFileBobStore store =
        open(
            new DelegatingOperations() {
              @Override
              public void forceDirectory(Path path) throws IOException {
                throw new IOException("the disk is failing");
              }
            });
    assertThatThrownBy(() -> store.putIf(null, mine))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the disk is failing");
    assertThat(Items.names(directory)).containsExactly("_received");
  }

  /** As a put does. */
  @Test
  void putIf_fileIsDamaged_countsAsNoneAndIsReplaced() throws Exception {
    Path file = Files.write(directory.resolve("x"), "no item".getBytes(UTF_8));
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    assertThat(other.putIf(others, mine)).isFalse();
    assertThat(file).hasContent("no item");
    assertThat(other.putIf(null, mine)).isTrue();
    assertThat(other.get(mine.key())).contains(mine);
  }

  /** What is there is not known to be nothing. */
  @Test
  void putIf_laterFormatThere_isRefusedAndLeavesIt() throws Exception {
    String later = "{\"format\":2,\"whole\":\"yes\"}";
    Path file = Files.writeString(directory.resolve("x"), later);
    assertThatThrownBy(() -> other.putIf(null, mine))
        .isInstanceOf(ItemRefusedException.class)
        .hasMessage(
            "Left "
                + file.toRealPath()
                + " as it is, since it is not known to be nothing: its format is 2, and the newest"
                + " that this version knows is 1. Update the program"
                + " (docs/errors.md#later-format)");
    assertThat(other.putIf(others, mine)).isFalse();
    assertThat(file).hasContent(later);
  }

  /** It is readable here, and larger than what is read; under our own name, and under Python's. */
  @ParameterizedTest
  @CsvSource({
    "x, 8193, 'holds 8193 bytes of data, more than 8192'",
    "x, 100000, is larger than 76460 bytes",
    "Two words, 8193, 'holds 8193 bytes of data, more than 8192'",
    "Two words, 100000, is larger than 76460 bytes"
  })
  void putIf_largerThanThisStoreTakes_isRefusedAndLeavesIt(String cid, int size, String why)
      throws Exception {
    StoredBob large = Items.item(Items.hosted(cid), "x".repeat(size));
    Path file = Files.write(directory.resolve(cid), new ItemFormat(1_000_000).encode(large));
    byte[] content = Files.readAllBytes(file);
    assertThatThrownBy(() -> other.putIf(null, Items.item(large.key(), "small")))
        .isInstanceOf(ItemRefusedException.class)
        .hasMessage(
            "Left "
                + file.toRealPath()
                + " as it is, since it is not known to be nothing: it "
                + why
                + ". Raise max-item-bytes (docs/errors.md#item-too-large)");
    assertThat(other.putIf(Items.item(large.key(), "other"), mine)).isFalse();
    assertThat(file).hasBinaryContent(content);
    assertThat(Items.names(directory)).containsExactlyInAnyOrder("_received", cid);
  }

  @Test
  void putIf_hasExpired_isReplaced() throws Exception {
    Instant expiry = Instant.now().plusSeconds(60);
    other.put(Items.expiring(mine.key(), "x", expiry));
    JsonFileBobStore later =
        JsonFileBobStore.open(
            directory,
            () -> expiry,
            8192,
            new DelegatingOperations() {
              @Override
              public void delete(Path file) {
                // So that the expired one is still there.
              }
            },
            warning -> {});
    assertThat(later.putIf(null, mine)).isTrue();
    assertThat(other.get(mine.key())).contains(mine);
  }

  /** A zip file takes no links. */
  @Test
  void renameIfFree_noLinksThere_neverReplacesWhatIsThere() throws Exception {
    Path zip = directory.resolve("files.zip");
    try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Path fresh = Files.write(files.getPath("fresh"), new byte[] {1});
      Path there = Files.write(files.getPath("there"), new byte[] {2});
      DiskOperations disk = new DiskOperations();
      assertThatThrownBy(() -> disk.renameIfFree(fresh, there))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThat(Files.readAllBytes(there)).containsExactly(2);
      disk.renameIfFree(fresh, files.getPath("free"));
      assertThat(Files.readAllBytes(files.getPath("free"))).containsExactly(1);
    }
  }
}
