package dev.bobbin.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.RedisServer;
import dev.bobbin.testservers.ServerRequirement;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.StoreFullException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A server whose memory is full. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FullTest {
  /** Into 3 MiB, of which Redis itself takes one. */
  private static final int LARGE = 64 * 1024;

  private static final int MORE_THAN_FIT = 100;

  private RedisServer server;

  @BeforeAll
  void start() {
    ServerRequirement.require("redis");
    server = RedisServer.start("maxmemory 3mb");
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private BobStore open(String policy) throws IOException {
    server.command("FLUSHALL");
    server.command("CONFIG", "SET", "maxmemory-policy", policy);
    return new RedisBobStoreProvider()
        .open(SharedRedis.context(SharedRedis.uri(server)).withMaxItemBytes(LARGE));
  }

  private static StoredBob large(BobKey key) {
    BobData data = BobData.of(new byte[LARGE]);
    return new StoredBob(key, new Bob(key.cid(), "a/b", data, null), Items.STORED, null, null);
  }

  private static StoredBob received(int number) {
    return large(Items.from("mallory@example.org/" + number, "cid"));
  }

  @Test
  void put_hostedWhenFullOfHosted_isRefusedAndTheOthersStay() throws Exception {
    try (BobStore store = open("volatile-lru")) {
      List<StoredBob> kept = new ArrayList<>();
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < MORE_THAN_FIT; i++) {
                  StoredBob item = large(Items.hosted("cid" + i));
                  store.put(item);
                  kept.add(item);
                }
              })
          .isInstanceOf(StoreFullException.class)
          .hasMessageContainingAll("maxmemory", "volatile-lru", "docs/errors.md#store-full");
      assertThat(kept).isNotEmpty();
      for (StoredBob item : kept) {
        assertThat(store.get(item.key())).contains(item);
      }
      assertThatThrownBy(() -> store.putIf(null, large(Items.hosted("more"))))
          .isInstanceOf(StoreFullException.class)
          .hasMessageContainingAll("maxmemory", "docs/errors.md#store-full");
      assertThat(store.delete(kept.get(0).key())).isTrue();
    }
  }

  @Test
  void put_hostedWhenFullOfReceived_pushesThoseOut() throws Exception {
    try (BobStore store = open("volatile-lru")) {
      StoredBob first = large(Items.hosted("first"));
      store.put(first);
      for (int i = 0; i < MORE_THAN_FIT; i++) {
        store.put(received(i));
      }
      StoredBob last = large(Items.hosted("last"));
      store.put(last);
      assertThat(store.get(first.key())).contains(first);
      assertThat(store.get(last.key())).contains(last);
      assertThat(store.scan(null, MORE_THAN_FIT).items()).hasSizeLessThan(MORE_THAN_FIT);
    }
  }

  @Test
  void open_policyThatPushesHostedOnesOut_isRefused() {
    assertThatThrownBy(() -> open("allkeys-lru"))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("127.0.0.1", "allkeys-lru", "docs/errors.md#redis-unfit");
  }
}
