package dev.bobbin.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.store.redis.DamagedValueException.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DamageLogTest {
  private static final DamagedValueException ODD = new DamagedValueException("it is odd");
  private static final DamagedValueException ODDER = new DamagedValueException("it is odder");

  private final List<String> said = new ArrayList<>();
  private final DamageLog log = new DamageLog(said::add);

  private static byte[] name(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void report_again_isSaidOnceUntilItIsPutAgain() {
    log.report(name("p{}h:x"), ODD);
    log.report(name("p{}h:x"), ODD);
    assertThat(said)
        .containsExactly(
            "Ignored the damaged value of the key 'p{}h:x' in Redis: it is odd. Restore it, delete"
                + " it or put the item again (docs/errors.md#damaged-value)");
    log.report(name("p{}h:x"), ODDER);
    log.forget(name("p{}h:x"));
    log.report(name("p{}h:x"), ODDER);
    assertThat(said).hasSize(3);
  }

  /** Putting the item again would destroy what others can read. */
  @Test
  void report_whatOthersCanRead_doesNotAdviseToPutItAgain() {
    log.report(name("a"), new DamagedValueException(Kind.LATER_VERSION, "it is later"));
    log.report(name("b"), new DamagedValueException(Kind.TOO_LARGE, "it is large"));
    assertThat(said)
        .containsExactly(
            "Ignored the value of the key 'a' in Redis: it is later. Update the program"
                + " (docs/errors.md#later-format)",
            "Ignored the value of the key 'b' in Redis: it is large. Raise the plugin's"
                + " max-item-bytes (docs/errors.md#item-too-large)");
  }

  @Test
  void report_hostileName_isCutAndCleaned() {
    log.report(name("p{}h:\n\u202e" + "x".repeat(2000)), ODD);
    assertThat(said).singleElement().asString().doesNotContain("\n", "\u202e").hasSizeLessThan(600);
  }
}
