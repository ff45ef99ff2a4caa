package dev.bobbin.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class WarningsTest {
  private final List<String> said = new ArrayList<>();

  @Test
  void accept_always_isSaidWhereItMayBlock() {
    List<Runnable> tasks = new ArrayList<>();
    new Warnings(tasks::add, said::add).accept("beware");
    assertThat(said).isEmpty();
    tasks.forEach(Runnable::run);
    assertThat(said).containsExactly("beware");
  }

  @Test
  void accept_executorThatRefuses_isSaidAllTheSame() {
    Executor ended =
        task -> {
          throw new RejectedExecutionException();
        };
    new Warnings(ended, said::add).accept("beware");
    assertThat(said).containsExactly("beware");
  }
}
