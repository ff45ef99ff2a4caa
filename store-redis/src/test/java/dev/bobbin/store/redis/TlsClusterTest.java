package dev.bobbin.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.RedisServer;
import dev.bobbin.testservers.ServerRequirement;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A cluster that speaks TLS, and whose nodes are known by the name in their certificates. */
class TlsClusterTest {
  /** One node has all slots, and is asked at the place that it names. */
  @Test
  void anyMethod_nodeThatNamesItself_isReachedByThatName() throws Exception {
    ServerRequirement.require("redis");
    try (RedisServer node =
        RedisServer.startWithTls(
            "cluster-enabled yes",
            "cluster-config-file nodes.conf",
            "tls-cluster yes",
            "cluster-announce-hostname localhost",
            "cluster-preferred-endpoint-type hostname")) {
      node.command("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
      Patience.until(() -> node.command("CLUSTER", "INFO").contains("cluster_state:ok"));
      String uri = "rediss://localhost:" + node.tlsPort();
      String authority = node.certificate().toString();
      List<BobKey> keys = IntStream.range(0, 20).mapToObj(i -> Items.hosted("cid" + i)).toList();
      try (BobStore store =
          new RedisBobStoreProvider().open(SharedRedis.context(uri, "trust", authority))) {
        for (BobKey key : keys) {
          store.put(Items.item(key, "x"));
          assertThat(store.get(key)).contains(Items.item(key, "x"));
        }
        assertThat(store.scan(null, 100).items()).containsExactlyInAnyOrderElementsOf(keys);
      }
      assertThatThrownBy(() -> new RedisBobStoreProvider().open(SharedRedis.context(uri)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("docs/errors.md#redis-tls");
    }
  }
}
