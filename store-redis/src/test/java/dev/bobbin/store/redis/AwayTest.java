package dev.bobbin.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.RedisServer;
import dev.bobbin.testservers.ServerRequirement;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.AsyncBobStore;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that goes away, and comes back with what it had on its disk. */
class AwayTest {
  private static final int WRITERS = 4;
  private static final int ENOUGH = 50;

  /** More of them are for docs/reliability.md. */
  private static final int KILLS = Integer.getInteger("redis.kills", 5);

  private static final long PATIENCE_SECONDS = 30;

  private RedisServer server;
  private AsyncBobStore store;
  private StoreContext context;

  @BeforeEach
  void start() throws IOException {
    ServerRequirement.require("redis");
    server = RedisServer.start("appendonly yes", "appendfsync always");
    context = SharedRedis.context(SharedRedis.uri(server), "command-timeout-ms", "30000");
    store = RedisBobStore.open(context);
  }

  @AfterEach
  void stop() throws IOException {
    if (store != null) {
      store.close();
    }
    if (server != null) {
      server.close();
    }
  }

  /**
   * What a writer knows of its key.
   *
   * @param acknowledged the number that was acknowledged last
   * @param problem how the next one failed
   */
  private record Written(BobKey key, int acknowledged, IOException problem) {}

  private static StoredBob version(BobKey key, int number) {
    return Items.item(key, number + ":" + "x".repeat(number % 1000));
  }

  private static Written write(AsyncBobStore store, BobKey key, int first, CountDownLatch enough) {
    int number = first;
    try {
      while (true) {
        store.put(version(key, number));
        enough.countDown();
        number++;
      }
    } catch (IOException e) {
      return new Written(key, number - 1, e);
    }
  }

  private List<Written> writeUntilKilled(ExecutorService threads, Map<BobKey, Integer> latest)
      throws Exception {
    CountDownLatch enough = new CountDownLatch(WRITERS * ENOUGH);
    List<Future<Written>> writing = new ArrayList<>();
    latest.forEach(
        (key, number) -> writing.add(threads.submit(() -> write(store, key, number + 1, enough))));
    assertThat(enough.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    server.kill();
    List<Written> written = new ArrayList<>();
    for (Future<Written> each : writing) {
      written.add(each.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
    return written;
  }

  @Test
  void put_serverKilledUnderLoadAgainAndAgain_losesNothingAcknowledged() throws Exception {
    Map<BobKey, Integer> latest = new LinkedHashMap<>();
    for (int i = 0; i < WRITERS; i++) {
      latest.put(Items.hosted("key" + i), 0);
    }
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    int acknowledged = 0;
    int doneAllTheSame = 0;
    try {
      for (int i = 0; i < KILLS; i++) {
        Map<BobKey, Integer> before = Map.copyOf(latest);
        List<Written> written = writeUntilKilled(threads, latest);
        assertThat(written)
            .extracting(Written::problem)
            .allSatisfy(
                problem -> assertThat(problem).hasMessageContaining("docs/errors.md#redis-away"));
        server.startAgain();
        for (Written each : written) {
          // The one that failed may have been done all the same.
          Optional<StoredBob> there = Patience.eventually(() -> store.get(each.key()));
          int next = each.acknowledged() + 1;
          boolean isDone = there.equals(Optional.of(version(each.key(), next)));
          if (!isDone) {
            assertThat(there).contains(version(each.key(), each.acknowledged()));
          }
          acknowledged += each.acknowledged() - before.get(each.key());
          doneAllTheSame += isDone ? 1 : 0;
          latest.put(each.key(), isDone ? next : each.acknowledged());
        }
      }
    } finally {
      threads.shutdownNow();
    }
    System.out.println(
        "Redis killed %d times: %d puts acknowledged, 0 of them lost; of %d under way, %d were done"
            .formatted(KILLS, acknowledged, KILLS * WRITERS, doneAllTheSame));
    try (AsyncBobStore another = RedisBobStore.open(context)) {
      for (Map.Entry<BobKey, Integer> each : latest.entrySet()) {
        assertThat(another.get(each.getKey())).contains(version(each.getKey(), each.getValue()));
      }
    }
  }

  @Test
  void anyMethod_serverAway_failsAtOnceAndWorksAgainLater() throws Exception {
    BobKey key = Items.hosted("x");
    store.put(Items.item(key, "y"));
    server.kill();
    List<Callable<?>> calls =
        List.of(
            () -> {
              store.put(Items.item(key, "z"));
              return key;
            },
            () -> store.get(key),
            () -> store.delete(key),
            () -> store.scan(null, 1));
    for (Callable<?> call : calls) {
      assertThatThrownBy(call::call)
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll(
              "redis://127.0.0.1:" + server.port(), "docs/errors.md#redis-away")
          .message()
          .doesNotContain("in time", "..");
    }
    server.startAgain();
    assertThat(Patience.eventually(() -> store.get(key))).contains(Items.item(key, "y"));
    assertThat(store.delete(key)).isTrue();
  }

  /** It hangs for writers alone until it is told to go on, so that it can be told. */
  @Test
  void put_serverThatHangs_failsInTimeAndWorksAgainLater() throws Exception {
    StoreContext impatient =
        SharedRedis.context(SharedRedis.uri(server), "command-timeout-ms", "50");
    StoredBob item = Items.item(Items.hosted("x"), "y");
    try (AsyncBobStore hasty = Patience.eventually(() -> RedisBobStore.open(impatient))) {
      server.command("CLIENT", "PAUSE", "60000", "WRITE");
      assertThatThrownBy(() -> hasty.put(item))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("it did not answer in time", "docs/errors.md#redis-away");
      server.command("CLIENT", "UNPAUSE");
      Patience.eventually(
          () -> {
            hasty.put(item);
            return item;
          });
      assertThat(Patience.eventually(() -> hasty.get(item.key()))).contains(item);
    }
  }

  /** As a managed Redis does, and a virtual address: the old primary lives on as a replica. */
  @Test
  void put_nameLeadsToANewPrimary_isFollowed() throws Exception {
    StoredBob item = Items.item(Items.hosted("x"), "y");
    try (RedisServer next = RedisServer.start();
        Relay name = new Relay(server.port());
        AsyncBobStore toName = RedisBobStore.open(SharedRedis.context(name.uri()))) {
      toName.put(item);
      server.command("REPLICAOF", "127.0.0.1", Integer.toString(next.port()));
      name.leadTo(next.port());
      assertThatThrownBy(() -> toName.put(item))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("READONLY", "docs/errors.md#redis-refused");
      Patience.eventually(
          () -> {
            toName.put(item);
            return item;
          });
      assertThat(next.command("DBSIZE")).isEqualTo("1");
      assertThat(toName.delete(item.key())).isTrue();
    }
  }

  @Test
  void delete_primaryThatHasBecomeAReplica_failsAndTheConnectionIsMadeAgain() throws Exception {
    StoredBob item = Items.item(Items.hosted("x"), "y");
    try (RedisServer next = RedisServer.start();
        Relay name = new Relay(server.port());
        AsyncBobStore toName = RedisBobStore.open(SharedRedis.context(name.uri()))) {
      toName.put(item);
      server.command("REPLICAOF", "127.0.0.1", Integer.toString(next.port()));
      assertThatThrownBy(() -> toName.delete(item.key()))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("READONLY", "docs/errors.md#redis-refused");
      Patience.until(() -> name.connections() == 2);
    }
  }

  @Test
  void close_serverAway_ends() throws Exception {
    server.kill();
    store.close();
    assertThatThrownBy(() -> store.get(Items.hosted("x")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("docs/errors.md#store-closed");
  }
}
