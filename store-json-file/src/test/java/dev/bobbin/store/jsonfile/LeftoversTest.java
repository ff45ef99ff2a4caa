package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.store.jsonfile.HiddenName.Kind;
import dev.bobbin.xmpp.bob.StoredBob;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What opening a store does with the hidden files that are there. */
class LeftoversTest {
  private static final Duration OLD = Leftovers.STALE.plusMinutes(1);
  private static final Duration RECENT = Leftovers.STALE.minusMinutes(1);

  @TempDir private Path directory;

  @BeforeEach
  void makeTheStore() throws IOException {
    JsonFileBobStore.open(directory).close();
  }

  @ParameterizedTest
  @EnumSource(names = "HELD", mode = EnumSource.Mode.EXCLUDE)
  void open_leftHiddenFile_isRemovedByTheAgeOfItsName(Kind kind) throws Exception {
    Path old = hidden(directory, kind, OLD, "");
    Path oldReceived = hidden(directory.resolve("_received"), kind, OLD, "");
    Path recent = hidden(directory, kind, RECENT, "");
    for (Path each : new Path[] {old, recent}) {
      Files.setLastModifiedTime(each, FileTime.from(Instant.now()));
    }
    Files.setLastModifiedTime(recent, FileTime.from(Instant.EPOCH));
    JsonFileBobStore.open(directory).close();
    assertThat(old).doesNotExist();
    assertThat(oldReceived).doesNotExist();
    assertThat(recent).exists();
  }

  @Test
  void open_unfinishedFileThatIsLocked_staysWhateverItsAge() throws Exception {
    Path locked = hidden(directory, Kind.UNFINISHED, OLD, "");
    try (FileChannel channel = FileChannel.open(locked, StandardOpenOption.WRITE)) {
      Leftovers.lock(channel);
      JsonFileBobStore.open(directory).close();
    }
    assertThat(locked).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".other.tmp",
        ".bobbin-removed-1.tmp",
        ".bobbin-removed-1-0123456789abcdef-x.tmp",
        ".bobbin-held-1-0123456789abcdef.tmp",
        ".bobbin-held-1-0123456789abcdef-.profile.tmp",
        ".bobbin-removed-9999999999999999-0123456789abcdef.tmp",
      })
  void open_foreignHiddenFile_stays(String name) throws Exception {
    Path foreign = Files.writeString(HiddenName.directory(directory).resolve(name), "x");
    JsonFileBobStore.open(directory).close();
    assertThat(foreign).hasContent("x");
    assertThat(Items.names(directory)).containsExactlyInAnyOrder(".bobbin/" + name, "_received");
  }

  @Test
  void open_linkWithAHiddenName_stays() throws Exception {
    String name = HiddenName.next(Kind.REMOVED, Instant.EPOCH, "");
    Path link = HiddenName.directory(directory).resolve(name);
    Files.createSymbolicLink(link, directory.resolve("_received"));
    JsonFileBobStore.open(directory).close();
    assertThat(Files.isSymbolicLink(link)).isTrue();
  }

  @Test
  void open_heldItemWhoseHolderDied_isPutBack() throws Exception {
    StoredBob item = Items.item(Items.hosted("x"), "acknowledged");
    StoredBob received = Items.item(Items.verified("x"), "acknowledged");
    try (JsonFileBobStore store = JsonFileBobStore.open(directory)) {
      store.put(item);
      store.put(received);
    }
    Files.move(directory.resolve("x"), HiddenName.held(directory, "x"));
    Path place = directory.resolve("_received");
    Files.move(place.resolve("_v-x"), HiddenName.held(place, "_v-x"));
    try (JsonFileBobStore store = JsonFileBobStore.open(directory)) {
      assertThat(store.get(item.key())).contains(item);
      assertThat(store.get(received.key())).contains(received);
    }
    assertThat(Items.names(directory)).containsExactly("_received", "x");
    assertThat(Items.names(place)).containsExactly("_v-x");
  }

  @Test
  void open_heldItemThatWasReplaced_isRemoved() throws Exception {
    hidden(directory, Kind.HELD, Duration.ZERO, "x");
    StoredBob newer = Items.item(Items.hosted("x"), "newer");
    try (JsonFileBobStore store = JsonFileBobStore.open(directory)) {
      store.put(newer);
    }
    hidden(directory, Kind.HELD, OLD, "x");
    try (JsonFileBobStore store = JsonFileBobStore.open(directory)) {
      assertThat(store.get(newer.key())).contains(newer);
    }
    assertThat(Items.names(directory)).containsExactly("_received", "x");
  }

  @Test
  void open_whileAnotherStoreHolds_losesNothing() throws Exception {
    ItemDirectory files = new ItemDirectory(directory, new DiskOperations());
    files.replace("x", new byte[] {1});
    files.removeIf(
        "x",
        held -> {
          JsonFileBobStore.open(directory).close();
          return false;
        });
    assertThat(directory.resolve("x")).hasBinaryContent(new byte[] {1});
    assertThat(Items.names(directory)).containsExactly("_received", "x");
  }

  /** Or a power cut would bring that name back, and with it a file that was deleted since. */
  @Test
  void removeIf_fileIsPutBack_forcesThatItsHiddenNameHasGone() throws Exception {
    List<Path> forced = new ArrayList<>();
    DelegatingOperations recording =
        new DelegatingOperations() {
          @Override
          public void forceDirectory(Path path) throws IOException {
            if (path.endsWith(HiddenName.DIRECTORY)) {
              assertThat(Items.names(directory)).containsExactly("_received", "x");
            }
            forced.add(path);
            super.forceDirectory(path);
          }
        };
    Files.createFile(directory.resolve("x"));
    new ItemDirectory(directory, recording).removeIf("x", held -> false);
    assertThat(forced).containsExactly(directory, HiddenName.directory(directory));
  }

  /** Half a copy would be found by readers, and kept for the item after a crash. */
  @Test
  void removeIf_noLinksThere_putsBackInOneStep() throws Exception {
    Path file = Files.writeString(directory.resolve("x"), "whole");
    FaultyDisk linkless = new FaultyDisk();
    linkless.fail("createLink", Integer.MAX_VALUE, Fault.IO_ERROR);
    new ItemDirectory(linkless.at(directory), new DiskOperations()).removeIf("x", held -> false);
    assertThat(linkless.calls()).contains("createLink").doesNotContain("copy");
    assertThat(file).hasContent("whole");
    assertThat(Items.names(directory)).containsExactly("_received", "x");
  }

  /** Its key may have been put and deleted since. */
  @Test
  void removeIf_removedFileStaysHidden_neverComesBack() throws Exception {
    DelegatingOperations undiscarding =
        new DelegatingOperations() {
          @Override
          public void delete(Path file) throws IOException {
            throw new IOException("busy");
          }
        };
    Files.createFile(directory.resolve("x"));
    assertThat(new ItemDirectory(directory, undiscarding).removeIf("x", held -> true)).isTrue();
    assertThat(Items.names(directory))
        .hasSize(2)
        .element(0)
        .asString()
        .startsWith(".bobbin/.bobbin-removed-");
    JsonFileBobStore.open(directory).close();
    assertThat(directory.resolve("x")).doesNotExist();
  }

  @Test
  void removeIf_removedFileCannotBeRenamedAgain_isRemovedAllTheSame() throws Exception {
    DelegatingOperations renamingOnce =
        new DelegatingOperations() {
          @Override
          public void rename(Path from, Path to) throws IOException {
            if (!from.endsWith("x")) {
              throw new IOException("busy");
            }
            super.rename(from, to);
          }
        };
    Files.createFile(directory.resolve("x"));
    assertThat(new ItemDirectory(directory, renamingOnce).removeIf("x", held -> true)).isTrue();
    assertThat(Items.names(directory)).containsExactly("_received");
  }

  private static Path hidden(Path directory, Kind kind, Duration age, String item)
      throws IOException {
    String name = HiddenName.next(kind, Instant.now().minus(age), item);
    return Files.writeString(HiddenName.directory(directory).resolve(name), "left");
  }
}
