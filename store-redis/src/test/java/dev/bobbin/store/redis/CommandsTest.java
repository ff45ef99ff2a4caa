package dev.bobbin.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.RedisCluster;
import dev.bobbin.testservers.RedisServer;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Commands whose answers are late, or never come. */
@ExtendWith(SharedRedis.Resolver.class)
class CommandsTest {
  private static final String NOT_SENT = "Currently not connected. Commands are rejected.";

  private final RedisServer server;
  private final Supplier<RedisCluster> cluster;
  private Commands commands;

  CommandsTest(SharedRedis redis) {
    server = redis.server();
    cluster = redis::cluster;
  }

  @BeforeEach
  void open() throws IOException {
    RedisSettings settings = RedisSettings.of(SharedRedis.context(SharedRedis.uri(server)));
    RedisLink link = RedisLink.open(settings, warning -> {});
    commands = new Commands(link, "here", Runnable::run, settings);
  }

  @AfterEach
  void close() throws IOException {
    commands.close();
  }

  private CompletableFuture<String> ask(CompletableFuture<String> answer) {
    return commands.ask("wait", () -> answer, text -> text);
  }

  @Test
  void close_answerThatNeverComes_endsTheCall() throws Exception {
    CompletableFuture<String> call = ask(new CompletableFuture<>());
    commands.close();
    assertThat(call)
        .failsWithin(0, TimeUnit.SECONDS)
        .withThrowableThat()
        .withMessageContainingAll("cut off", "docs/errors.md#redis-away");
    assertThatThrownBy(ask(new CompletableFuture<>())::join)
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("docs/errors.md#store-closed");
  }

  @Test
  void ask_moreThanMayWait_isRefusedUntilOneHasEnded() {
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < Commands.MOST_WAITING; i++) {
      answers.add(new CompletableFuture<>());
      assertThat(ask(answers.get(i))).isNotDone();
    }
    CompletableFuture<String> refused = ask(new CompletableFuture<>());
    assertThat(refused).isCompletedExceptionally();
    assertThatThrownBy(refused::join)
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContainingAll("2048", "docs/errors.md#redis-busy");
    answers.get(7).complete("x");
    assertThat(ask(new CompletableFuture<>())).isNotDone();
  }

  @Test
  void ask_moreBytesThanMayWait_isRefusedUntilOneHasEnded() throws Exception {
    CompletableFuture<String> first = new CompletableFuture<>();
    assertThat(ask(first, Commands.MOST_BYTES - 1)).isNotDone();
    assertThat(ask(new CompletableFuture<>(), 1)).isNotDone();
    CompletableFuture<String> refused = ask(new CompletableFuture<>(), 1);
    assertThat(refused).isCompletedExceptionally();
    assertThatThrownBy(refused::join)
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContainingAll("32 MiB", "docs/errors.md#redis-busy");
    assertThat(ask(new CompletableFuture<>())).as("one that puts nothing").isNotDone();
    first.complete("x");
    assertThat(ask(new CompletableFuture<>(), Commands.MOST_BYTES - 1)).isNotDone();
  }

  @Test
  void ask_moreBytesThanMayWaitInOne_isTakenAlone() {
    assertThat(ask(new CompletableFuture<>(), Commands.MOST_BYTES + 1)).isNotDone();
    assertThat(ask(new CompletableFuture<>(), 1)).isCompletedExceptionally();
    assertThat(ask(new CompletableFuture<>())).isNotDone();
  }

  private CompletableFuture<String> ask(CompletableFuture<String> answer, long bytes) {
    return commands.ask("put", bytes, () -> answer, text -> text);
  }

  @Test
  void ask_errorAgainAndAgain_leavesRoomForOthers() throws Exception {
    Error error = new LinkageError("as it were");
    for (int i = 0; i < Commands.MOST_WAITING; i++) {
      CompletableFuture<String> failed =
          commands.ask(
              "put",
              Commands.MOST_BYTES,
              () -> {
                throw error;
              },
              text -> "");
      assertThatThrownBy(failed::join).hasCause(error);
    }
    assertThat(commands.result(ask(CompletableFuture.completedFuture("x"), 1), "put"))
        .isEqualTo("x");
  }

  @Test
  void result_interrupted_saysSoAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> commands.result(ask(new CompletableFuture<>()), "get"))
        .isInstanceOf(InterruptedIOException.class)
        .hasMessageContaining("docs/errors.md#store-interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void result_noHeap_isNotRediss() {
    OutOfMemoryError noHeap = new OutOfMemoryError("as it were");
    CompletableFuture<String> failed =
        CompletableFuture.failedFuture(new CompletionException(noHeap));
    assertThatThrownBy(() -> commands.result(ask(failed), "get")).isSameAs(noHeap);
  }

  /** Lettuce has no type for that, and may say it in other words one day. */
  @Test
  void failure_ofWhatLettuceRejects_isKnownAsNotSent() throws Exception {
    Relay relay = new Relay(server.port());
    RedisSettings settings = RedisSettings.of(SharedRedis.context(relay.uri()));
    try (relay;
        RedisLink link = RedisLink.open(settings, warning -> {})) {
      relay.close();
      Patience.until(() -> failure(link).map(Problems::isNotSent).orElse(false));
    }
  }

  private static Optional<Throwable> failure(RedisLink link) {
    return link.commands()
        .get(new byte[1])
        .handle((value, failure) -> Optional.<Throwable>ofNullable(failure))
        .toCompletableFuture()
        .join();
  }

  @Test
  void ask_whatAClusterCouldNotSend_isAskedAgainForAWhile() throws Exception {
    RedisSettings settings = RedisSettings.of(SharedRedis.context(SharedRedis.uri(cluster.get())));
    Commands toCluster =
        new Commands(RedisLink.open(settings, warning -> {}), "here", Runnable::run, settings);
    try {
      String answer =
          toCluster.result(toCluster.ask("try", failing(3, NOT_SENT), given -> given), "try");
      assertThat(answer).isEqualTo("answer");
      for (Supplier<CompletionStage<String>> other :
          List.of(failing(100, NOT_SENT), failing(1, "it broke"))) {
        assertThatThrownBy(() -> toCluster.result(toCluster.ask("try", other, all -> all), "try"))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("docs/errors.md#redis-away");
      }
    } finally {
      toCluster.close();
    }
  }

  private static Supplier<CompletionStage<String>> failing(int times, String message) {
    AtomicInteger left = new AtomicInteger(times);
    return () ->
        left.getAndDecrement() > 0
            ? CompletableFuture.failedFuture(new RedisException(message))
            : CompletableFuture.completedFuture("answer");
  }
}
