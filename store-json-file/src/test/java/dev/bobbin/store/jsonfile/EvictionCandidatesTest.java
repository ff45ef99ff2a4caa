package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvictionCandidatesTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private static final EvictionCandidates.Failed NEVER =
      (name, fault) -> {
        throw new AssertionError(name, fault);
      };

  @TempDir private Path path;
  private final FaultyDisk disk = new FaultyDisk();

  @Test
  void refill_fileCannotBeLookedAt_tellsAndGoesOn() throws Exception {
    EvictionCandidates candidates = of(disk.at(path), "_v-a", "_v-b");
    disk.fail("readAttributes", 1, Fault.IO_ERROR);
    List<String> failed = new ArrayList<>();
    assertThat(
            candidates.refill(
                () -> false,
                (name, fault) -> {
                  assertThat(fault).hasMessageContaining("docs/errors.md#store-read");
                  failed.add(name);
                }))
        .isTrue();
    disk.work();
    List<String> others = all(candidates);
    assertThat(failed).hasSize(1);
    others.addAll(failed);
    assertThat(others).containsExactlyInAnyOrder("_v-a", "_v-b");
  }

  @Test
  void refill_stopped_hasTheRestLater() throws Exception {
    EvictionCandidates candidates = of(path, "_v-a", "_v-b");
    assertThatThrownBy(() -> candidates.refill(() -> true, NEVER))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(all(candidates)).containsExactlyInAnyOrder("_v-a", "_v-b");
  }

  /** A put that needs no room must not wait for one who looks for some. */
  @Test
  void last_whileOthersAreLookedAt_doesNotWait() throws Exception {
    EvictionCandidates candidates = of(path, "_v-a");
    Files.createFile(path.resolve("_v-b"));
    Thread putting = new Thread(() -> candidates.last("_v-b"));
    candidates.refill(
        () -> {
          if (putting.getState() == Thread.State.NEW) {
            putting.start();
            join(putting);
          }
          return false;
        },
        NEVER);
    assertThat(putting.getState()).isEqualTo(Thread.State.TERMINATED);
  }

  @Test
  void refill_moreComeLastThanAreKept_readsTheNamesAgain() throws Exception {
    EvictionCandidates candidates = of(path);
    assertThat(all(candidates)).isEmpty();
    touch("_v-first");
    candidates.last("_v-first");
    // Those that push it out have gone already.
    for (int i = 0; i < Oldest.MOST; i++) {
      candidates.last("_v-" + i);
    }
    assertThat(all(candidates)).containsExactly("_v-first");
    assertThat(all(candidates)).isEmpty();
  }

  /** As it is in a full store, where each put evicts one and is the next to be evicted. */
  @Test
  void refill_asManyComeLastAsGo_comesToTheForgottenOnes() throws Exception {
    EvictionCandidates candidates = of(path);
    assertThat(all(candidates)).isEmpty();
    touch("_v-first");
    candidates.last("_v-first");
    List<String> names = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < Oldest.MOST; i++) {
        candidates.last("_v-" + round + "-" + i);
      }
      assertThat(candidates.refill(() -> false, NEVER)).isTrue();
      for (Oldest.Seen each = candidates.next(); each != null; each = candidates.next()) {
        names.add(each.name());
      }
    }
    assertThat(names).containsExactly("_v-first");
  }

  @Test
  void giveBack_moreThanAreKept_hasTheFirstAndReadsTheNamesAgain() throws Exception {
    EvictionCandidates candidates = of(path, "_v-a");
    assertThat(all(candidates)).containsExactly("_v-a");
    List<Oldest.Seen> many = new ArrayList<>();
    for (int i = 0; i <= EvictionCandidates.MOST_KEPT; i++) {
      many.add(new Oldest.Seen("_v-" + i, FileTime.fromMillis(i)));
    }
    candidates.giveBack(many);
    List<String> kept = all(candidates);
    assertThat(kept).hasSize(EvictionCandidates.MOST_KEPT + 1).startsWith("_v-0").endsWith("_v-a");
  }

  private static void join(Thread thread) {
    try {
      thread.join(LONG.toMillis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> all(EvictionCandidates candidates) throws IOException {
    List<String> names = new ArrayList<>();
    do {
      for (Oldest.Seen each = candidates.next(); each != null; each = candidates.next()) {
        names.add(each.name());
      }
    } while (candidates.refill(() -> false, NEVER));
    return names;
  }

  private EvictionCandidates of(Path place, String... names) throws IOException {
    for (String name : names) {
      touch(name);
    }
    ItemReader reader =
        new ItemReader(new ItemFormat(8192), 8192, new DamageLog(warning -> {}), pause -> {});
    Quota quota = new Quota(path, Limits.DEFAULT);
    ItemDirectory received = new ItemDirectory(place, new DiskOperations());
    ItemDirectory hosted = new ItemDirectory(path.resolve("hosted"), new DiskOperations());
    RawNames raw = new RawNames(new CountedDirectory(hosted, quota, quota.hosted()), reader);
    return new EvictionCandidates(received, new ItemNames(hosted, received, reader, raw));
  }

  private void touch(String name) throws IOException {
    Files.createFile(path.resolve(name));
  }
}
