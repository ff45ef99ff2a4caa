package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.StoredBob;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailingDiskTest {
  @TempDir private Path directory;
  private final FailingDisk disk = new FailingDisk();
  private final StoredBob old = Items.item(Items.hosted("x"), "old");
  private final StoredBob fresh = Items.item(Items.hosted("x"), "fresh");
  private JsonFileBobStore store;

  @BeforeEach
  void open() throws IOException {
    store = JsonFileBobStore.open(directory, InstantSource.system(), 8192, disk, warning -> {});
  }

  /** The steps of a change, in their order. */
  enum Step {
    CREATE,
    WRITE,
    FORCE,
    LINK,
    RENAME,
    FORCE_DIRECTORY
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void put_anyStepFails_keepsTheOldItemAndNoTemporaryFile(Step step) throws Exception {
    store.put(old);
    disk.failing = step;
    assertThatThrownBy(() -> store.put(fresh))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Could not write "
                + directory.resolve("x")
                + ": no space left. "
                + (step == Step.FORCE_DIRECTORY ? Problems.UNCONFIRMED : Problems.UNTOUCHED)
                + ". Mend or free the disk, then put the item again (docs/errors.md#store-write)");
    disk.failing = null;
    assertThat(store.get(old.key())).contains(old);
    assertThat(Items.names(directory)).containsExactly("_received", "x");
    store.put(fresh);
    assertThat(store.get(old.key())).contains(fresh);
    assertThat(Items.names(directory)).containsExactly("_received", "x");
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void put_anyStepFailsOnANewItem_leavesNothing(Step step) throws Exception {
    disk.failing = step;
    assertThatThrownBy(() -> store.put(fresh)).isInstanceOf(IOException.class);
    disk.failing = null;
    assertThat(store.get(fresh.key())).isEmpty();
    assertThat(Items.names(directory)).containsExactly("_received");
  }

  @Test
  void put_forceFails_isNotForcedAgain() {
    disk.failing = Step.FORCE;
    int before = disk.forced;
    assertThatThrownBy(() -> store.put(fresh)).isInstanceOf(IOException.class);
    assertThat(disk.forced - before).isEqualTo(1);
  }

  @Test
  void put_returns_afterForcingFileAndDirectory() throws Exception {
    disk.steps.clear();
    store.put(old);
    store.put(fresh);
    List<Step> each =
        List.of(Step.CREATE, Step.WRITE, Step.FORCE, Step.LINK, Step.RENAME, Step.FORCE_DIRECTORY);
    assertThat(disk.steps.subList(0, 6)).isEqualTo(each);
    assertThat(disk.steps.subList(6, 12)).isEqualTo(each);
    assertThat(disk.steps).hasSize(12);
  }

  @ParameterizedTest
  @EnumSource(names = {"RENAME", "FORCE_DIRECTORY"})
  void delete_anyStepFails_keepsTheItem(Step step) throws Exception {
    store.put(old);
    disk.failing = step;
    assertThatThrownBy(() -> store.delete(old.key()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Could not remove "
                + directory.resolve("x")
                + ": no space left. "
                + (step == Step.FORCE_DIRECTORY ? Problems.UNCONFIRMED : Problems.UNTOUCHED)
                + ". Mend the disk, then delete the item again (docs/errors.md#store-write)");
    disk.failing = null;
    assertThat(store.get(old.key())).contains(old);
    assertThat(Items.names(directory)).containsExactly("_received", "x");
    assertThat(store.delete(old.key())).isTrue();
    assertThat(Items.names(directory)).containsExactly("_received");
  }

  /** What cannot be moved aside is there still, and has not been deleted. */
  @Test
  void delete_hiddenDirectoryHasGone_isAnErrorAndTheItemStays() throws Exception {
    store.put(old);
    Files.delete(HiddenName.directory(directory));
    assertThatThrownBy(() -> store.delete(old.key()))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(Problems.UNTOUCHED, "errors.md#store-write");
    assertThat(store.get(old.key())).contains(old);
  }

  @Test
  void get_expired_removesTheFile() throws Exception {
    store.put(Items.expiring(old.key(), "x", Instant.now().plusSeconds(3600)));
    JsonFileBobStore later =
        JsonFileBobStore.open(
            directory,
            () -> Instant.now().plusSeconds(7200),
            8192,
            new DiskOperations(),
            warning -> {});
    assertThat(later.get(old.key())).isEmpty();
    assertThat(Items.names(directory)).containsExactly("_received");
  }

  @Test
  void removeIf_replacedMeanwhile_keepsTheNewFile() throws Exception {
    ItemDirectory files = new ItemDirectory(directory, disk);
    files.replace("y", new byte[] {1});
    files.removeIf(
        "y",
        aside -> {
          files.replace("y", new byte[] {2});
          return false;
        });
    assertThat(directory.resolve("y")).hasBinaryContent(new byte[] {2});
    files.removeIf("y", aside -> false);
    assertThat(directory.resolve("y")).hasBinaryContent(new byte[] {2});
    assertThatThrownBy(
            () ->
                files.removeIf(
                    "y",
                    aside -> {
                      throw new IOException("unreadable");
                    }))
        .hasMessage("unreadable");
    assertThat(directory.resolve("y")).hasBinaryContent(new byte[] {2});
    assertThat(Items.names(directory)).containsExactly("_received", "y");
  }

  @Test
  void put_interrupted_keepsTheOldItemAndTheInterrupt() throws Exception {
    store.put(old);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> store.put(fresh))
        .isInstanceOf(InterruptedIOException.class)
        .hasMessage(
            "The thread was interrupted while writing "
                + directory.resolve("x")
                + ". What was there before is untouched. Put the item again"
                + " (docs/errors.md#store-interrupted)");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(store.get(old.key())).contains(old);
    assertThat(Items.names(directory)).containsExactly("_received", "x");
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void put_interruptedBeforeAnyStep_keepsOneWholeItem(Step step) throws Exception {
    store.put(old);
    disk.interrupting = step;
    assertThatThrownBy(() -> store.put(fresh)).isInstanceOf(InterruptedIOException.class);
    disk.interrupting = null;
    assertThat(Thread.interrupted()).isTrue();
    assertThat(store.get(old.key())).contains(old);
    assertThat(Items.names(directory)).containsExactly("_received", "x");
  }

  @Test
  void delete_interrupted_keepsTheItemAndTheInterrupt() throws Exception {
    store.put(old);
    disk.interrupting = Step.RENAME;
    assertThatThrownBy(() -> store.delete(old.key()))
        .isInstanceOf(InterruptedIOException.class)
        .hasMessage(
            "The thread was interrupted while removing "
                + directory.resolve("x")
                + ". What was there before is untouched. Delete the item again"
                + " (docs/errors.md#store-interrupted)");
    disk.interrupting = null;
    assertThat(Thread.interrupted()).isTrue();
    assertThat(store.get(old.key())).contains(old);
  }

  @Test
  void get_interrupted_saysSoAndKeepsTheInterrupt() throws Exception {
    store.put(old);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> store.get(old.key()))
        .isInstanceOf(InterruptedIOException.class)
        .hasMessage(
            "The thread was interrupted while reading "
                + directory.resolve("x")
                + ". Read it again (docs/errors.md#store-interrupted)");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(store.get(old.key())).contains(old);
  }

  /** A disk of which one step fails, or interrupts the thread before it begins. */
  private static final class FailingDisk implements FileOperations {
    private final FileOperations disk = new DiskOperations();
    private final List<Step> steps = new ArrayList<>();
    private Step failing;
    private Step interrupting;
    private int forced;

    private void step(Step step) throws IOException {
      steps.add(step);
      if (step == interrupting) {
        Thread.currentThread().interrupt();
      }
      if (step == failing) {
        throw new IOException("no space left");
      }
    }

    @Override
    public FileChannel create(Path file) throws IOException {
      step(Step.CREATE);
      return disk.create(file);
    }

    @Override
    public void write(FileChannel channel, byte[] bytes) throws IOException {
      if (failing == Step.WRITE) {
        disk.write(channel, new byte[] {bytes[0]});
      }
      step(Step.WRITE);
      disk.write(channel, bytes);
    }

    @Override
    public void force(FileChannel channel) throws IOException {
      forced++;
      step(Step.FORCE);
      disk.force(channel);
    }

    @Override
    public boolean link(Path file, Path second) throws IOException {
      step(Step.LINK);
      return disk.link(file, second);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      step(Step.RENAME);
      disk.rename(from, to);
    }

    @Override
    public void renameIfFree(Path from, Path to) throws IOException {
      step(Step.LINK);
      disk.renameIfFree(from, to);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
      step(Step.FORCE_DIRECTORY);
      disk.forceDirectory(directory);
    }

    @Override
    public void delete(Path file) throws IOException {
      disk.delete(file);
    }
  }
}
