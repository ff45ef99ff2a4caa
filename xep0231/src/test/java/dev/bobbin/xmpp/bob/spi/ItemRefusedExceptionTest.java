package dev.bobbin.xmpp.bob.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.StoredBob;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ItemRefusedExceptionTest {
  private static final BobData DATA = BobData.utf8("12345678");

  private static StoredBob item(ContentId cid) {
    return new StoredBob(
        BobKey.hosted(cid), new Bob(cid, "text/plain", DATA, null), Instant.EPOCH, null, null);
  }

  @Test
  void of_itemThatFits_isNone() {
    ContentId hash = Bob.of(DATA.toByteArray(), "text/plain").cid();
    assertThat(ItemRefusedException.of(item(hash), 8)).isEmpty();
    assertThat(ItemRefusedException.of(item(ContentId.of("c1")), 8)).isEmpty();
  }

  @Test
  void of_oneByteMore_namesBoth() {
    assertThat(ItemRefusedException.of(item(ContentId.of("c1")), 7))
        .hasValueSatisfying(
            refusal ->
                assertThat(refusal)
                    .hasMessage(
                        "An item of 8 bytes is larger than this store takes, 7 bytes; raise the"
                            + " plugin's limit (docs/errors.md#item-too-large)"));
  }

  @Test
  void of_hashOfOtherData_namesTheContentId() {
    ContentId other = Bob.of(new byte[] {1}, "text/plain").cid();
    assertThat(ItemRefusedException.of(item(other), 8))
        .hasValueSatisfying(
            refusal ->
                assertThat(refusal)
                    .hasMessageStartingWith(other + " is not the hash of the item's data")
                    .hasMessageEndingWith("(docs/errors.md#hash-mismatch)"));
  }
}
