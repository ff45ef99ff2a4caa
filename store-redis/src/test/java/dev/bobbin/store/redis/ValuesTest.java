package dev.bobbin.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.RedisServer;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.ItemRefusedException;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.bob.testkit.MutableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is in Redis: as others see it, and as others have left it. */
@ExtendWith(SharedRedis.Resolver.class)
class ValuesTest {
  private static final BobKey KEY = Items.hosted("cid");

  private final RedisServer server;
  private final StoreContext context;
  private final MutableClock clock = new MutableClock(Instant.now());
  private final KeySpace keys;
  private BobStore store;

  ValuesTest(SharedRedis redis) {
    server = redis.server();
    context = SharedRedis.context(SharedRedis.uri(server)).withClock(clock);
    keys = new KeySpace(context.settings().text("prefix").orElseThrow());
  }

  @BeforeEach
  void open() throws IOException {
    store = new RedisBobStoreProvider().open(context);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private String name(BobKey key) {
    return new String(keys.name(key), UTF_8);
  }

  private String redis(String command, BobKey key, String... more) {
    String[] words = new String[2 + more.length];
    words[0] = command;
    words[1] = name(key);
    System.arraycopy(more, 0, words, 2, more.length);
    return server.command(words);
  }

  private void assertAbsentAndThere(BobKey key) throws IOException {
    assertThat(store.get(key)).isEmpty();
    assertThat(redis("EXISTS", key)).isEqualTo("1");
  }

  @Test
  void put_hosted_isOneKeyForEver() throws Exception {
    store.put(Items.item(KEY, "x"));
    assertThat(redis("TYPE", KEY)).isEqualTo("string");
    assertThat(redis("PTTL", KEY)).isEqualTo("-1");
  }

  @Test
  void put_expiring_isRemovedByRedisItself() throws Exception {
    Instant expiry = Instant.now().plus(Duration.ofMillis(100));
    store.put(Items.expiring(KEY, "x", expiry));
    assertThat(Long.parseLong(redis("PEXPIRETIME", KEY)))
        .isEqualTo(expiry.plusNanos(999_999).toEpochMilli());
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (redis("EXISTS", KEY).equals("1")) {
      assertThat(System.nanoTime() - deadline).as("it is still there").isNegative();
      Thread.onSpinWait();
    }
    assertThat(store.get(KEY)).isEmpty();
    assertThat(store.delete(KEY)).isFalse();
  }

  @Test
  void get_expiredByOurClockOnly_isAbsentAndLeftThere() throws Exception {
    store.put(Items.expiring(KEY, "x", clock.instant().plusSeconds(60)));
    clock.advance(Duration.ofSeconds(60));
    assertAbsentAndThere(KEY);
    assertThat(store.delete(KEY)).isFalse();
    assertThat(redis("EXISTS", KEY)).isEqualTo("0");
  }

  @Test
  void put_receivedForEver_mayBePushedOut() throws Exception {
    BobKey received = Items.from("romeo@example.org/a", "cid");
    store.put(Items.item(received, "x"));
    assertThat(redis("PEXPIRETIME", received)).isEqualTo("253402300799000");
    assertThat(store.get(received)).contains(Items.item(received, "x"));
  }

  @Test
  void put_expiringBeyondTheEndOfTime_isKept() throws Exception {
    StoredBob item = Items.expiring(KEY, "x", Instant.MAX);
    store.put(item);
    assertThat(redis("PTTL", KEY)).isEqualTo("-1");
    assertThat(store.get(KEY)).contains(item);
  }

  @Test
  void put_expiringWhereOneDidNot_expires() throws Exception {
    store.put(Items.item(KEY, "x"));
    store.put(Items.expiring(KEY, "x", clock.instant().plusSeconds(60)));
    assertThat(redis("PTTL", KEY)).isNotEqualTo("-1");
    store.put(Items.item(KEY, "x"));
    assertThat(redis("PTTL", KEY)).isEqualTo("-1");
  }

  @Test
  void put_expiredAlready_removesTheOld() throws Exception {
    store.put(Items.item(KEY, "x"));
    store.put(Items.expiring(KEY, "x", clock.instant()));
    assertThat(redis("EXISTS", KEY)).isEqualTo("0");
  }

  @Test
  void get_somebodyElsesText_isAbsentAndLeftThere() throws Exception {
    redis("SET", KEY, "no item at all, but long enough to be one");
    assertAbsentAndThere(KEY);
    assertThat(store.delete(KEY)).isFalse();
    assertThat(redis("EXISTS", KEY)).isEqualTo("0");
  }

  @Test
  void get_appendedTo_isAbsentAndLeftThere() throws Exception {
    store.put(Items.item(KEY, "x"));
    redis("APPEND", KEY, "y");
    assertAbsentAndThere(KEY);
  }

  @Test
  void get_itemOfAnotherName_isAbsentAndLeftThere() throws Exception {
    store.put(Items.item(KEY, "x"));
    BobKey other = new BobKey(Shelf.VERIFIED, KEY.cid());
    redis("RENAME", KEY, name(other));
    assertAbsentAndThere(other);
  }

  @Test
  void get_hugeValue_isAbsentAndLeftThere() throws Exception {
    redis("SETRANGE", KEY, "50000000", "x");
    long before = sent();
    assertAbsentAndThere(KEY);
    assertThat(store.delete(KEY)).isFalse();
    assertThat(sent() - before).as("bytes that Redis has sent").isLessThan(25_000_000);
  }

  private long sent() {
    String field = "total_net_output_bytes:";
    return server
        .command("INFO", "stats")
        .lines()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.substring(field.length())))
        .sum();
  }

  @Test
  void anyMethod_keyOfAnotherType_isNoItem() throws Exception {
    redis("RPUSH", KEY, "x");
    assertAbsentAndThere(KEY);
    assertThat(store.delete(KEY)).isFalse();
    assertThat(redis("EXISTS", KEY)).isEqualTo("0");
    redis("RPUSH", KEY, "x");
    store.put(Items.item(KEY, "x"));
    assertThat(store.get(KEY)).contains(Items.item(KEY, "x"));
  }

  @Test
  void putIf_whatIsNoItem_countsAsNoneAndIsReplaced() throws Exception {
    StoredBob item = Items.item(KEY, "x");
    for (String command : new String[] {"SET", "RPUSH"}) {
      redis("DEL", KEY);
      redis(command, KEY, "no item at all, but long enough to be one");
      assertThat(store.putIf(Items.item(KEY, "y"), item)).isFalse();
      assertAbsentAndThere(KEY);
      assertThat(store.putIf(null, item)).isTrue();
      assertThat(store.get(KEY)).contains(item);
    }
  }

  @Test
  void putIf_expiry_isRedissAsWell() throws Exception {
    StoredBob forEver = Items.item(KEY, "x");
    StoredBob brief = Items.expiring(KEY, "x", clock.instant().plusSeconds(60));
    assertThat(store.putIf(null, brief)).isTrue();
    assertThat(redis("PTTL", KEY)).isNotEqualTo("-1");
    assertThat(store.putIf(brief, forEver)).isTrue();
    assertThat(redis("PTTL", KEY)).isEqualTo("-1");
    assertThat(store.putIf(forEver, Items.expiring(KEY, "x", Instant.EPOCH))).isTrue();
    assertThat(redis("EXISTS", KEY)).isEqualTo("0");
  }

  @Test
  void putIf_expiredByOurClockOnly_isReplaced() throws Exception {
    store.put(Items.expiring(KEY, "x", clock.instant().plusSeconds(60)));
    clock.advance(Duration.ofSeconds(60));
    assertThat(store.putIf(null, Items.item(KEY, "y"))).isTrue();
    assertThat(store.get(KEY)).contains(Items.item(KEY, "y"));
  }

  /** It is removed when our clock is looked at: between the look and the script. */
  @Test
  void putIf_redisRemovesTheExpiredMeanwhile_isDone() throws Exception {
    Instant expiry = clock.instant().plusSeconds(60);
    store.put(Items.expiring(KEY, "x", expiry));
    InstantSource later =
        () -> {
          redis("DEL", KEY);
          return expiry;
        };
    try (BobStore ahead = new RedisBobStoreProvider().open(context.withClock(later))) {
      assertThat(ahead.putIf(null, Items.item(KEY, "y"))).isTrue();
    }
    assertThat(store.get(KEY)).contains(Items.item(KEY, "y"));
  }

  /** In the same place as above, by somebody else. */
  @Test
  void putIf_othersDeleteWhatWasExpectedMeanwhile_isNotDone() throws Exception {
    StoredBob there = Items.item(KEY, "x");
    store.put(there);
    InstantSource deleting =
        () -> {
          redis("DEL", KEY);
          return clock.instant();
        };
    try (BobStore other = new RedisBobStoreProvider().open(context.withClock(deleting))) {
      assertThat(other.putIf(there, Items.item(KEY, "y"))).isFalse();
    }
    assertThat(store.get(KEY)).isEmpty();
  }

  /** By another process: a change after the look is seen by the script. */
  @Test
  void putIf_anotherStore_oneOnlyIsTold() throws Exception {
    try (BobStore other = new RedisBobStoreProvider().open(context)) {
      ExecutorService two = Executors.newFixedThreadPool(2);
      try {
        for (int i = 0; i < 50; i++) {
          BobKey key = Items.hosted("cid" + i);
          CyclicBarrier together = new CyclicBarrier(2);
          List<Callable<Boolean>> both = new ArrayList<>();
          for (BobStore each : List.of(store, other)) {
            both.add(
                () -> {
                  together.await(10, TimeUnit.SECONDS);
                  return each.putIf(null, Items.item(key, each == other ? "other" : "mine"));
                });
          }
          int told = 0;
          for (Future<Boolean> each : two.invokeAll(both)) {
            told += each.get() ? 1 : 0;
          }
          assertThat(told).isEqualTo(1);
        }
      } finally {
        two.shutdownNow();
      }
    }
  }

  @Test
  void scan_namesOfOthersUnderThePrefix_arePassedOver() throws Exception {
    store.put(Items.item(KEY, "x"));
    server.command("SET", name(KEY).replace("{}h:", "{}x:"), "y");
    server.command("SET", name(KEY).replace("{}h:", "2{}h:"), "y");
    assertThat(store.scan(null, 10).items()).containsExactly(KEY);
  }

  @Test
  void put_whatReadingWouldRefuse_isRefused() throws Exception {
    BobData large = BobData.of(new byte[StoreContext.DEFAULT_MAX_ITEM_BYTES + 1]);
    assertThatThrownBy(() -> store.put(stored(new Bob(KEY.cid(), "a/b", large, null))))
        .isInstanceOf(ItemRefusedException.class)
        .hasMessageContainingAll("8193 bytes", "8192 bytes", "errors.md#item-too-large");
    Bob other = new Bob(Bob.of(new byte[1], "a/b").cid(), "a/b", BobData.utf8("x"), null);
    assertThatThrownBy(() -> store.put(stored(other)))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(other.cid().value(), "errors.md#hash-mismatch");
  }

  private static StoredBob stored(Bob bob) {
    return new StoredBob(BobKey.hosted(bob.cid()), bob, Items.STORED, null, null);
  }

  @Test
  void prefix_ofAnother_isAnotherPlace() throws Exception {
    store.put(Items.item(KEY, "x"));
    try (BobStore other =
            new RedisBobStoreProvider().open(SharedRedis.context(SharedRedis.uri(server)));
        BobStore same = new RedisBobStoreProvider().open(context)) {
      assertThat(other.get(KEY)).isEmpty();
      assertThat(other.scan(null, 10).items()).isEmpty();
      assertThat(same.get(KEY)).contains(Items.item(KEY, "x"));
    }
  }
}
