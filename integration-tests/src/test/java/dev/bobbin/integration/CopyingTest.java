package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.store.jsonfile.JsonFileBobStore;
import dev.bobbin.store.memory.MemoryBobStore;
import dev.bobbin.store.memory.MemoryBobStoreProvider;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.copy.BobStores;
import dev.bobbin.xmpp.bob.copy.CopyOptions;
import dev.bobbin.xmpp.bob.copy.CopyOutcome;
import dev.bobbin.xmpp.bob.copy.CopyProblem;
import dev.bobbin.xmpp.bob.copy.CopyReport;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copying between stores that are in use, as an application does it. */
@Tag("one-path")
@Timeout(120)
class CopyingTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org/orchard");
  private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05.678901234Z");
  private static final int KEYS = 10;
  private static final int ROUNDS = 3;

  @TempDir private Path folder;

  private BobStore files(String name) throws IOException {
    return JsonFileBobStore.open(Files.createDirectory(folder.resolve(name)));
  }

  private static BobKey key(int number) {
    return BobKey.hosted(ContentId.of("cid" + number));
  }

  private static StoredBob version(BobKey key, int number) {
    Bob bob = new Bob(key.cid(), "text/plain", BobData.utf8(Integer.toString(number)), null);
    return new StoredBob(key, bob, BEGIN.plusSeconds(number), null, null);
  }

  private static int number(BobStore store, BobKey key) throws IOException {
    byte[] data = store.get(key).orElseThrow().bob().data().toByteArray();
    return Integer.parseInt(new String(data, StandardCharsets.UTF_8));
  }

  @Test
  void copy_filesToMemoryAndBack_keepsEachFieldOnEachShelf() throws Exception {
    Bob hashed = Bob.of(new byte[] {1, 2, 3}, "image/png");
    List<StoredBob> items = new ArrayList<>();
    items.add(new StoredBob(BobKey.hosted(hashed.cid()), hashed, BEGIN, null, null));
    items.add(
        new StoredBob(
            new BobKey(Shelf.VERIFIED, hashed.cid()),
            hashed,
            BEGIN,
            Instant.parse("9999-12-31T23:59:59.999999999Z"),
            ROMEO));
    items.add(version(new BobKey(new Shelf.From(ROMEO), ContentId.of("a/b:c")), 1));
    IntStream.range(0, KEYS).forEach(i -> items.add(version(key(i), i)));
    CopyOptions byFour = CopyOptions.defaults().withPageSize(4);
    try (BobStore there = files("there");
        BobStore memory = MemoryBobStore.create();
        BobStore back = files("back")) {
      for (StoredBob item : items) {
        there.put(item);
      }
      for (CopyReport report :
          List.of(BobStores.copy(there, memory, byFour), BobStores.copy(memory, back, byFour))) {
        assertThat(report.count(CopyOutcome.COPIED)).as("%s", report).isEqualTo(items.size());
      }
      for (StoredBob item : items) {
        assertThat(memory.get(item.key())).contains(item);
        assertThat(back.get(item.key())).contains(item);
      }
      CopyReport again = BobStores.copy(there, back);
      assertThat(again.count(CopyOutcome.ALREADY_THERE)).isEqualTo(again.examined());
    }
  }

  @Test
  void copy_filesThatNoClientHasOpened_bringsAll() throws Exception {
    try (BobStore there = files("there")) {
      there.put(version(key(1), 1));
    }
    try (BobStore next = MemoryBobStore.create()) {
      assertThat(FilesSnippet.copyFiles(folder.resolve("there"), ROMEO, next))
          .hasToString("1 examined: 1 copied (1 bytes)");
      assertThat(number(next, key(1))).isEqualTo(1);
    }
  }

  /** The one item that whoever moves has to hear of, before the old directory is deleted. */
  @Test
  void copy_damagedFile_isAProblemThatNamesItsKey() throws Exception {
    try (BobStore from = files("from");
        BobStore to = MemoryBobStore.create()) {
      from.put(version(key(0), 0));
      from.put(version(key(1), 1));
      Path damaged = folder.resolve("from").resolve(key(1).cid().value());
      Files.writeString(damaged, "{ not JSON");
      Files.setLastModifiedTime(damaged, FileTime.from(Instant.now().minusSeconds(60)));
      CopyReport report = BobStores.copy(from, to);
      assertThat(report.count(CopyOutcome.COPIED)).isEqualTo(1);
      assertThat(report.problems()).extracting(CopyProblem::key).containsExactly(key(1));
      assertThat(report.problems().get(0).outcome()).isEqualTo(CopyOutcome.DAMAGED);
    }
  }

  /** Each item was put and read back, and pushed out by those that came after it. */
  @Test
  void copy_intoMemoryThatIsTooSmall_saysWhatIsGone() throws Exception {
    try (BobStore from = MemoryBobStore.create();
        BobStore to =
            new MemoryBobStoreProvider()
                .open(
                    StoreContext.of(ROMEO)
                        .withSettings(Settings.of("memory", Map.of("max-entries", "10"))))) {
      for (int i = 0; i < 100; i++) {
        from.put(version(new BobKey(Shelf.VERIFIED, ContentId.of("cid" + i)), i));
      }
      CopyReport report = BobStores.copy(from, to);
      assertThat(report.toString()).isEqualTo("100 examined: 100 copied (190 bytes), 90 gone");
      assertThat(to.scan(null, 100).items()).hasSize(10);
    }
  }

  @Test
  void copy_goneOnFromTheCursorOfAPage_bringsTheRest() throws Exception {
    try (BobStore from = files("from");
        BobStore first = MemoryBobStore.create();
        BobStore rest = MemoryBobStore.create()) {
      for (int i = 0; i < KEYS; i++) {
        from.put(version(key(i), i));
      }
      List<CopyReport> told = new ArrayList<>();
      BobStores.copy(from, first, CopyOptions.defaults().withPageSize(4).withProgress(told::add));
      String cursor = told.get(0).cursor().orElseThrow();
      CopyReport report = BobStores.copy(from, rest, CopyOptions.defaults().withCursor(cursor));
      assertThat(report.count(CopyOutcome.COPIED)).isEqualTo(KEYS - 4);
      assertThat(report.isComplete()).isTrue();
    }
  }

  /**
   * Two threads put ever newer versions of the same items into one store each, while they are
   * copied over and over. Whoever has put finds that or something newer.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void copy_whileOthersPutIntoBoth_losesNoneAndBringsTheLatest(boolean intoFiles) throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(2);
    try (BobStore files = files("files");
        BobStore memory = MemoryBobStore.create()) {
      BobStore from = intoFiles ? memory : files;
      BobStore to = intoFiles ? files : memory;
      AtomicInteger numbers = new AtomicInteger();
      for (int i = 0; i < KEYS; i++) {
        from.put(version(key(i), numbers.incrementAndGet()));
      }
      AtomicBoolean more = new AtomicBoolean(true);
      List<Future<int[]>> written = new ArrayList<>();
      for (BobStore store : List.of(from, to)) {
        written.add(writers.submit(() -> putWhile(more, store, numbers)));
      }
      for (int round = 0; round < ROUNDS; round++) {
        assertThat(BobStores.copy(from, to).examined()).isEqualTo(KEYS);
      }
      more.set(false);
      int[] intoFrom = written.get(0).get(60, TimeUnit.SECONDS);
      int[] intoTo = written.get(1).get(60, TimeUnit.SECONDS);
      assertThat(BobStores.copy(from, to).problems()).isEmpty();
      for (int i = 0; i < KEYS; i++) {
        assertThat(number(from, key(i))).isEqualTo(intoFrom[i]);
        assertThat(number(to, key(i))).isEqualTo(Math.max(intoFrom[i], intoTo[i]));
      }
    } finally {
      writers.shutdownNow();
    }
  }

  /** The numbers of the last versions that were put. */
  private static int[] putWhile(AtomicBoolean more, BobStore store, AtomicInteger numbers)
      throws IOException {
    int[] last = new int[KEYS];
    while (more.get()) {
      for (int i = 0; i < KEYS; i++) {
        last[i] = numbers.incrementAndGet();
        store.put(version(key(i), last[i]));
        assertThat(number(store, key(i))).isGreaterThanOrEqualTo(last[i]);
      }
    }
    return last;
  }
}
