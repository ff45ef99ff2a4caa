package dev.bobbin.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.RedisServer;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.AsyncBobStore;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where the stages that are given out complete. */
@ExtendWith(SharedRedis.Resolver.class)
class StagesTest {
  private static final StoredBob ITEM = Items.item(Items.hosted("x"), "y");

  private final RedisServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool();

  StagesTest(SharedRedis redis) {
    server = redis.server();
  }

  @AfterEach
  void stopWorkers() {
    workers.shutdownNow();
  }

  private StoreContext context() {
    return SharedRedis.context(SharedRedis.uri(server));
  }

  private AsyncBobStore open() throws Exception {
    return RedisBobStore.open(context().withExecutor(workers));
  }

  @Test
  void stage_whatDependsOnIt_doesNotRunOnTheConnectionsThreads() throws Exception {
    assertLeavesTheConnectionsThreads(context().withExecutor(workers));
  }

  /** As applications open one, to copy from. */
  @Test
  void stage_executorThatIsNotSet_doesNotRunOnTheConnectionsThreadsEither() throws Exception {
    assertLeavesTheConnectionsThreads(context());
  }

  private static void assertLeavesTheConnectionsThreads(StoreContext context) throws Exception {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    try (AsyncBobStore store = RedisBobStore.open(context)) {
      for (int i = 0; i < 100; i++) {
        CompletionStage<Void> stage = store.putAsync(ITEM);
        stage
            .thenRun(() -> threads.add(Thread.currentThread().getName()))
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
      }
    }
    assertThat(threads).isNotEmpty().noneMatch(name -> name.contains("lettuce"));
  }

  @Test
  void stage_whatDependsOnItBlocks_othersAreServed() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (AsyncBobStore store = open()) {
      CompletionStage<Void> first =
          store
              .putAsync(ITEM)
              .thenRunAsync(
                  () -> {
                    blocked.countDown();
                    awaitQuietly(goOn);
                  },
                  workers);
      for (int i = 0; i < 20; i++) {
        store.getAsync(ITEM.key()).thenRun(() -> awaitQuietly(goOn));
      }
      assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
      workers
          .submit(() -> assertThat(store.get(ITEM.key())).contains(ITEM))
          .get(10, TimeUnit.SECONDS);
      goOn.countDown();
      first.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void stage_workersThatRefuse_failsAndNeverHangs() throws Exception {
    try (AsyncBobStore store = open()) {
      workers.shutdown();
      CompletionStage<Optional<StoredBob>> stage = store.getAsync(ITEM.key());
      assertThat(stage.handle((value, failure) -> true).toCompletableFuture())
          .succeedsWithin(10, TimeUnit.SECONDS);
    }
  }
}
