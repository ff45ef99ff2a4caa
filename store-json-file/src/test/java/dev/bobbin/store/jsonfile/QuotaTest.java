package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.StoreFullException;
import dev.bobbin.xmpp.bob.spi.StoreUsage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotaTest {
  private static final long PLENTY = 1_000_000;

  @TempDir private Path directory;
  private Tended tended;

  @BeforeEach
  void tend() {
    tended = new Tended(directory);
  }

  @Test
  void put_hostedBeyondTheBytes_isRefusedAndTheMessageSaysWhatToDo() throws Exception {
    try (JsonFileBobStore store = tended.open(1024, PLENTY)) {
      store.put(hosted("a", 500));
      long taken = store.usage().orElseThrow().bytes();
      assertThatThrownBy(() -> store.put(hosted("b", 500)))
          .isInstanceOf(StoreFullException.class)
          .hasMessage(
              "No room in "
                  + directory.toRealPath()
                  + " for a hosted item whose file has "
                  + taken
                  + " bytes: other hosted files take "
                  + taken
                  + " of 1024 bytes. Raise bobbin.bob.json-file.max-bytes, or delete some"
                  + " (docs/errors.md#store-full)");
      assertThat(store.get(Items.hosted("b"))).isEmpty();
      tended.assertCounted(store);
    }
  }

  @Test
  void put_hostedBeyondTheEntries_isRefusedAndTheMessageNamesThem() throws Exception {
    try (JsonFileBobStore store = tended.open(PLENTY, 1)) {
      store.put(hosted("a", 5));
      assertThatThrownBy(() -> store.put(hosted("b", 5)))
          .isInstanceOf(StoreFullException.class)
          .hasMessageContaining(
              ": other hosted files take 1 of 1 entries. Raise bobbin.bob.json-file.max-entries,");
      assertThatThrownBy(() -> store.put(received("b", 5)))
          .isInstanceOf(StoreFullException.class)
          .hasMessageContaining(" for a received item whose file has ");
    }
  }

  @Test
  void put_inPlaceOfAnother_countsTheDifference() throws Exception {
    try (JsonFileBobStore store = tended.open(1500, 1)) {
      store.put(hosted("a", 100));
      store.put(hosted("a", 900));
      tended.assertCounted(store);
      store.put(hosted("a", 10));
      tended.assertCounted(store);
      assertThatThrownBy(() -> store.put(hosted("a", 1500))).isInstanceOf(StoreFullException.class);
      assertThat(store.get(Items.hosted("a"))).contains(hosted("a", 10));
    }
  }

  @Test
  void usage_afterEachKindOfChange_isWhatIsThere() throws Exception {
    try (JsonFileBobStore store = tended.open()) {
      store.put(hosted("a", 100));
      store.put(hosted("b", 100));
      store.put(received("c", 100));
      store.delete(Items.hosted("a"));
      store.delete(Items.hosted("none"));
      BobKey brief = Items.verified("d");
      store.put(Items.expiring(brief, "x", tended.clock.instant().plusSeconds(1)));
      tended.assertCounted(store);
      tended.clock.jump(Duration.ofSeconds(1));
      store.put(Items.expiring(Items.hosted("b"), "x", tended.clock.instant()));
      assertThat(store.get(brief)).isEmpty();
      tended.assertCounted(store);
      assertThat(store.usage().orElseThrow().entries()).isEqualTo(1);
    }
  }

  @Test
  void put_thatFails_givesBackWhatItReserved() throws Exception {
    AtomicBoolean failing = new AtomicBoolean(true);
    tended.files =
        new DelegatingOperations() {
          @Override
          public void force(FileChannel channel) throws IOException {
            if (failing.get()) {
              throw new IOException("no space");
            }
            super.force(channel);
          }
        };
    try (JsonFileBobStore store = tended.open(PLENTY, 1)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> store.put(hosted("a", 5))).hasMessageContaining("no space");
      }
      assertThat(store.usage().orElseThrow()).isEqualTo(new StoreUsage(0, 0, true, 0));
      failing.set(false);
      store.put(hosted("b", 5));
      tended.assertCounted(store);
    }
  }

  @Test
  void put_overPythons_addsNoEntry() throws Exception {
    try (JsonFileBobStore store = tended.open(PLENTY, 1)) {
      BobKey key = Items.hosted("Two words");
      Files.write(directory.resolve("Two words"), encoded(Items.item(key, "of Python")));
      tended.timer.round();
      store.put(Items.item(key, "ours"));
      tended.assertCounted(store);
      store.delete(key);
      Files.write(directory.resolve("Two words"), encoded(Items.item(key, "of Python")));
      tended.timer.round();
      StoredBob pythons = store.get(key).orElseThrow();
      assertThat(store.putIf(pythons, Items.item(key, "ours"))).isTrue();
      tended.assertCounted(store);
      assertThat(store.usage().orElseThrow().entries()).isEqualTo(1);
    }
  }

  @Test
  void usage_fileCouldNotBePutBack_isWithoutIt() throws Exception {
    tended.files =
        new DelegatingOperations() {
          @Override
          public void rename(Path from, Path to) throws IOException {
            super.rename(from, to);
            if (to.getFileName().toString().contains("-held-")) {
              tended.clock.jump(Duration.ofHours(-1));
            }
          }

          @Override
          public void renameIfFree(Path from, Path to) throws IOException {
            throw new IOException("the disk is failing");
          }
        };
    StoredBob brief =
        Items.expiring(Items.hosted("a"), "x", tended.clock.instant().plusSeconds(60));
    Files.write(directory.resolve("a"), encoded(brief));
    try (JsonFileBobStore store = tended.open()) {
      tended.clock.jump(Duration.ofMinutes(30));
      assertThatThrownBy(() -> store.get(brief.key())).isInstanceOf(NotPutBackException.class);
      tended.assertCounted(store);
    }
  }

  @Test
  void put_oldFileCannotBeLookedAt_failsAndIsNotCounted() throws Exception {
    FaultyDisk disk = new FaultyDisk();
    tended = new Tended(disk.at(directory));
    try (JsonFileBobStore store = tended.open()) {
      store.put(hosted("a", 5));
      disk.fail("readAttributes", 2, Fault.IO_ERROR);
      assertThatThrownBy(() -> store.put(hosted("a", 6)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("docs/errors.md#store-read");
      disk.work();
      tended.assertCounted(store);
      assertThat(store.get(Items.hosted("a"))).contains(hosted("a", 5));
    }
  }

  @Test
  void put_manyAtOnce_neverOvershoot() throws Exception {
    int most = 20;
    AtomicInteger there = new AtomicInteger();
    AtomicInteger mostSeen = new AtomicInteger();
    tended.files =
        new DelegatingOperations() {
          @Override
          public void rename(Path from, Path to) throws IOException {
            super.rename(from, to);
            // No file is put twice in this test.
            boolean comes = HiddenName.parse(from.getFileName().toString()).isPresent();
            mostSeen.accumulateAndGet(there.addAndGet(comes ? 1 : -1), Math::max);
          }

          @Override
          public void delete(Path file) throws IOException {
            super.delete(file);
            if (HiddenName.parse(file.getFileName().toString()).isEmpty()) {
              there.decrementAndGet();
            }
          }
        };
    ConcurrentLinkedQueue<StoredBob> accepted = new ConcurrentLinkedQueue<>();
    try (JsonFileBobStore store = tended.open(PLENTY, most)) {
      List<Thread> threads = new ArrayList<>();
      ConcurrentLinkedQueue<Throwable> problems = new ConcurrentLinkedQueue<>();
      for (int t = 0; t < 6; t++) {
        int thread = t;
        threads.add(
            new Thread(
                () -> {
                  for (int i = 0; i < 10; i++) {
                    try {
                      store.put(received("r" + thread + "-" + i, 5));
                      StoredBob hosted = hosted("h" + thread + "-" + i, 5);
                      store.put(hosted);
                      accepted.add(hosted);
                    } catch (StoreFullException e) {
                      // Hosted ones take all there is.
                    } catch (Throwable e) {
                      problems.add(e);
                    }
                  }
                }));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(problems).isEmpty();
      assertThat(mostSeen.get()).isEqualTo(most);
      assertThat(accepted).hasSize(most);
      for (StoredBob item : accepted) {
        assertThat(store.get(item.key())).contains(item);
      }
      tended.assertCounted(store);
    }
  }

  @Test
  void put_overTheLimitsAlready_makesTheStoreNoLarger() throws Exception {
    try (JsonFileBobStore store = tended.open()) {
      for (int i = 0; i < 20; i++) {
        store.put(received("r" + i, 5));
      }
      store.put(hosted("h", 5));
    }
    try (JsonFileBobStore store = tended.open(PLENTY, 5)) {
      store.put(received("xx", 5));
      assertThat(store.usage().orElseThrow().entries()).isEqualTo(21);
      store.put(hosted("h", 5));
      assertThat(store.usage().orElseThrow().entries()).isEqualTo(21);
      tended.timer.round();
      assertThat(store.usage().orElseThrow().entries()).isEqualTo(5);
      assertThat(store.usage().orElseThrow().evicted()).isEqualTo(17);
      assertThat(store.get(Items.hosted("h"))).isPresent();
      tended.assertCounted(store);
    }
  }

  @Test
  void put_beforeALargeDirectoryIsCounted_isNotRefused() throws Exception {
    for (int i = 0; i <= Upkeep.FEW_FILES; i++) {
      Files.createFile(directory.resolve("x" + i));
    }
    try (JsonFileBobStore store = tended.open(PLENTY, 100)) {
      assertThat(store.usage().orElseThrow()).isEqualTo(new StoreUsage(0, 0, false, 0));
      store.put(hosted("a", 5));
      tended.timer.ring();
      tended.timer.ring();
      assertThat(store.usage().orElseThrow().entries()).isBetween(100L, (long) Upkeep.MOST_FILES);
      assertThatThrownBy(() -> store.put(hosted("b", 5))).isInstanceOf(StoreFullException.class);
      tended.timer.ring();
      tended.timer.ring();
      tended.assertCounted(store);
      assertThat(store.usage().orElseThrow().complete()).isTrue();
      store.delete(Items.hosted("a"));
      tended.timer.round();
      tended.assertCounted(store);
    }
  }

  @Test
  void usage_afterOthersHavePutAndRemoved_isRightInTheNextRound() throws Exception {
    try (JsonFileBobStore store = tended.open(PLENTY, 2);
        JsonFileBobStore other = tended.openUntended()) {
      store.put(hosted("a", 5));
      other.put(hosted("b", 5));
      other.put(hosted("c", 5));
      store.put(hosted("d", 5));
      assertThat(store.usage().orElseThrow().entries()).isEqualTo(2);
      tended.timer.round();
      tended.assertCounted(store);
      assertThatThrownBy(() -> store.put(hosted("e", 5))).isInstanceOf(StoreFullException.class);
      for (String cid : List.of("a", "b", "c", "d")) {
        other.delete(Items.hosted(cid));
      }
      tended.timer.round();
      store.put(hosted("e", 5));
      tended.assertCounted(store);
    }
  }

  private static byte[] encoded(StoredBob item) {
    return new ItemFormat(ItemReader.maxFileBytes(8192)).encode(item);
  }

  private static StoredBob hosted(String cid, int length) {
    return Items.item(Items.hosted(cid), "x".repeat(length));
  }

  private static StoredBob received(String cid, int length) {
    return Items.item(Items.verified(cid), "x".repeat(length));
  }
}
