package dev.bobbin.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.StoreUsage;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That the bound on bytes is one on the heap: no entry takes more than it counts as. */
class HeapTakenTest {
  private static final int MANY = 2_000;
  private static final int COLLECTIONS = 20;
  private static final Instant NOW = Instant.now();

  /** Nothing in an item is shared with another, as in what comes from the network. */
  enum Shape implements IntFunction<StoredBob> {
    HOSTED {
      @Override
      public StoredBob apply(int i) {
        return item(Shelf.HOSTED, "c" + i, i, false);
      }
    },
    UNVERIFIED {
      @Override
      public StoredBob apply(int i) {
        return item(new Shelf.From(jid(i)), "c" + i, i, true);
      }
    },
    LONG_NAMES_BEYOND_LATIN_1 {
      @Override
      public StoredBob apply(int i) {
        String name = i + "\u0142".repeat(200);
        return item(new Shelf.From(Jid.of("b/" + name)), name, i, true);
      }
    };

    /** Data of one byte: a header, and room that is lost to alignment. */
    private static StoredBob item(Shelf shelf, String cid, int i, boolean isReceived) {
      BobData data = BobData.of(new byte[] {1});
      Duration maxAge = isReceived ? Duration.ofSeconds(60 + i) : null;
      Bob bob = new Bob(ContentId.of(copy(cid)), copy("a/b"), data, maxAge);
      return new StoredBob(
          new BobKey(shelf, ContentId.of(copy(cid))),
          bob,
          NOW.plusNanos(i),
          maxAge == null ? null : NOW.plus(maxAge),
          isReceived ? jid(i) : null);
    }

    private static Jid jid(int i) {
      return Jid.of("a" + i, "b" + i, "c" + i);
    }

    private static String copy(String text) {
      return String.valueOf(text.toCharArray());
    }
  }

  @ParameterizedTest
  @EnumSource
  void usage_manyEntries_isNotLessThanTheHeapThatTheyTake(Shape shape) throws Exception {
    fill(shape, 10);
    long before = heapUsed();
    MemoryBobStore store = fill(shape, MANY);
    try {
      long taken = heapUsed() - before;
      assertThat(store.usage().orElseThrow().entries()).isEqualTo(MANY);
      assertThat(taken)
          .isBetween(store.usage().orElseThrow().bytes() / 4, store.usage().orElseThrow().bytes());
    } finally {
      Reference.reachabilityFence(store);
    }
  }

  @Test
  void close_full_letsGoOfAllItems() throws Exception {
    MemoryBobStore store = fill(Shape.UNVERIFIED, 100);
    try {
      WeakReference<StoredBob> item =
          new WeakReference<>(store.get(store.scan(null, 1).items().get(0)).orElseThrow());
      System.gc();
      assertThat(item.refersTo(null)).isFalse();

      store.close();

      assertThat(collected(item)).isTrue();
      assertThat(store.usage().orElseThrow()).isEqualTo(new StoreUsage(0, 0, true, 0));
    } finally {
      Reference.reachabilityFence(store);
    }
  }

  private static boolean collected(Reference<?> reference) {
    return IntStream.range(0, COLLECTIONS)
        .anyMatch(
            i -> {
              System.gc();
              return reference.refersTo(null);
            });
  }

  private static MemoryBobStore fill(Shape shape, int many) throws Exception {
    MemoryBobStore store =
        new MemoryBobStore(Long.MAX_VALUE / 2, Integer.MAX_VALUE / 2, InstantSource.system());
    for (int i = 0; i < many; i++) {
      store.put(shape.apply(i));
    }
    return store;
  }

  /** The least that is seen: what other threads allocate meanwhile counts as well. */
  private static long heapUsed() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 2; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
