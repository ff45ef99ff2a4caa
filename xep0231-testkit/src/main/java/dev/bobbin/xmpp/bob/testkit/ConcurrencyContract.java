package dev.bobbin.xmpp.bob.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of the contract about use by several threads. */
abstract class ConcurrencyContract extends ScanContract {
  private static final int THREADS = 16;
  private static final int ROUNDS = 200;
  private static final int FEWEST_ROUNDS = 5;
  private static final Duration LONG_ENOUGH = Duration.ofMillis(100);

  ConcurrencyContract() {}

  @Test
  void putAndGet_manyThreadsOnOneKey_giveWholeItemsOnly() throws Exception {
    BobStore store = open();
    Set<StoredBob> possible =
        IntStream.range(0, THREADS)
            .mapToObj(thread -> item("shared", ("data" + thread).repeat(100 * (thread + 1) / 2)))
            .collect(Collectors.toSet());
    List<StoredBob> mine = List.copyOf(possible);
    store.put(mine.get(0));
    Threads.run(
        THREADS,
        patience(),
        thread -> {
          for (int round = 0; round < 20; round++) {
            store.put(mine.get(thread));
            assertThat(store.get(hosted("shared")).orElseThrow()).isIn(possible);
          }
        });
    assertThat(store.get(hosted("shared")).orElseThrow()).isIn(possible);
  }

  @Test
  void putGetDelete_manyThreadsOnTheirOwnKeys_doNotDisturbEachOther() throws Exception {
    BobStore store = open();
    Threads.run(
        THREADS,
        patience(),
        thread -> {
          for (int round = 0; round < 15; round++) {
            StoredBob item = item("own" + thread, "round " + round);
            store.put(item);
            assertThat(store.get(item.key())).contains(item);
            assertThat(store.delete(item.key())).isTrue();
            assertThat(store.get(item.key())).isEmpty();
          }
          store.put(item("own" + thread, "last"));
        });
    assertThat(Pages.keys(store, 5)).hasSize(THREADS);
  }

  @Test
  void delete_manyThreads_oneOnlyIsTold() throws Exception {
    BobStore store = open();
    StoredBob shared = item("shared", "x");
    store.put(shared);
    AtomicInteger told = new AtomicInteger();
    AtomicBoolean more = new AtomicBoolean(true);
    CyclicBarrier together = new CyclicBarrier(THREADS);
    long end = System.nanoTime() + LONG_ENOUGH.toNanos();
    Threads.run(
        THREADS,
        patience(),
        thread -> {
          for (int round = 1; more.get(); round++) {
            together.await();
            if (store.delete(shared.key())) {
              told.incrementAndGet();
            }
            together.await();
            if (thread == 0) {
              assertThat(told).as("deletions that were told, in round %d", round).hasValue(1);
              told.set(0);
              store.put(shared);
              more.set(round < FEWEST_ROUNDS || round < ROUNDS && System.nanoTime() < end);
            }
            together.await();
          }
        });
  }
}
