package dev.bobbin.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Commands whose answers are late, or never come. */
@ExtendWith(SharedRedis.Resolver.class)
class CommandsTest {
  private final String uri;
  private Commands commands;

  CommandsTest(SharedRedis redis) {
    uri = SharedRedis.uri(redis.server());
  }

  @BeforeEach
  void open() throws IOException {
    RedisSettings settings = RedisSettings.of(SharedRedis.context(uri));
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
    assertThatThrownBy(ask(new CompletableFuture<>())::join)
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContainingAll("2048", "docs/errors.md#redis-busy");
    answers.get(7).complete("x");
    assertThat(ask(new CompletableFuture<>())).isNotDone();
  }
}
