package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.BobData;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Python program truncates a file before it writes it. */
class UnfinishedFileTest {
  private static final String ITEM =
      "{\"data\":\"Y291Y291\",\"type\":\"text/plain\",\"cid\":\"x\"}";

  @TempDir private Path directory;
  private final List<String> warnings = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();

  @Test
  void item_finishedDuringTheWait_isRead() throws Exception {
    Path file = young("");
    ItemReader reader =
        reader(
            time -> {
              pauses.add(time);
              write(file, pauses.size() == 1 ? ITEM.substring(0, 20) : ITEM, Instant.now());
            });
    assertThat(reader.item(file, Items.hosted("x"))).isPresent();
    assertThat(pauses).containsExactly(ItemReader.PAUSE, ItemReader.PAUSE);
    assertThat(warnings).isEmpty();
  }

  @Test
  void item_neverFinished_isDamagedAfterABoundedNumberOfWaits() throws Exception {
    Path file = young("{");
    ItemReader reader =
        reader(
            time -> {
              pauses.add(time);
              write(file, "{", Instant.now());
            });
    assertThat(reader.item(file, Items.hosted("x"))).isEmpty();
    assertThat(pauses).hasSize(ItemReader.ATTEMPTS - 1);
    assertThat(warnings).hasSize(1);
  }

  @Test
  void item_damagedAndOld_isNotReadAgain() throws Exception {
    Path file = directory.resolve("x");
    write(file, "{", Instant.now().minus(ItemReader.YOUNG));
    assertThat(reader(pauses::add).item(file, Items.hosted("x"))).isEmpty();
    assertThat(pauses).isEmpty();
    assertThat(warnings).hasSize(1);
  }

  @Test
  void item_youngAndOfAnotherKey_isNotReadAgain() throws Exception {
    Path file = young(ITEM.replace("\"x\"", "\"y\""));
    assertThat(reader(pauses::add).item(file, Items.hosted("x"))).isEmpty();
    assertThat(pauses).isEmpty();
  }

  /** What a reader has read before and after is one text of JSON, and no item that anybody put. */
  @Test
  void item_rewrittenWhileItIsRead_isReadAgain() throws Exception {
    String mixed = ITEM.replace("Y291Y291", "Y291aGFs");
    Path file = young(ITEM);
    List<Path> looks = new ArrayList<>();
    ItemReader reader =
        reader(
            pauses::add,
            (path, most) -> {
              looks.add(path);
              return looks.size() == 1
                  ? mixed.getBytes(StandardCharsets.US_ASCII)
                  : ItemReader.Look.AT_DISK.at(path, most);
            });
    assertThat(reader.item(file, Items.hosted("x")).orElseThrow().bob().data())
        .isEqualTo(BobData.utf8("coucou"));
    assertThat(pauses).hasSize(1);
    assertThat(warnings).isEmpty();
    assertThat(looks).hasSize(4);
  }

  @Test
  void item_old_isReadOnce() throws Exception {
    Path file = directory.resolve("x");
    write(file, ITEM, Instant.now().minus(ItemReader.YOUNG));
    List<Path> looks = new ArrayList<>();
    ItemReader reader =
        reader(
            pauses::add,
            (path, most) -> {
              looks.add(path);
              return ItemReader.Look.AT_DISK.at(path, most);
            });
    assertThat(reader.item(file, Items.hosted("x"))).isPresent();
    assertThat(looks).hasSize(1);
  }

  @Test
  void item_removedDuringTheWait_isAbsent() throws Exception {
    Path file = young("");
    ItemReader reader =
        reader(
            time -> {
              pauses.add(time);
              remove(file);
            });
    assertThat(reader.item(file, Items.hosted("x"))).isEmpty();
    assertThat(warnings).isEmpty();
  }

  @Test
  void item_interruptedDuringTheWait_saysSo() throws Exception {
    Path file = young("");
    ItemReader reader =
        reader(
            time -> {
              throw new InterruptedException();
            });
    assertThatThrownBy(() -> reader.item(file, Items.hosted("x")))
        .isInstanceOf(InterruptedIOException.class)
        .hasMessage(
            "The thread was interrupted while reading "
                + file
                + ". Read it again (docs/errors.md#store-interrupted)");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void itemAtOnce_unfinished_isAbsentWithoutAWaitOrAWord() throws Exception {
    Path file = young("{");
    assertThat(reader(pauses::add).itemAtOnce(file, Items.hosted("x"))).isEmpty();
    assertThat(pauses).isEmpty();
    assertThat(warnings).isEmpty();
  }

  @Test
  void put_overAFileThatIsBeingWritten_isDoneWithoutAWaitOrAWord() throws Exception {
    Path file = young("{");
    JsonFileBobStore store = open(new DiskOperations(), pauses::add);
    store.put(Items.item(Items.hosted("x"), "ours"));
    assertThat(pauses).isEmpty();
    assertThat(warnings).isEmpty();
    write(file, "{", Instant.EPOCH);
    store.put(Items.item(Items.hosted("x"), "ours"));
    assertThat(warnings).singleElement().asString().startsWith("Replaced the damaged file");
  }

  @Test
  void delete_fileFinishedDuringTheWait_waitsWithoutTheLock() throws Exception {
    Path file = young("");
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      AtomicReference<JsonFileBobStore> opened = new AtomicReference<>();
      JsonFileBobStore store =
          open(
              new DiskOperations(),
              time -> {
                pauses.add(time);
                write(file, ITEM, Instant.now());
                putElsewhere(other, opened.get());
              });
      opened.set(store);
      assertThat(store.delete(Items.hosted("x"))).isTrue();
    } finally {
      other.shutdownNow();
    }
    assertThat(pauses).hasSize(1);
    assertThat(file).doesNotExist();
  }

  /** Needs the lock of the same key. */
  private static void putElsewhere(ExecutorService other, JsonFileBobStore store) {
    Future<?> put =
        other.submit(
            () -> {
              store.put(Items.item(Items.hosted("x"), "put meanwhile"));
              return null;
            });
    try {
      put.get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the lock was held during the wait", e);
    }
  }

  @Test
  void get_expiredItemIsBeingWrittenAnew_keepsItAndWaitsWithoutTheLock() throws Exception {
    Path file = directory.resolve("x");
    DelegatingOperations rewriting =
        new DelegatingOperations() {
          @Override
          public void rename(Path from, Path to) throws IOException {
            if (from.equals(file)) {
              UnfinishedFileTest.write(file, "{", Instant.now().plusSeconds(1));
            }
            super.rename(from, to);
          }
        };
    String expired = ITEM.replace("}", ",\"expires_at\":\"2020-01-01T00:00:00Z\"}");
    write(file, expired, Instant.EPOCH);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      AtomicReference<JsonFileBobStore> opened = new AtomicReference<>();
      JsonFileBobStore store =
          open(
              rewriting,
              time -> {
                pauses.add(time);
                assertThat(file).hasContent("{");
                putElsewhere(other, opened.get());
              });
      opened.set(store);
      assertThat(store.get(Items.hosted("x")))
          .contains(Items.item(Items.hosted("x"), "put meanwhile"));
    } finally {
      other.shutdownNow();
    }
    assertThat(pauses).hasSize(1);
  }

  private JsonFileBobStore open(FileOperations files, ItemReader.Pause pause) throws IOException {
    return JsonFileBobStore.open(
        directory, InstantSource.system(), 8192, files, warnings::add, pause);
  }

  private ItemReader reader(ItemReader.Pause pause) {
    return reader(pause, ItemReader.Look.AT_DISK);
  }

  private ItemReader reader(ItemReader.Pause pause, ItemReader.Look look) {
    ItemFormat format = new ItemFormat(ItemReader.maxFileBytes(8192));
    return new ItemReader(format, 8192, new DamageLog(warnings::add), pause, look);
  }

  /** Its time is ahead, within what counts as young, so that a slow machine does not age it. */
  private Path young(String content) {
    Path file = directory.resolve("x");
    write(file, content, Instant.now().plusSeconds(1));
    return file;
  }

  private static void write(Path file, String content, Instant modified) {
    try {
      Files.writeString(file, content);
      Files.setLastModifiedTime(file, FileTime.from(modified));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
