package dev.bobbin.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.HeapSize;
import dev.bobbin.xmpp.bob.spi.StoreFullException;
import dev.bobbin.xmpp.bob.spi.StoreUsage;
import dev.bobbin.xmpp.bob.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import org.junit.jupiter.api.Test;

/**
 * What holds at every moment while sixteen threads use a store that is always full, and a clock
 * goes forth and back. Which item is meant, and how large it is, can be told by its key, so that
 * what is there is counted without the store's own counters.
 */
class SixteenThreadsTest {
  private static final int THREADS = 16;
  private static final int STEPS = 1_000;
  private static final int STEPS_PER_SCAN = 8;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LIFE = Duration.ofHours(1);

  private static final int MAX_ENTRIES = 30;

  /** Room for what stays, for two that are large, and for some ten others; not for a third. */
  private static final int MAX_BYTES = 36_000;

  private static final List<StoredBob> STAYING =
      List.of(hosted("s1", 100), hosted("s2", 200), hosted("s3", 300));

  private final MutableClock clock = new MutableClock(NOW);

  /** What the clock last told a thread, which is what its call went by. */
  private final ThreadLocal<Instant> told = new ThreadLocal<>();

  private final MemoryBobStore store =
      new MemoryBobStore(
          MAX_BYTES,
          MAX_ENTRIES,
          () -> {
            told.set(clock.instant());
            return told.get();
          });

  private final LongAccumulator mostBytes = new LongAccumulator(Math::max, 0);
  private final LongAccumulator mostEntries = new LongAccumulator(Math::max, 0);
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger hostedAtTheEnd = new AtomicInteger();

  @Test
  void anyMethod_sixteenThreads_boundsHoldAndNothingHostedIsLost() throws Exception {
    for (StoredBob item : STAYING) {
      store.put(item);
    }
    CountDownLatch begin = new CountDownLatch(THREADS);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        running.add(
            threads.submit(
                () -> {
                  begin.countDown();
                  begin.await();
                  use(thread);
                  return null;
                }));
      }
      for (Future<?> each : running) {
        each.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(mostBytes.get()).isBetween(MAX_BYTES - 5_000L, (long) MAX_BYTES);
    assertThat(mostEntries.get()).isBetween(10L, (long) MAX_ENTRIES);
    assertThat(hostedAtTheEnd).hasValue(2);
    assertThat(refused).hasValueGreaterThanOrEqualTo(THREADS - 2);
    for (BobKey key : store.scan(null, 1000).items()) {
      assertThat(store.delete(key)).isTrue();
    }
    StoreUsage atTheEnd = store.usage().orElseThrow();
    assertThat(atTheEnd).isEqualTo(new StoreUsage(0, 0, true, atTheEnd.evicted()));
    assertThat(atTheEnd.evicted()).isPositive();
  }

  private void use(int thread) throws Exception {
    Random random = new Random(thread);
    StoredBob own = hosted("own" + thread, 12_000);
    boolean isHosted = false;
    for (int i = 0; i < STEPS; i++) {
      StoredBob item = received(random.nextInt(100));
      switch (random.nextInt(8)) {
        case 0 -> store.delete(item.key());
        case 1, 2 -> assertIsNotExpired(store.get(item.key()));
        case 3 -> isHosted = isHosted || host(own);
        case 4 -> {
          assertThat(store.delete(own.key())).isEqualTo(isHosted);
          isHosted = false;
        }
        case 5 -> clock.set(NOW.plus(LIFE.multipliedBy(random.nextInt(3))));
        default -> store.put(item);
      }
      assertThat(store.get(own.key()).isPresent()).isEqualTo(isHosted);
      StoreUsage usage = store.usage().orElseThrow();
      mostBytes.accumulate(usage.bytes());
      mostEntries.accumulate(usage.entries());
      if (i % STEPS_PER_SCAN == 0) {
        assertHoldsWhatItMay(store.scan(null, 1000).items());
      }
    }
    if (isHosted || host(own)) {
      hostedAtTheEnd.incrementAndGet();
    }
  }

  private boolean host(StoredBob own) {
    try {
      store.put(own);
      return true;
    } catch (StoreFullException e) {
      refused.incrementAndGet();
      return false;
    }
  }

  private void assertIsNotExpired(Optional<StoredBob> found) {
    found.ifPresent(item -> assertThat(item.isExpiredAt(told.get())).isFalse());
  }

  private static void assertHoldsWhatItMay(List<BobKey> keys) {
    assertThat(keys).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(MAX_ENTRIES);
    assertThat(keys).containsAll(STAYING.stream().map(StoredBob::key).toList());
    assertThat(keys.stream().mapToLong(key -> HeapSize.of(item(key))).sum())
        .isLessThanOrEqualTo(MAX_BYTES);
  }

  private static StoredBob hosted(String name, int bytes) {
    return item(BobKey.hosted(ContentId.of(name + "=" + bytes)));
  }

  private static StoredBob received(int i) {
    return item(new BobKey(Shelf.VERIFIED, ContentId.of("r" + i + "=" + i * 10)));
  }

  /** The item whose key it is: the size stands in its content-id, and every other one expires. */
  private static StoredBob item(BobKey key) {
    String name = key.cid().value();
    int bytes = Integer.parseInt(name.substring(name.indexOf('=') + 1));
    boolean expires = key.shelf() instanceof Shelf.Verified && bytes % 20 == 0;
    Bob bob = new Bob(key.cid(), "x/y", BobData.of(new byte[bytes]), null);
    return new StoredBob(key, bob, NOW, expires ? NOW.plus(LIFE) : null, null);
  }
}
