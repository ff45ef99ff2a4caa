package dev.bobbin.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DamageLogTest {
  private final List<String> said = new ArrayList<>();
  private final DamageLog log = new DamageLog(said::add);

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
  void report_hostileName_isCutAndCleaned() {
    log.report(name("p{}h:\n\u202e" + "x".repeat(2000)), "it is odd");
    assertThat(said).singleElement().asString().doesNotContain("\n", "\u202e").hasSizeLessThan(600);
  }
}
