package dev.bobbin.xmpp.bob.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The part of the contract about other processes: several at a time, and one that is killed. */
abstract class ProcessContract extends DamageContract {
  private static final int ROUNDS = 25;
  private static final int ENOUGH = 22;
  private static final int TOLD = 5;
  private static final Duration LONGEST_DELAY = Duration.ofMillis(30);

  @TempDir private Path errors;

  ProcessContract() {}

  /**
   * How many processes are killed while they overwrite an item: chance hits better than once. With
   * none, nothing is killed at all: for the kit's own stores that are broken otherwise.
   */
  int kills() {
    return 3;
  }

  private void requireKills() {
    require(StoreTraits.Part.PERSISTENCE);
    Assumptions.assumeTrue(kills() > 0, "no process is killed");
  }

  @Test
  void change_byAnotherProcess_isSeenOnceAcknowledged() throws Exception {
    require(StoreTraits.Part.SEVERAL_PROCESSES);
    BobStore store = open();
    BobKey key = hosted("cid");
    try (ChildStore child = child("child")) {
      assertThat(child.ask("get cid ours 0")).isEqualTo("absent");
      store.put(Versions.item(key, "ours", 1));
      assertThat(child.ask("get cid ours 1")).isEqualTo("present");
      assertThat(child.ask("put cid theirs 2")).isEqualTo("done");
      assertThat(store.get(key)).contains(Versions.item(key, "theirs", 2));
      store.put(Versions.item(key, "ours", 3));
      assertThat(child.ask("get cid ours 3")).isEqualTo("present");
      assertThat(child.ask("put other theirs 4")).isEqualTo("done");
      assertThat(Pages.keys(store, 10)).containsExactlyInAnyOrder(key, hosted("other"));
      assertThat(child.ask("delete cid")).isEqualTo("true");
      assertThat(store.get(key)).isEmpty();
      assertThat(store.delete(key)).isFalse();
      assertThat(store.delete(hosted("other"))).isTrue();
      assertThat(child.ask("get other theirs 4")).isEqualTo("absent");
      assertThat(child.ask("delete other")).isEqualTo("false");
    }
  }

  @Test
  void putGetDelete_severalProcesses_giveWholeItemsAndKeepEachLastOne() throws Exception {
    require(StoreTraits.Part.SEVERAL_PROCESSES);
    BobStore store = open();
    List<String> processes = List.of("first", "second");
    try (ChildStore first = child("first");
        ChildStore second = child("second")) {
      first.send("share first " + ROUNDS);
      second.send("share second " + ROUNDS);
      SharedUse.run(store, "third", ROUNDS);
      first.expect("done");
      second.expect("done");
      for (String process : processes) {
        BobKey own = SharedUse.own(process);
        assertThat(store.get(own)).contains(Versions.item(own, process, ROUNDS - 1));
      }
      assertThat(first.ask("get own-third third " + (ROUNDS - 1))).isEqualTo("present");
    }
    for (BobKey key : Pages.keys(store, 5)) {
      store.get(key).ifPresent(Versions::requireWhole);
    }
  }

  @Test
  void change_processKilled_isThereIfAcknowledged() throws Exception {
    requireKills();
    int acknowledged;
    try (ChildStore child = child("killed")) {
      child.send("change 0");
      List<String> written = child.killAfter(ENOUGH, Duration.ZERO);
      child.requireWritten(written, ENOUGH);
      acknowledged = written.size();
    }
    Map<BobKey, Optional<StoredBob>> before = KilledChanges.after(acknowledged);
    // The change that was under way may have been made, though nobody was told.
    Map<BobKey, Optional<StoredBob>> after = KilledChanges.after(acknowledged + 1);
    BobStore store = open();
    for (BobKey key : after.keySet()) {
      assertThat(store.get(key))
          .as("%s after %d changes", key, acknowledged)
          .isIn(before.getOrDefault(key, Optional.empty()), after.get(key));
    }
  }

  @Test
  void put_processKilledMeanwhile_leavesAnItemWhole() throws Exception {
    requireKills();
    Random random = new Random(HostileContentIds.SEED);
    BobKey key = hosted("overwritten");
    for (int kill = 1; kill <= kills(); kill++) {
      Duration delay = Duration.ofNanos(random.nextLong(LONGEST_DELAY.toNanos()));
      try (ChildStore child = child("overwriting" + kill)) {
        child.send("overwrite " + key.cid() + ' ' + TOLD);
        List<String> written = child.killAfter(TOLD, delay);
        String when =
            "kill %d, %s after item %d was acknowledged, with the seed %d"
                .formatted(kill, delay, TOLD - 1, HostileContentIds.SEED);
        try (BobStore store = open()) {
          requireWholeAndNotBefore(store, key, written.size() - 1, when);
        }
        child.requireWritten(written, TOLD);
      }
    }
  }

  private static void requireWholeAndNotBefore(BobStore store, BobKey key, int last, String when) {
    Optional<StoredBob> found;
    try {
      found = store.get(key);
    } catch (IOException e) {
      throw new AssertionError(when + ": the old item was to be there, and cannot be read", e);
    }
    assertThat(found).as(when).isPresent();
    assertThat(Versions.requireWhole(found.get())).as(when).isGreaterThanOrEqualTo(last);
  }

  private ChildStore child(String name) throws IOException {
    return ChildStore.open(provider(), values(Map.of()), errors.resolve(name), patience());
  }
}
