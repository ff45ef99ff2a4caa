package dev.bobbin.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.RedisCluster;
import dev.bobbin.testservers.RedisServer;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.io.IOException;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is different in a cluster. */
@ExtendWith(SharedRedis.Resolver.class)
class ClusterTest {
  private final RedisCluster cluster;

  ClusterTest(SharedRedis redis) {
    cluster = redis.cluster();
  }

  @Test
  void put_manyItems_areSpreadOverTheNodesAndListedFromAll() throws Exception {
    String oneNode = SharedRedis.uri(cluster.nodes().get(1));
    try (BobStore store = new RedisBobStoreProvider().open(SharedRedis.context(oneNode))) {
      for (int i = 0; i < 60; i++) {
        store.put(Items.item(Items.hosted("{same}" + i), "x"));
      }
      assertThat(store.scan(null, 100).items())
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 60).mapToObj(i -> Items.hosted("{same}" + i)).toList());
    }
    assertThat(cluster.nodes())
        .extracting(node -> node.command("DBSIZE"))
        .allMatch(size -> Integer.parseInt(size) > 0);
  }

  /** As docs/store-redis.md has them. */
  @Test
  void open_userWithLeastRights_works() throws Exception {
    for (RedisServer node : cluster.nodes()) {
      String rights = "~test:*{}* +ping +info +set +getrange +del +eval +scan +cluster +client";
      String[] words = ("ACL SETUSER least on >r0m30 " + rights).split(" ");
      node.command(words);
    }
    try (BobStore store =
        new RedisBobStoreProvider()
            .open(
                SharedRedis.context(
                    SharedRedis.uri(cluster), "username", "least", "password", "r0m30"))) {
      for (int i = 0; i < 20; i++) {
        store.put(Items.item(Items.hosted("x" + i), "y"));
        assertThat(store.get(Items.hosted("x" + i))).isPresent();
      }
      assertThat(store.scan(null, 100).items()).hasSize(20);
      assertThat(store.delete(Items.hosted("x1"))).isTrue();
    }
  }

  /** It is not away, so that waiting for it would not help. */
  @Test
  void open_oneNodeThatRefusesUs_saysWhatToCheck() throws Exception {
    for (RedisServer node : cluster.nodes()) {
      boolean isLast = node == cluster.nodes().get(2);
      node.command("ACL", "SETUSER", "uneven", "on", isLast ? ">0th3r" : ">r0m30", "~*", "+@all");
      node.command(
          "ACL", "SETUSER", "blind", "on", ">r0m30", "~*", "+@all", isLast ? "-info" : "+info");
    }
    Map.of("uneven", "WRONGPASS", "blind", "NOPERM")
        .forEach(
            (user, answer) ->
                assertThatThrownBy(
                        () ->
                            new RedisBobStoreProvider()
                                .open(
                                    SharedRedis.context(
                                        SharedRedis.uri(cluster.nodes().get(0)),
                                        "username",
                                        user,
                                        "password",
                                        "r0m30"))
                                .close())
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll(answer, "docs/errors.md#redis-login"));
  }

  @Test
  void open_firstNodeAway_findsTheOthers() throws Exception {
    RedisServer gone = RedisServer.start();
    gone.close();
    String uris = SharedRedis.uri(gone) + "," + SharedRedis.uri(cluster);
    try (BobStore store = new RedisBobStoreProvider().open(SharedRedis.context(uris))) {
      store.put(Items.item(Items.hosted("x"), "y"));
      assertThat(store.get(Items.hosted("x"))).isPresent();
    }
  }
}
