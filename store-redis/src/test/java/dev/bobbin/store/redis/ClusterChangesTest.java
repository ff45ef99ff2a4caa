package dev.bobbin.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.RedisCluster;
import dev.bobbin.testservers.RedisServer;
import dev.bobbin.testservers.ServerRequirement;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A cluster whose slots move, and whose nodes go away, while a store is open. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterChangesTest {
  private final String prefix = SharedRedis.prefix();
  private final KeySpace keys = new KeySpace(prefix);
  private RedisCluster cluster;

  @BeforeAll
  void start() {
    ServerRequirement.require("redis");
    cluster = RedisCluster.startWithReplica();
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private BobStore open() throws IOException {
    return new RedisBobStoreProvider()
        .open(SharedRedis.context(SharedRedis.uri(cluster), "prefix", prefix));
  }

  private String name(StoredBob item) {
    return new String(keys.name(item.key()), UTF_8);
  }

  private int slot(StoredBob item) {
    return SlotHash.getSlot(keys.name(item.key()));
  }

  /** Items whose slots are such. */
  private List<StoredBob> items(int number, IntPredicate slots) {
    return IntStream.range(0, 1_000_000)
        .mapToObj(i -> Items.item(Items.hosted("cid" + i), "x"))
        .filter(item -> slots.test(slot(item)))
        .limit(number)
        .toList();
  }

  /** One of a node, of three that have a third each. */
  private StoredBob itemOf(int node) {
    return items(1, slot -> slot * 3 / SlotHash.SLOT_COUNT == node).get(0);
  }

  private void setSlot(RedisServer node, String slot, String state, RedisServer other) {
    node.command("CLUSTER", "SETSLOT", slot, state, other.command("CLUSTER", "MYID"));
  }

  @Test
  void anyMethod_slotMoves_goesOnAndListingIsRefusedMeanwhile() throws Exception {
    RedisServer source = cluster.nodes().get(0);
    RedisServer target = cluster.nodes().get(1);
    int moving = slot(itemOf(0));
    String slot = Integer.toString(moving);
    List<StoredBob> items = items(3, each -> each == moving);
    try (BobStore store = open()) {
      store.put(items.get(0));
      setSlot(target, slot, "IMPORTING", source);
      setSlot(source, slot, "MIGRATING", target);
      // What is not at the source any more is looked for at the target, by ASK.
      store.put(items.get(1));
      assertThat(store.get(items.get(1).key())).contains(items.get(1));
      assertThat(store.get(items.get(0).key())).contains(items.get(0));
      assertThatThrownBy(() -> store.scan(null, 10))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("docs/errors.md#redis-unsettled");

      String port = Integer.toString(target.port());
      source.command("MIGRATE", "127.0.0.1", port, name(items.get(0)), "0", "10000");
      setSlot(target, slot, "NODE", target);
      setSlot(source, slot, "NODE", target);
      // The store goes to the source, which answers MOVED.
      store.put(items.get(2));
      for (StoredBob item : items) {
        assertThat(store.get(item.key())).contains(item);
      }
      assertThat(Patience.eventually(() -> store.scan(null, 10)).items())
          .containsExactlyInAnyOrderElementsOf(items.stream().map(StoredBob::key).toList());
      for (StoredBob item : items) {
        assertThat(store.delete(item.key())).isTrue();
      }
    }
  }

  @Test
  void anyMethod_primaryChangesAndGoes_isFollowed() throws Exception {
    StoredBob there = itemOf(1);
    StoredBob away = itemOf(2);
    RedisServer old = cluster.nodes().get(2);
    RedisServer replica = cluster.replica();
    try (BobStore store = open()) {
      store.put(there);
      // They change places; the old one then names the new one, whom the store has never met.
      replica.command("CLUSTER", "FAILOVER");
      Patience.until(() -> isReplica(old) && !isReplica(replica));
      // Lettuce may have to connect to it first, for which it is given less than a second.
      Patience.eventually(
          () -> {
            store.put(away);
            return away;
          });
      assertThat(store.get(away.key())).contains(away);

      Patience.until(() -> old.command("DBSIZE").equals(replica.command("DBSIZE")));
      replica.kill();
      assertThatThrownBy(() -> store.put(away))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("docs/errors.md#redis-away");
      assertThat(store.get(there.key())).contains(there);
      assertCanBeOpenedWhileOneIsAway(there);
      old.command("CLUSTER", "FAILOVER", "TAKEOVER");
      assertThat(Patience.eventually(() -> store.get(away.key()))).contains(away);

      // The dead one stays listed, and the others agree after a while that it is dead.
      List<RedisServer> alive = cluster.nodes();
      alive.forEach(node -> node.command("CONFIG", "SET", "cluster-node-timeout", "1000"));
      Patience.until(() -> alive.stream().allMatch(ClusterChangesTest::knowsOfADeadPrimary));
      BobKey[] both = {there.key(), away.key()};
      assertThat(Patience.eventually(() -> store.scan(null, 10)).items())
          .containsExactlyInAnyOrder(both);
      try (BobStore another = Patience.eventually(this::open)) {
        assertThat(another.scan(null, 10).items()).containsExactlyInAnyOrder(both);
      }
      assertThat(store.delete(away.key())).isTrue();
      assertThat(store.delete(there.key())).isTrue();
    }
  }

  /** A bot that starts during a failover has the rest. */
  private void assertCanBeOpenedWhileOneIsAway(StoredBob there) throws Exception {
    List<String> warnings = new CopyOnWriteArrayList<>();
    StoreContext context =
        SharedRedis.context(SharedRedis.uri(cluster), "prefix", prefix).withExecutor(Runnable::run);
    try (BobStore another = RedisBobStore.open(context, warnings::add)) {
      assertThat(another.get(there.key())).contains(there);
    }
    assertThat(warnings)
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .contains(
                        "127.0.0.1:" + cluster.replica().port() + " of the cluster is away",
                        "docs/errors.md#redis-unreachable"));
  }

  private static boolean knowsOfADeadPrimary(RedisServer node) {
    return node.command("CLUSTER", "NODES").contains(" master,fail ");
  }

  private static boolean isReplica(RedisServer node) {
    return node.command("INFO", "replication").contains("role:slave");
  }
}
