package dev.bobbin.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class DamageLogTest {
  private final List<String> said = new ArrayList<>();
  private final DamageLog log = new DamageLog(Runnable::run, said::add);

  private static byte[] name(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void report_again_isSaidOnceUntilItIsPutAgain() {
    log.report(name("p{}h:x"), "it is odd");
    log.report(name("p{}h:x"), "it is odd");
    assertThat(said)
        .containsExactly(
            "Ignored the damaged value of the key 'p{}h:x' in Redis: it is odd. Restore it, delete"
                + " it or put the item again (docs/errors.md#damaged-value)");
    log.report(name("p{}h:x"), "it is odder");
    log.forget(name("p{}h:x"));
    log.report(name("p{}h:x"), "it is odder");
    assertThat(said).hasSize(3);
  }

  @Test
  void report_always_isSaidWhereItMayBlock() {
    List<Runnable> tasks = new ArrayList<>();
    new DamageLog(tasks::add, said::add).report(name("x"), "it is odd");
    assertThat(said).isEmpty();
    tasks.forEach(Runnable::run);
    assertThat(said).hasSize(1);
  }

  @Test
  void report_executorThatRefuses_isSaidAllTheSame() {
    Executor ended =
        task -> {
          throw new RejectedExecutionException();
        };
    new DamageLog(ended, said::add).report(name("x"), "it is odd");
    assertThat(said).hasSize(1);
  }

  @Test
  void report_hostileName_isCutAndCleaned() {
    log.report(name("p{}h:\n\u202e" + "x".repeat(2000)), "it is odd");
    assertThat(said).singleElement().asString().doesNotContain("\n", "\u202e").hasSizeLessThan(600);
  }
}
