package dev.bobbin.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.RedisCluster;
import dev.bobbin.testservers.RedisServer;
import dev.bobbin.testservers.ServerRequirement;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One node of a cluster goes away, and comes back. */
class ClusterNodeAwayTest {
  /** An item whose slot belongs to a node, of three that have a third each. */
  private static StoredBob itemOf(int node, String prefix) {
    KeySpace keys = new KeySpace(prefix);
    return IntStream.range(0, 1000)
        .mapToObj(i -> Items.item(Items.hosted("cid" + i), "x"))
        .filter(item -> SlotHash.getSlot(keys.name(item.key())) * 3 / SlotHash.SLOT_COUNT == node)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void put_itsNodeAway_failsWhileOthersAreServedAndWorksAgainLater() throws Exception {
    ServerRequirement.require("redis");
    String prefix = SharedRedis.prefix();
    StoredBob there = itemOf(0, prefix);
    StoredBob away = itemOf(2, prefix);
    try (RedisCluster cluster = RedisCluster.start();
        BobStore store =
            new RedisBobStoreProvider()
                .open(SharedRedis.context(SharedRedis.uri(cluster), "prefix", prefix))) {
      store.put(there);
      store.put(away);
      RedisServer node = cluster.nodes().get(2);
      node.kill();
      assertThatThrownBy(() -> store.put(away))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("docs/errors.md#redis-away");
      assertThat(store.get(there.key())).contains(there);
      node.startAgain();
      Patience.eventually(
          () -> {
            store.put(away);
            return away;
          });
      assertThat(store.get(away.key())).contains(away);
    }
  }
}
