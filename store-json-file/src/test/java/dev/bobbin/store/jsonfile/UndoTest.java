package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.StoredBob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there, and what the error says, when the disk does not confirm a change. */
class UndoTest {
  @TempDir private Path directory;
  private final StoredBob old = Items.item(Items.hosted("x"), "old");
  private final StoredBob fresh = Items.item(Items.hosted("x"), "fresh");
  private final StoredBob others = Items.item(Items.hosted("x"), "of another process");
  private JsonFileBobStore other;

  @BeforeEach
  void putTheOldItem() throws IOException {
    other = JsonFileBobStore.open(directory);
    other.put(old);
    Files.setLastModifiedTime(directory.resolve("x"), FileTime.from(Instant.EPOCH));
  }

  @Test
  void delete_anotherStoreOpensBeforeItFails_theOldItemIsBack() throws Exception {
    UnforcedDisk disk = new UnforcedDisk(() -> JsonFileBobStore.open(directory).close());
    JsonFileBobStore store = open(disk);
    assertThatThrownBy(() -> store.delete(old.key()))
        .hasMessageContaining(". What was there before is untouched. Mend the disk");
    assertThat(other.get(old.key())).contains(old);
    assertThat(Items.names(directory)).containsExactly("_received", "x");
  }

  /** Half a copy would be found by readers, and kept for the item after a crash. */
  @Test
  void delete_noLinksThere_theOldItemIsBackInOneStep() throws Exception {
    FaultyDisk linkless = new FaultyDisk();
    UnforcedDisk disk =
        new UnforcedDisk(() -> linkless.fail("createLink", Integer.MAX_VALUE, Fault.IO_ERROR));
    JsonFileBobStore store = open(linkless.at(directory), disk);
    assertThatThrownBy(() -> store.delete(old.key()))
        .hasMessageContaining(". What was there before is untouched. Mend the disk");
    assertThat(linkless.calls()).contains("createLink", "move").doesNotContain("copy");
    assertThat(other.get(old.key())).contains(old);
    assertThat(Items.names(directory)).containsExactly("_received", "x");
  }

  @Test
  void put_anotherStoreOpensBeforeItFails_theOldItemIsBack() throws Exception {
    JsonFileBobStore store = open(new UnforcedDisk(() -> JsonFileBobStore.open(directory).close()));
    assertThatThrownBy(() -> store.put(fresh))
        .hasMessageContaining(". What was there before is untouched. Mend or free");
    assertThat(other.get(old.key())).contains(old);
    assertThat(Items.names(directory)).containsExactly("_received", "x");
  }

  @Test
  void put_anotherPutsBeforeItFails_theOthersStays() throws Exception {
    JsonFileBobStore store = open(new UnforcedDisk(() -> other.put(others)));
    assertThatThrownBy(() -> store.put(fresh))
        .hasMessageContaining(". Another program has put or removed it meanwhile, and that has");
    assertThat(other.get(old.key())).contains(others);
    assertThat(Items.names(directory)).containsExactly("_received", "x");
  }

  @Test
  void put_anotherDeletesBeforeItFails_staysDeleted() throws Exception {
    JsonFileBobStore store = open(new UnforcedDisk(() -> other.delete(old.key())));
    assertThatThrownBy(() -> store.put(fresh))
        .hasMessageContaining(". Another program has put or removed it meanwhile, and that has");
    assertThat(Items.names(directory)).containsExactly("_received");
  }

  @Test
  void delete_anotherPutsBeforeItFails_theOthersStays() throws Exception {
    JsonFileBobStore store = open(new UnforcedDisk(() -> other.put(others)));
    assertThatThrownBy(() -> store.delete(old.key()))
        .hasMessageContaining(". Another program has put or removed it meanwhile, and that has");
    assertThat(other.get(old.key())).contains(others);
    assertThat(Items.names(directory)).containsExactly("_received", "x");
  }

  @Test
  void put_oldFileCannotBeRenamedBack_saysWhereItIs() throws Exception {
    UnforcedDisk disk = new UnforcedDisk(() -> {});
    disk.refusesToRestore = true;
    JsonFileBobStore store = open(disk);
    assertThatThrownBy(() -> store.put(fresh))
        .satisfies(
            e -> {
              Path kept = hidden();
              assertThat(kept).content().contains("b2xk");
              assertThat(e)
                  .hasMessage(
                      "Could not write "
                          + directory.resolve("x")
                          + ": not confirmed. The new item could not be taken back, and the disk"
                          + " may lose it; what was there before is in "
                          + kept
                          + ", for an hour at least. Mend or free the disk, then put the item again"
                          + " (docs/errors.md#store-write)");
              assertThat(e.getSuppressed()).singleElement().isInstanceOf(IOException.class);
            });
    assertThat(other.get(old.key())).contains(fresh);
  }

  @Test
  void put_newFileCannotBeRemoved_saysThatItStays() throws Exception {
    other.delete(old.key());
    UnforcedDisk disk = new UnforcedDisk(() -> {});
    disk.refusesToRestore = true;
    JsonFileBobStore store = open(disk);
    assertThatThrownBy(() -> store.put(fresh))
        .hasMessageContaining(
            ". The new item could not be taken back, and the disk may lose it. Mend or free");
    assertThat(other.get(old.key())).contains(fresh);
  }

  @Test
  void delete_fileCannotBePutBack_saysWhereItIs() throws Exception {
    UnforcedDisk disk = new UnforcedDisk(() -> {});
    disk.refusesToRestore = true;
    JsonFileBobStore store = open(disk);
    assertThatThrownBy(() -> store.delete(old.key()))
        .satisfies(
            e ->
                assertThat(e)
                    .hasMessageContaining(
                        ". It could not be put back either, and is in " + hidden() + ", for an"));
    assertThat(hidden()).content().contains("b2xk");
  }

  @Test
  void delete_hiddenFileIsGone_saysSo() throws Exception {
    JsonFileBobStore store = open(new UnforcedDisk(() -> Files.delete(hidden())));
    assertThatThrownBy(() -> store.delete(old.key()))
        .hasMessageContaining(
            ". What was there before is gone: its hidden file was removed meanwhile. Mend");
  }

  @Test
  void removeIf_fileCannotBePutBack_saysSoAndTheNextOpeningDoes() throws Exception {
    UnforcedDisk disk = new UnforcedDisk(() -> {});
    disk.refusesToRestore = true;
    ItemDirectory files = new ItemDirectory(directory, disk);
    assertThatThrownBy(() -> files.removeIf("x", held -> false))
        .satisfies(
            e ->
                assertThat(e)
                    .hasMessage(
                        "Could not put back "
                            + directory.resolve("x")
                            + ", which was looked at as "
                            + hidden()
                            + ": no restoring. Mend the disk and open the store again, which puts"
                            + " it back (docs/errors.md#store-write)"));
    try (JsonFileBobStore store = JsonFileBobStore.open(directory)) {
      assertThat(store.get(old.key())).contains(old);
    }
  }

  @Test
  void removeIf_heldFileIsGone_saysSo() {
    ItemDirectory files = new ItemDirectory(directory, new DiskOperations());
    assertThatThrownBy(
            () ->
                files.removeIf(
                    "x",
                    held -> {
                      Files.delete(held);
                      return false;
                    }))
        .hasMessage(
            "Could not put back "
                + directory.resolve("x")
                + ", which was looked at: its hidden file was removed meanwhile. Put the item again"
                + " (docs/errors.md#store-write)");
  }

  @Test
  void get_itemPutMeanwhileCannotBePutBack_isAnErrorAndNoAbsence() throws Exception {
    Instant past = Instant.parse("2026-01-02T03:04:05Z");
    try (JsonFileBobStore earlier =
        JsonFileBobStore.open(directory, () -> past, 8192, new DiskOperations(), w -> {})) {
      earlier.put(Items.expiring(old.key(), "old", past.plusSeconds(1)));
    }
    UnforcedDisk disk =
        new UnforcedDisk(() -> {}) {
          @Override
          public void rename(Path from, Path to) throws IOException {
            if (from.endsWith("x")) {
              other.put(others);
            }
            super.rename(from, to);
          }
        };
    disk.refusesToRestore = true;
    JsonFileBobStore store = open(disk);
    assertThatThrownBy(() -> store.get(old.key()))
        .isInstanceOf(NotPutBackException.class)
        .hasMessageStartingWith("Could not put back " + directory.resolve("x"));
    try (JsonFileBobStore next = JsonFileBobStore.open(directory)) {
      assertThat(next.get(old.key())).contains(others);
    }
  }

  private Path hidden() throws IOException {
    List<String> hidden =
        Items.names(directory).stream().filter(name -> name.startsWith(".bobbin/")).toList();
    assertThat(hidden).hasSize(1);
    return directory.resolve(hidden.get(0));
  }

  private JsonFileBobStore open(UnforcedDisk disk) throws IOException {
    return open(directory, disk);
  }

  private static JsonFileBobStore open(Path place, UnforcedDisk disk) throws IOException {
    JsonFileBobStore store =
        JsonFileBobStore.open(place, InstantSource.system(), 8192, disk, warning -> {});
    disk.armed = true;
    return store;
  }

  /** What happens elsewhere while the disk is being forced. */
  @FunctionalInterface
  private interface Meanwhile {
    void run() throws IOException;
  }

  /** A disk that does not confirm the first change of the directory. */
  private static class UnforcedDisk extends DelegatingOperations {
    private final Meanwhile meanwhile;
    private boolean armed;
    private boolean refusesToRestore;

    UnforcedDisk(Meanwhile meanwhile) {
      this.meanwhile = meanwhile;
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
      if (armed) {
        armed = false;
        meanwhile.run();
        throw new IOException("not confirmed");
      }
      super.forceDirectory(directory);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      if (from.getFileName().toString().startsWith(".bobbin-replaced")) {
        requireRestoring();
      }
      super.rename(from, to);
    }

    @Override
    public void renameIfFree(Path from, Path to) throws IOException {
      if (to.endsWith("x")) {
        requireRestoring();
      }
      super.renameIfFree(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
      if (file.endsWith("x")) {
        requireRestoring();
      }
      super.delete(file);
    }

    private void requireRestoring() throws IOException {
      if (refusesToRestore) {
        throw new IOException("no restoring");
      }
    }
  }
}
