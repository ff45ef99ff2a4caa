package dev.bobbin.xmpp.bob.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import java.lang.ref.Reference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * That the bound on bytes is one on the heap: nothing that peers send takes more than it counts.
 */
class SessionCacheHeapTest {
  private static final int MANY = 2_000;
  private static final Instant NOW = Instant.now();

  /** Nothing in an item is shared with another, as in what comes from the network. */
  enum Shape implements IntFunction<StoredBob> {
    FROM_ONE {
      @Override
      public StoredBob apply(int i) {
        return item(Shelf.VERIFIED, i, Jid.of("a", "b", "c" + i));
      }
    },
    EACH_FROM_ANOTHER {
      @Override
      public StoredBob apply(int i) {
        return item(new Shelf.From(sender(i)), i, sender(i));
      }
    };

    private static Jid sender(int i) {
      return Jid.of("a" + i, "b" + i, "c" + i);
    }

    private static StoredBob item(Shelf shelf, int i, Jid sender) {
      Bob bob = new Bob(ContentId.of("c" + i), "a/b" + i, BobData.of(new byte[1]), null);
      bob = bob.withMaxAge(Duration.ofSeconds(60 + i));
      BobKey key = new BobKey(shelf, ContentId.of("c" + i));
      return new StoredBob(key, bob, NOW.plusNanos(i), NOW.plusSeconds(60 + i), sender);
    }
  }

  @ParameterizedTest
  @EnumSource
  void bytes_manyItems_areNotLessThanTheHeapThatTheyTake(Shape shape) {
    fill(shape, 10);
    long before = heapUsed();
    SessionCache cache = fill(shape, MANY);
    try {
      long taken = heapUsed() - before;

      assertThat(taken).isBetween(cache.bytes() / 2, cache.bytes());
    } finally {
      Reference.reachabilityFence(cache);
    }
  }

  private static SessionCache fill(Shape shape, int many) {
    SessionCache cache =
        new SessionCache(Long.MAX_VALUE, Integer.MAX_VALUE, InstantSource.fixed(NOW), key -> {});
    for (int i = 0; i < many; i++) {
      cache.put(shape.apply(i));
    }
    return cache;
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
