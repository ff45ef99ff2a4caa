package dev.bobbin.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.RedisServer;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.AsyncBobStore;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A network that drops what is said, or breaks. */
@ExtendWith(SharedRedis.Resolver.class)
class NetworkTest {
  private static final StoredBob ITEM = Items.item(Items.hosted("x"), "y");
  private static final int MIB = 1024 * 1024;

  private final RedisServer server;
  private final Relay relay;
  private AsyncBobStore store;
  private String name;

  NetworkTest(SharedRedis redis) throws IOException {
    server = redis.server();
    relay = new Relay(server.port());
  }

  @BeforeEach
  void open() throws Exception {
    StoreContext context =
        SharedRedis.context(
            relay.uri(), "connect-timeout-ms", "1000", "command-timeout-ms", "1000");
    KeySpace keys = new KeySpace(context.settings().text("prefix").orElseThrow());
    name = new String(keys.name(ITEM.key()), UTF_8);
    store = Patience.eventually(() -> RedisBobStore.open(context));
  }

  private void putEventually() throws Exception {
    Patience.eventually(
        () -> {
          store.put(ITEM);
          return ITEM;
        });
  }

  @AfterEach
  void close() throws IOException {
    try (relay) {
      store.close();
    }
  }

  @Test
  void get_connectionThatSwallows_failsInTimeAndWorksAgainLater() throws Exception {
    putEventually();
    relay.swallow();
    assertThatThrownBy(() -> store.get(ITEM.key()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("docs/errors.md#redis-away");
    assertThat(Patience.eventually(() -> store.get(ITEM.key()))).contains(ITEM);
  }

  @Test
  void close_connectionThatSwallows_ends() throws Exception {
    putEventually();
    relay.swallow();
    CompletionStage<Void> underWay = store.putAsync(ITEM);
    store.close();
    assertThat(underWay.toCompletableFuture()).failsWithin(10, TimeUnit.SECONDS);
  }

  @Test
  void connectionThatSwallows_isToldWhereItMayBlock() throws Exception {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    StoreContext context =
        SharedRedis.context(relay.uri(), "connect-timeout-ms", "100", "command-timeout-ms", "100");
    Consumer<String> log =
        warning -> {
          if (warning.contains("has not answered")) {
            threads.add(Thread.currentThread().getName());
          }
        };
    try (BobStore silent = Patience.eventually(() -> RedisBobStore.open(context, log))) {
      relay.swallow();
      assertThatThrownBy(() -> silent.get(ITEM.key())).isInstanceOf(IOException.class);
      Patience.until(() -> !threads.isEmpty());
    }
    assertThat(threads).noneMatch(name -> name.contains("lettuce"));
  }

  @Test
  void put_wayThatIsTooSlow_failsInTimeAndIsNotDoneLater() throws Exception {
    String prefix = SharedRedis.prefix();
    StoreContext hasty = large(relay.uri(), "prefix", prefix, "command-timeout-ms", "300");
    StoreContext toServer = large(SharedRedis.uri(server), "prefix", prefix);
    StoredBob newer = Items.item(Items.hosted("19"), "newer");
    try (AsyncBobStore slow = Patience.eventually(() -> RedisBobStore.open(hasty));
        BobStore direct = RedisBobStore.open(toServer)) {
      relay.slowDown(200_000);
      List<CompletableFuture<Void>> puts = puts(slow, "z".repeat(100_000), 20);
      assertThat(puts.get(19))
          .failsWithin(30, TimeUnit.SECONDS)
          .withThrowableThat()
          .withMessageContainingAll("did not answer in time", "docs/errors.md#redis-away");
      CompletableFuture<Void> all = CompletableFuture.allOf(puts.toArray(CompletableFuture[]::new));
      assertThat(all).failsWithin(30, TimeUnit.SECONDS);
      Patience.until(() -> relay.ended() > 0);
      direct.put(newer);
      assertThat(Patience.eventually(() -> slow.get(newer.key()))).contains(newer);
      assertThat(direct.get(Items.hosted("18"))).isEmpty();
    }
  }

  @Test
  void put_moreThanMayWaitOnASlowWay_isRefusedUntilThoseHaveFailed() throws Exception {
    StoredBob item = Items.item(ITEM.key(), "z".repeat(MIB));
    StoreContext context = large(relay.uri(), "command-timeout-ms", "1000");
    try (AsyncBobStore slow = Patience.eventually(() -> RedisBobStore.open(context))) {
      relay.slowDown(200_000);
      List<CompletableFuture<Void>> puts = puts(slow, "z".repeat(MIB), 33);
      assertThat(puts.get(32))
          .failsWithin(30, TimeUnit.SECONDS)
          .withThrowableThat()
          .withMessageContaining("docs/errors.md#redis-busy");
      assertThat(puts.get(31))
          .failsWithin(30, TimeUnit.SECONDS)
          .withThrowableThat()
          .withMessageContaining("docs/errors.md#redis-away");
      relay.slowDown(Integer.MAX_VALUE);
      Patience.eventually(
          () -> {
            slow.put(item);
            return item;
          });
      assertThat(relay.connections()).isGreaterThan(2);
      assertThat(slow.get(Items.hosted("31"))).isEmpty();
    }
  }

  private static StoreContext large(String uri, String... more) {
    return SharedRedis.context(uri, more).withMaxItemBytes(MIB);
  }

  private static List<CompletableFuture<Void>> puts(AsyncBobStore to, String text, int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> Items.item(Items.hosted(Integer.toString(i)), text))
        .map(item -> to.putAsync(item).toCompletableFuture())
        .toList();
  }

  /** Somebody may have put something else meanwhile. */
  @Test
  void put_connectionBreaksBeforeItsAnswer_failsAndIsNotSentAgain() throws Exception {
    relay.swallowAnswers();
    CompletionStage<Void> put = store.putAsync(ITEM);
    Patience.until(() -> server.command("EXISTS", name).equals("1"));
    server.command("DEL", name);
    relay.cut();
    assertThat(put.toCompletableFuture())
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableThat()
        .withMessageContaining("docs/errors.md#redis-away");
    assertThat(Patience.eventually(() -> store.get(ITEM.key()))).isEmpty();
    assertThat(server.command("EXISTS", name)).isEqualTo("0");
  }
}
