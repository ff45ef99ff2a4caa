package dev.bobbin.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.RedisServer;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.ItemRefusedException;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.bob.testkit.MutableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is there and gives no item: which of it is damage, and what may take its place. */
@ExtendWith(SharedRedis.Resolver.class)
class DamageTest {
  private static final BobKey KEY = Items.hosted("cid");
  private static final StoredBob ITEM = Items.item(KEY, "x");
  private static final int LARGER = 100_000;

  private final RedisServer server;
  private final StoreContext context;
  private final MutableClock clock = new MutableClock(Instant.now());
  private final String name;
  private BobStore store;

  DamageTest(SharedRedis redis) {
    server = redis.server();
    context = SharedRedis.context(SharedRedis.uri(server)).withClock(clock);
    KeySpace keys = new KeySpace(context.settings().text("prefix").orElseThrow());
    name = new String(keys.name(KEY), UTF_8);
  }

  @BeforeEach
  void open() throws IOException {
    store = new RedisBobStoreProvider().open(context);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private static StoredBob ofSize(int bytes) {
    Bob bob = new Bob(KEY.cid(), "a/b", BobData.of(new byte[bytes]), null);
    return new StoredBob(KEY, bob, Items.STORED, null, null);
  }

  private void assertIsLeft(String reason, String anchor) throws IOException {
    assertThat(store.get(KEY)).isEmpty();
    assertThat(store.damage(KEY)).hasValueSatisfying(why -> assertThat(why).contains(reason));
    assertThat(store.putIf(ITEM, Items.item(KEY, "y"))).isFalse();
    assertThatThrownBy(() -> store.putIf(null, ITEM))
        .isInstanceOf(ItemRefusedException.class)
        .hasMessageContainingAll("Left the value", name, reason, "docs/errors.md#" + anchor);
  }

  @Test
  void putIf_valueOfALaterVersion_isRefusedAndItStays() throws Exception {
    String later = "\u0002an item that a later version of the store has put";
    server.command("SET", name, later);
    assertIsLeft("version 2", "later-format");
    assertThat(server.command("GET", name)).isEqualTo(later);
    store.put(ITEM);
    assertThat(store.get(KEY)).contains(ITEM);
  }

  /** Whose data alone is larger, and whose value is longer than any of ours. */
  @Test
  void putIf_itemLargerThanThisProcessTakes_isRefusedAndItStays() throws Exception {
    try (BobStore larger = new RedisBobStoreProvider().open(context.withMaxItemBytes(LARGER))) {
      for (int bytes : new int[] {StoreContext.DEFAULT_MAX_ITEM_BYTES + 1, LARGER}) {
        larger.put(ofSize(bytes));
        assertIsLeft("larger than", "item-too-large");
        assertThat(larger.get(KEY)).contains(ofSize(bytes));
      }
    }
  }

  @Test
  void delete_valueThatOthersCanRead_removesIt() throws Exception {
    server.command("SET", name, "\u0002later");
    assertThat(store.delete(KEY)).isFalse();
    assertThat(server.command("EXISTS", name)).isEqualTo("0");
  }

  @Test
  void damage_whatIsDamaged_saysWhy() throws Exception {
    server.command("SET", name, "no item at all, but long enough to be one");
    assertThat(store.damage(KEY)).contains("it has the version 110, and this store reads 1 alone");
    server.command("DEL", name);
    server.command("RPUSH", name, "x");
    assertThat(store.damage(KEY)).contains("it is no string, but of another type of Redis");
  }

  @Test
  void damage_itemOrExpiredOrNothing_isNone() throws Exception {
    assertThat(store.damage(KEY)).isEmpty();
    store.put(ITEM);
    assertThat(store.damage(KEY)).isEmpty();
    store.put(Items.expiring(KEY, "x", clock.instant().plusSeconds(60)));
    clock.advance(Duration.ofSeconds(60));
    assertThat(store.damage(KEY)).isEmpty();
  }
}
