package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.StoreFullException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be evicted stays known, however a choice ends, and whoever else is choosing. */
class EvictionChoiceTest {
  private static final long PLENTY = 1_000_000;

  @TempDir private Path directory;
  private final FaultyDisk disk = new FaultyDisk();
  private Tended tended;

  @BeforeEach
  void tend() {
    tended = new Tended(directory);
  }

  @Test
  void put_thatIsRefusedInPlaceOfAnother_leavesThatOneToBeEvicted() throws Exception {
    foreignFile(1500);
    try (JsonFileBobStore store = tended.open(3000, PLENTY)) {
      store.put(received("a", 500));
      assertThatThrownBy(() -> store.put(received("a", 1500)))
          .isInstanceOf(StoreFullException.class);
      store.put(received("b", 900));
      assertThat(Items.names(tended.received())).contains("_v-b").doesNotContain("_v-a");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "delete"})
  void put_candidatesCannotBeReadOrRemoved_failsWithThatAndTheyAreEvictedLater(String call)
      throws Exception {
    tended = new Tended(disk.at(directory));
    try (JsonFileBobStore store = tended.open(PLENTY, 3)) {
      // By the last one, the names have been read.
      for (String cid : List.of("a", "b", "c", "d")) {
        store.put(received(cid, 5));
      }
      disk.fail(call, Integer.MAX_VALUE, Fault.TOO_MANY_OPEN_FILES);
      assertThatThrownBy(() -> store.put(received("e", 5)))
          .isNotInstanceOf(StoreFullException.class)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Too many open files")
          .hasMessageMatching(".*\\(docs/errors\\.md#store-(read|write)\\)");
      disk.work();
      for (String cid : List.of("e", "f", "g")) {
        store.put(received(cid, 5));
      }
      assertThat(Items.names(tended.received()).stream().filter(name -> name.startsWith("_v-")))
          .containsExactly("_v-e", "_v-f", "_v-g");
      tended.assertCounted(store);
    }
  }

  @Test
  void put_oneCandidateCannotBeRead_evictsAnother() throws Exception {
    tended = new Tended(disk.at(directory));
    try (JsonFileBobStore store = tended.open(PLENTY, 2)) {
      for (String cid : List.of("a", "b", "c")) {
        store.put(received(cid, 5));
      }
      disk.fail("open", 1, Fault.ACCESS_DENIED);
      store.put(received("d", 5));
      disk.work();
      assertThat(store.usage().orElseThrow().entries()).isEqualTo(2);
    }
  }

  @Test
  void put_oneCandidateCanNeverBeLookedAt_noneFails() throws Exception {
    tended = new Tended(disk.at(directory));
    try (JsonFileBobStore store = tended.open(PLENTY, 5)) {
      store.put(received("bad", 5));
      disk.failAt("_v-bad", Fault.IO_ERROR);
      for (int i = 0; i < 50; i++) {
        store.put(received("c" + i, 5));
      }
      assertThat(store.usage().orElseThrow().entries()).isEqualTo(5);
    }
  }

  @Test
  void trim_filesCannotBeRemoved_endsAndKeepsThemForLater() throws Exception {
    tended = new Tended(disk.at(directory));
    try (JsonFileBobStore store = tended.open()) {
      for (String cid : List.of("a", "b", "c")) {
        store.put(received(cid, 5));
      }
    }
    try (JsonFileBobStore store = tended.open(PLENTY, 2)) {
      disk.fail("delete", Integer.MAX_VALUE, Fault.IO_ERROR);
      tended.timer.round();
      disk.work();
      assertThat(store.usage().orElseThrow().entries()).isEqualTo(3);
      store.put(received("d", 5));
      assertThat(store.usage().orElseThrow().entries()).isEqualTo(2);
      assertThat(store.get(Items.verified("d"))).isPresent();
    }
  }

  /** Who wants more than can be had takes nothing from the others, not even for a moment. */
  @Test
  @Timeout(60)
  void put_besideOneThatNeverFits_isNotRefused() throws Exception {
    tended.files = new UnforcedDisk();
    foreignFile(1500);
    try (JsonFileBobStore store = tended.open(12_000, PLENTY)) {
      for (int i = 0; i < 12; i++) {
        store.put(received("n" + i, 500));
      }
      AtomicBoolean stopped = new AtomicBoolean();
      AtomicInteger refused = new AtomicInteger();
      List<Throwable> problems = new CopyOnWriteArrayList<>();
      Thread greedy =
          new Thread(
              () -> {
                while (!stopped.get()) {
                  try {
                    store.put(received("greedy", 8100));
                    problems.add(new AssertionError("fits"));
                  } catch (StoreFullException e) {
                    refused.incrementAndGet();
                  } catch (Throwable e) {
                    problems.add(e);
                  }
                }
              });
      greedy.start();
      try {
        for (int i = 0; problems.isEmpty() && (i < 150 || refused.get() < 5); i++) {
          store.put(received("s" + i % 50, 500));
        }
      } finally {
        stopped.set(true);
        greedy.join();
      }
      assertThat(problems).isEmpty();
    }
  }

  /** It looks like having no candidates, though there is room. */
  @Test
  void makingRoom_anotherHasMadeItMeanwhile_triesAgain() throws Exception {
    try (JsonFileBobStore store = tended.openUntended()) {
      store.put(received("only", 5));
    }
    Eviction eviction = eviction();
    AtomicInteger calls = new AtomicInteger();
    boolean made =
        eviction.makingRoom(
            "mine",
            evicted -> {
              if (calls.incrementAndGet() == 1) {
                makeRoom(eviction);
                throw new NoRoomException("full", Tally.file(1));
              }
              return true;
            });
    assertThat(made).isTrue();
    assertThat(calls).hasValue(2);
    assertThatThrownBy(() -> makeRoom(eviction)).isInstanceOf(StoreFullException.class);
  }

  private static void makeRoom(Eviction eviction) throws IOException {
    eviction.makingRoom(
        "others",
        evicted -> {
          if (evicted.equals(Tally.NONE)) {
            throw new NoRoomException("full", Tally.file(1));
          }
          return true;
        });
  }

  private Eviction eviction() {
    Quota quota = new Quota(directory, Limits.DEFAULT);
    ItemReader reader =
        new ItemReader(
            new ItemFormat(ItemReader.maxFileBytes(8192)),
            8192,
            new DamageLog(tended.warnings::add),
            pause -> {});
    CountedDirectory hosted = counted(directory, quota, quota.hosted());
    CountedDirectory received = counted(tended.received(), quota, quota.received());
    ItemNames names =
        new ItemNames(hosted.files(), received.files(), reader, new RawNames(hosted, reader));
    return new Eviction(received, names, reader, new Turns(), quota);
  }

  private CountedDirectory counted(Path path, Quota quota, DirectoryCount count) {
    return new CountedDirectory(new ItemDirectory(path, tended.files), quota, count);
  }

  private void foreignFile(int length) throws IOException {
    Files.createDirectories(tended.received());
    Files.writeString(tended.received().resolve("README"), "x".repeat(length));
  }

  private static StoredBob received(String cid, int length) {
    return Items.item(Items.verified(cid), "x".repeat(length));
  }

  private static final class UnforcedDisk extends DelegatingOperations {
    @Override
    public void force(FileChannel channel) {}

    @Override
    public void forceDirectory(Path path) {}
  }
}
