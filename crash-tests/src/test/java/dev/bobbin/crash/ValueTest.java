package dev.bobbin.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.StoredBob;
import org.junit.jupiter.api.Test;

/** Values that show whose they are. */
class ValueTest {
  private static final BobKey KEY = BobKey.hosted(ContentId.of("a"));
  private static final Value VALUE = new Value(2, 17, 1_800_000_000_000L);

  private final StoredBob item = VALUE.item(KEY, BobData.utf8("x"));

  @Test
  void of_asItWasPut_isTheValue() throws Exception {
    for (BobKey key : Keys.ALL) {
      assertThat(Value.of(key, VALUE.item(key, BobData.utf8("x")))).isEqualTo(VALUE);
    }
  }

  @Test
  void of_otherData_isWrong() {
    assertWrong(item(KEY, item.bob().type(), "y"), "its checksum is another");
    assertWrong(item(KEY, item.bob().type(), ""), "its checksum is another");
  }

  @Test
  void of_otherKey_isWrong() {
    BobKey other = BobKey.hosted(ContentId.of("b"));
    StoredBob moved = item(other, item.bob().type(), "x");
    assertThatThrownBy(() -> Value.of(other, moved)).isInstanceOf(WrongValueException.class);
  }

  @Test
  void of_otherNumber_isWrong() {
    assertWrong(
        item(KEY, item.bob().type().replace("n=17", "n=18"), "x"), "its checksum is another");
    assertWrong(item(KEY, "text/plain", "x"), "its type is no writer's");
  }

  @Test
  void of_otherTimes_isWrong() {
    assertWrong(
        new StoredBob(KEY, item.bob(), item.storedAt(), null, null), "it is not as it was put");
  }

  private StoredBob item(BobKey key, String type, String text) {
    Bob bob = new Bob(key.cid(), type, BobData.utf8(text), null);
    return new StoredBob(key, bob, item.storedAt(), item.expiresAt(), item.origin());
  }

  private static void assertWrong(StoredBob item, String reason) {
    assertThatThrownBy(() -> Value.of(KEY, item))
        .isInstanceOf(WrongValueException.class)
        .hasMessageStartingWith(reason + ", under a: ");
  }
}
