package dev.bobbin.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.spi.BobStore;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** A store's threads end with it. */
@Isolated("counts threads")
@ExtendWith(SharedRedis.Resolver.class)
class ThreadsTest {
  private final SharedRedis redis;

  ThreadsTest(SharedRedis redis) {
    this.redis = redis;
  }

  /** One of Netty's own, which all of the JVM shares, ends a second after it was last used. */
  private static Set<Thread> threads() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(thread -> thread.getName().startsWith("globalEventExecutor"));
    return threads;
  }

  private static void assertEndWith(String uri, int most) throws Exception {
    Set<Thread> before = threads();
    Set<Thread> during;
    try (BobStore store = new RedisBobStoreProvider().open(SharedRedis.context(uri))) {
      for (int i = 0; i < 20; i++) {
        store.put(Items.item(Items.hosted("x" + i), "y"));
      }
      during = threads();
      during.removeAll(before);
      assertThat(during).hasSizeBetween(1, most).allMatch(Thread::isDaemon);
    }
    for (Thread thread : List.copyOf(during)) {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    }
    assertThat(during).noneMatch(Thread::isAlive);
  }

  @Test
  void close_ofOneServer_endsItsThreads() throws Exception {
    assertEndWith(SharedRedis.uri(redis.server()), 6);
  }

  @Test
  void close_ofACluster_endsItsThreads() throws Exception {
    assertEndWith(SharedRedis.uri(redis.cluster()), 6);
  }
}
