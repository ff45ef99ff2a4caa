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
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A network that drops what is said, or breaks. */
@ExtendWith(SharedRedis.Resolver.class)
class NetworkTest {
  private static final StoredBob ITEM = Items.item(Items.hosted("x"), "y");

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
          if (warning.contains("has said nothing")) {
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
