package dev.bobbin.xmpp.bob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BobTest {
  private static final ContentId CID = ContentId.of("x");
  private static final BobData DATA = BobData.utf8("coucou");

  @Test
  void of_bytes_isNamedByTheirSha1() {
    Bob bob = Bob.of(DATA.toByteArray(), "text/plain");
    assertThat(bob.cid()).hasToString("sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org");
    assertThat(bob.data()).isEqualTo(DATA);
    assertThat(bob.maxAge()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b",
        "image/png",
        "text/plain; charset=utf-8",
        "text/plain;charset=\"utf-8\"",
        "a/b \t;\t c=d ; e=\"\"",
        "a/b;c=\"x\\\"y; z\\\\ [~]!#\"",
        "application/vnd.x-y.z+xml",
        "!#$%&'*+.^_`{|}~-/x",
      })
  void new_mediaType_isTaken(String type) {
    assertThat(new Bob(CID, type, DATA, null).type()).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "/",
        "text/",
        "/plain",
        "a/b/c",
        "a b/c",
        "a/b c",
        " a/b",
        "a/b ",
        "a/b;",
        "a/b;c",
        "a/b;c=",
        "a/b;=d",
        "a/b;c=d e",
        "a/b;c=\"d",
        "a/b;c=\"\\\"",
        "a/b;c=\"\n\"",
        "a/b\r\nx: y",
        "\u00e9/b",
        "a/b,c/d",
        "a@/b",
        "<a>/b",
        "a/b;c=\"\t\"",
        "a/b;c=\"\u007f\"",
        "a/b;c=\"\u00e9\"",
        "a/b;c=\"\\\u00e9\"",
        "a/b;x=\"\u202e\u00e9\"",
        "a/b;c=\"\ud83e\uddf5\"",
        "a/b\u0000",
      })
  void new_noMediaType_isRefused(String type) {
    assertThatThrownBy(() -> new Bob(CID, type, DATA, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'"
                + type.replaceAll("[\\p{Cntrl}\\p{Cf}]", "\uFFFD")
                + "' is no media type such as image/png (docs/errors.md#no-media-type)");
  }

  @Test
  void new_longMediaType_isRefusedAtOnceAndCut() {
    assertThat(new Bob(CID, "a/" + "b".repeat(510), DATA, null).type()).hasSize(512);
    assertThatThrownBy(() -> new Bob(CID, "a/" + "b".repeat(511), DATA, null))
        .hasMessageContaining("'a/" + "b".repeat(98) + "...' is no media type");
    String hostile = "a/b" + ";c=d".repeat(100_000) + ";";
    assertThatThrownBy(() -> new Bob(CID, hostile, DATA, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void maxAge_fractionOfASecond_isCut() {
    Bob bob = Bob.of(new byte[0], "a/b").withMaxAge(Duration.ofMillis(1999));
    assertThat(bob.maxAge()).isEqualTo(Duration.ofSeconds(1));
    assertThat(bob.withMaxAge(Duration.ZERO).maxAge()).isEqualTo(Duration.ZERO);
    assertThat(bob.withMaxAge(null).maxAge()).isNull();
  }

  @Test
  void maxAge_negative_isRefused() {
    Bob bob = Bob.of(new byte[0], "a/b");
    assertThatThrownBy(() -> bob.withMaxAge(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max-age is PT-1S; it cannot be negative");
  }

  @Test
  void toString_privateData_isNotShown() {
    assertThat(Bob.of(DATA.toByteArray(), "a/b").toString())
        .contains("6 bytes")
        .doesNotContain("couc");
  }

  @Test
  void data_arrayChangedAfterwards_isNotChanged() {
    byte[] bytes = {1, 2};
    BobData data = BobData.of(bytes);
    bytes[0] = 9;
    data.toByteArray()[1] = 9;
    assertThat(data.toByteArray()).containsExactly(1, 2);
    assertThat(data).isEqualTo(BobData.of(new byte[] {1, 2})).isNotEqualTo(BobData.of(bytes));
    assertThat(data).hasSameHashCodeAs(BobData.of(new byte[] {1, 2}));
    assertThat(data.size()).isEqualTo(2);
    assertThatThrownBy(() -> data.toByteBuffer().put((byte) 9))
        .isInstanceOf(ReadOnlyBufferException.class);
  }

  @Test
  void data_base64_isPaddedOnOneLine() {
    assertThat(DATA.toBase64()).isEqualTo("Y291Y291");
    assertThat(BobData.of(new byte[100]).toBase64()).isEqualTo("A".repeat(134) + "==");
    assertThat(BobData.fromBase64("")).isEqualTo(BobData.of(new byte[0]));
    assertThat(BobData.fromBase64("+/+/")).isEqualTo(BobData.of(new byte[] {-5, -1, -65}));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Y", "YQ", "YQ=", "YQ===", "Y291Y29", "Y29 ", "Y2\n9", "_-__", "====", "YQ==YQ=="})
  void fromBase64_notStrict_isRefused(String text) {
    assertThatThrownBy(() -> BobData.fromBase64(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isExpiredAt_boundary_isIncluded() {
    Instant expiry = Instant.parse("2026-01-01T00:00:00Z");
    StoredBob item = stored(expiry);
    assertThat(item.isExpiredAt(expiry.minusNanos(1))).isFalse();
    assertThat(item.isExpiredAt(expiry)).isTrue();
    assertThat(item.isExpiredAt(expiry.plusNanos(1))).isTrue();
    assertThat(stored(null).isExpiredAt(Instant.MAX)).isFalse();
  }

  @Test
  void storedBob_keyOfAnotherContentId_isRefused() {
    Bob bob = new Bob(CID, "a/b", DATA, null);
    BobKey other = BobKey.hosted(ContentId.of("y"));
    assertThatThrownBy(() -> new StoredBob(other, bob, Instant.EPOCH, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the key's content-id y is not the bob's x");
  }

  @Test
  void keys_ofDifferentShelves_differ() {
    BobKey[] keys = {
      BobKey.hosted(CID),
      new BobKey(Shelf.VERIFIED, CID),
      new BobKey(new Shelf.From(Jid.of("a@b.example")), CID),
      new BobKey(new Shelf.From(Jid.of("a@b.example/r")), CID),
      new BobKey(new Shelf.From(Jid.of("a@b.example/R")), CID),
    };
    assertThat(keys).doesNotHaveDuplicates();
  }

  private static StoredBob stored(Instant expiresAt) {
    Bob bob = new Bob(CID, "a/b", DATA, null);
    return new StoredBob(BobKey.hosted(CID), bob, Instant.EPOCH, expiresAt, null);
  }
}
