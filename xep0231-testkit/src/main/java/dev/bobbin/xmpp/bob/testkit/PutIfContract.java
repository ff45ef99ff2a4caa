package dev.bobbin.xmpp.bob.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The part of the contract about {@link BobStore#putIf}: what counts as expected, and in one step.
 */
abstract class PutIfContract extends ConcurrencyContract {
  private static final int THREADS = 4;
  private static final int ROUNDS = 500;
  private static final int FEWEST_ROUNDS = 10;
  private static final Duration LONG_ENOUGH = Duration.ofMillis(100);
  private static final int MOST_TRIES = 10_000;

  PutIfContract() {}

  @Test
  void putIf_absentAsExpected_keepsEachField() throws Exception {
    BobStore store = open();
    for (StoredBob item : ItemVariety.items()) {
      assertThat(store.putIf(null, item)).as("%s", item).isTrue();
      assertThat(store.get(item.key())).contains(item);
    }
  }

  @Test
  void putIf_presentAndNoneExpected_leavesItAsItIs() throws Exception {
    BobStore store = open();
    store.put(item("cid", "old"));
    assertThat(store.putIf(null, item("cid", "new"))).isFalse();
    assertThat(store.get(hosted("cid"))).contains(item("cid", "old"));
  }

  @Test
  void putIf_asExpected_replacesIt() throws Exception {
    BobStore store = open();
    for (StoredBob item : ItemVariety.items()) {
      store.put(item);
      assertThat(store.putIf(item, later(item))).as("%s", item).isTrue();
      assertThat(store.get(item.key())).contains(later(item));
    }
  }

  @Test
  void putIf_expectedDiffersInOneField_leavesItAsItIs() throws Exception {
    BobStore store = open();
    for (StoredBob item : ItemVariety.items()) {
      store.put(item);
      for (StoredBob expected : almost(item)) {
        assertThat(store.putIf(expected, later(item)))
            .as("%s, expected was %s", item, expected)
            .isFalse();
      }
      assertThat(store.get(item.key())).contains(item);
    }
  }

  @Test
  void putIf_absentAndOneExpected_keepsNothing() throws Exception {
    BobStore store = open();
    assertThat(store.putIf(item("cid", "old"), item("cid", "new"))).isFalse();
    assertThat(store.get(hosted("cid"))).isEmpty();
    store.put(item("cid", "old"));
    store.delete(hosted("cid"));
    assertThat(store.putIf(item("cid", "old"), item("cid", "new"))).isFalse();
    assertThat(store.get(hosted("cid"))).isEmpty();
  }

  @Test
  void putIf_expiredOne_countsAsNone() throws Exception {
    BobStore store = open();
    StoredBob brief = expiring(hosted("cid"), "old", life());
    store.put(brief);
    letPass(life());
    assertThat(store.putIf(brief, item("cid", "new"))).isFalse();
    assertThat(store.putIf(null, item("cid", "new"))).isTrue();
    assertThat(store.get(hosted("cid"))).contains(item("cid", "new"));
  }

  @Test
  void putIf_itemThatHasExpired_removesTheExpectedOneOnly() throws Exception {
    BobStore store = open();
    StoredBob expired = expiring(hosted("cid"), "x", Duration.ofHours(1).negated());
    store.put(item("cid", "old"));
    assertThat(store.putIf(item("cid", "other"), expired)).isFalse();
    assertThat(store.get(hosted("cid"))).contains(item("cid", "old"));
    assertThat(store.putIf(item("cid", "old"), expired)).isTrue();
    assertThat(store.get(hosted("cid"))).isEmpty();
  }

  @Test
  void putIf_manyThreadsCountUp_losesNoUpdate() throws Exception {
    require(StoreTraits.Part.ATOMICITY);
    BobStore store = open();
    BobKey key = hosted("shared-count");
    store.put(Versions.item(key, "count", 0));
    AtomicInteger counted = new AtomicInteger();
    long end = System.nanoTime() + LONG_ENOUGH.toNanos();
    Threads.run(
        THREADS,
        patience(),
        thread -> {
          for (int round = 0; goesOn(round, end); round++) {
            countUp(store, key);
            counted.incrementAndGet();
          }
        });
    assertThat(store.get(key)).contains(Versions.item(key, "count", counted.get()));
  }

  private static boolean goesOn(int round, long end) {
    return round < FEWEST_ROUNDS || round < ROUNDS && System.nanoTime() - end < 0;
  }

  private static void countUp(BobStore store, BobKey key) throws IOException {
    for (int i = 0; i < MOST_TRIES; i++) {
      StoredBob there = store.get(key).orElseThrow();
      int next = Versions.requireWhole(there) + 1;
      if (store.putIf(there, Versions.item(key, "count", next))) {
        return;
      }
    }
    throw new AssertionError("nothing was counted in " + MOST_TRIES + " tries");
  }

  @Test
  void putIf_manyThreadsExpectNone_oneOnlyIsTold() throws Exception {
    require(StoreTraits.Part.ATOMICITY);
    BobStore store = open();
    AtomicInteger told = new AtomicInteger();
    AtomicBoolean more = new AtomicBoolean(true);
    CyclicBarrier together = new CyclicBarrier(THREADS);
    long end = System.nanoTime() + LONG_ENOUGH.toNanos();
    Threads.run(
        THREADS,
        patience(),
        thread -> {
          for (int round = 0; more.get(); round++) {
            StoredBob mine = Versions.item(hosted("shared" + round), "thread" + thread, round);
            together.await();
            if (store.putIf(null, mine)) {
              told.incrementAndGet();
              assertThat(store.get(mine.key())).contains(mine);
            }
            together.await();
            if (thread == 0) {
              assertThat(told).as("puts that were told, until round %d", round).hasValue(round + 1);
              more.set(goesOn(round + 1, end));
            }
            together.await();
          }
        });
  }

  /** Items that are the given one but for a field each. */
  private static List<StoredBob> almost(StoredBob item) {
    Bob bob = item.bob();
    return List.of(
        with(item, new Bob(bob.cid(), "other/type", bob.data(), bob.maxAge())),
        with(item, new Bob(bob.cid(), bob.type(), BobData.utf8("x"), bob.maxAge())),
        with(item, new Bob(bob.cid(), bob.type(), bob.data(), Duration.ofSeconds(7))),
        later(item),
        new StoredBob(
            item.key(), bob, item.storedAt(), item.storedAt().plusNanos(1), item.origin()),
        new StoredBob(
            item.key(), bob, item.storedAt(), item.expiresAt(), Jid.of("other@example.org")));
  }

  private static StoredBob later(StoredBob item) {
    return new StoredBob(
        item.key(), item.bob(), item.storedAt().plusNanos(1), item.expiresAt(), item.origin());
  }

  private static StoredBob with(StoredBob item, Bob bob) {
    return new StoredBob(item.key(), bob, item.storedAt(), item.expiresAt(), item.origin());
  }
}
