package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.StoredBob;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A system such as Windows, which lets nobody replace or remove a file that somebody reads. */
class HeldFilesTest {
  @TempDir private Path directory;
  private final FaultyDisk windows = new FaultyDisk(Set.of("basic"));
  private final List<Duration> pauses = new ArrayList<>();
  private final StoredBob old = Items.item(Items.hosted("x"), "old");
  private final StoredBob fresh = Items.item(Items.hosted("x"), "fresh");

  @ParameterizedTest
  @EnumSource(names = {"ACCESS_DENIED", "IO_ERROR"})
  void put_readerLetsGoInTime_isDone(Fault fault) throws Exception {
    JsonFileBobStore store = open(windows, pauses::add);
    store.put(old);
    windows.fail("move", DiskOperations.RETRIES, fault);
    store.put(fresh);
    assertThat(store.get(old.key())).contains(fresh);
    assertThat(pauses)
        .hasSize(DiskOperations.RETRIES)
        .startsWith(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(4))
        .endsWith(Duration.ofMillis(512));
    assertThat(Items.names(directory)).containsExactly("_received", "x");
  }

  @Test
  void put_readerHoldsOn_failsAndKeepsTheOldItem() throws Exception {
    JsonFileBobStore store = open(windows, pauses::add);
    store.put(old);
    windows.fail("move", DiskOperations.RETRIES + 1, Fault.ACCESS_DENIED);
    assertThatThrownBy(() -> store.put(fresh))
        .hasMessage(
            "Could not write "
                + directory.resolve("x")
                + ": access denied. What was there before is untouched. Mend or free the disk, then"
                + " put the item again (docs/errors.md#store-write)");
    assertThat(store.get(old.key())).contains(old);
    assertThat(Items.names(directory)).containsExactly("_received", "x");
  }

  @Test
  void delete_readerLetsGoInTime_leavesNothing() throws Exception {
    JsonFileBobStore store = open(windows, pauses::add);
    store.put(old);
    windows.fail("delete", 3, Fault.ACCESS_DENIED);
    assertThat(store.delete(old.key())).isTrue();
    assertThat(pauses).hasSize(3);
    assertThat(Items.names(directory)).containsExactly("_received");
  }

  @Test
  void put_interruptedWhileAReaderHoldsOn_saysSo() throws Exception {
    JsonFileBobStore store =
        open(
            windows,
            time -> {
              throw new InterruptedException();
            });
    store.put(old);
    windows.fail("move", 1, Fault.ACCESS_DENIED);
    assertThatThrownBy(() -> store.put(fresh))
        .isInstanceOf(InterruptedIOException.class)
        .hasMessageContaining("docs/errors.md#store-interrupted");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(store.get(old.key())).contains(old);
    assertThat(Items.names(directory)).containsExactly("_received", "x");
  }

  @Test
  void get_noItem_waitsForNobody() throws Exception {
    JsonFileBobStore store = open(windows, pauses::add);
    assertThat(store.delete(old.key())).isFalse();
    assertThat(pauses).isEmpty();
  }

  /** It could not be opened there. */
  @Test
  void put_anything_forcesTheFileAndNoDirectory() throws Exception {
    JsonFileBobStore store = open(windows, pauses::add);
    windows.count();
    store.put(old);
    assertThat(windows.calls()).containsOnlyOnce("open", "force");
  }

  @Test
  void put_posixSystem_isNotTriedAgain() throws Exception {
    FaultyDisk posix = new FaultyDisk();
    JsonFileBobStore store = open(posix, pauses::add);
    posix.fail("move", 1, Fault.ACCESS_DENIED);
    assertThatThrownBy(() -> store.put(fresh)).isInstanceOf(IOException.class);
    assertThat(pauses).isEmpty();
  }

  private JsonFileBobStore open(FaultyDisk disk, ItemReader.Pause pause) throws IOException {
    return JsonFileBobStore.open(
        disk.at(directory), InstantSource.system(), 8192, new DiskOperations(pause), warning -> {});
  }
}
