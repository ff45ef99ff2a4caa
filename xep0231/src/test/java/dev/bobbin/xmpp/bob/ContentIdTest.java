package dev.bobbin.xmpp.bob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentIdTest {
  private static final BobData ABC = BobData.utf8("abc");
  private static final String ABC_SHA1 = "a9993e364706816aba3e25717850c26c9cd0d89d";

  @Test
  void of_data_isAlgorithmHashAndDomain() {
    assertThat(ContentId.of(HashAlgorithm.SHA_1, ABC).value())
        .isEqualTo("sha1+" + ABC_SHA1 + "@bob.xmpp.org");
    assertThat(ContentId.of(HashAlgorithm.SHA_256, ABC).value())
        .isEqualTo(
            "sha-256+ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad@bob.xmpp.org");
  }

  @ParameterizedTest
  @EnumSource(HashAlgorithm.class)
  void matches_ownHash_isTrueAndOfOtherDataFalse(HashAlgorithm algorithm) {
    ContentId cid = ContentId.of(algorithm, ABC);
    assertThat(cid.isVerifiable()).isTrue();
    assertThat(cid.algorithm()).contains(algorithm);
    assertThat(cid.matches(ABC)).isTrue();
    assertThat(cid.matches(BobData.utf8("abd"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha1", "SHA1", "sha-1", "Sha-1"})
  void matches_anyCaseOfAlgorithmAndHash_isTrue(String algorithm) {
    assertThat(ContentId.of(algorithm + "+" + ABC_SHA1 + "@bob.xmpp.org").matches(ABC)).isTrue();
    String upper = ABC_SHA1.toUpperCase(Locale.ROOT);
    assertThat(ContentId.of(algorithm + "+" + upper + "@bob.xmpp.org").matches(ABC)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "+",
        "@bob.xmpp.org",
        "sha1@bob.xmpp.org",
        "sha1+@bob.xmpp.org",
        "+a9993e364706816aba3e25717850c26c9cd0d89d@bob.xmpp.org",
        "a9993e364706816aba3e25717850c26c9cd0d89d@bob.xmpp.org",
        "sha1+a9993e364706816aba3e25717850c26c9cd0d89d",
        "sha1+a9993e364706816aba3e25717850c26c9cd0d89d@example.org",
        "sha1+a9993e364706816aba3e25717850c26c9cd0d89@bob.xmpp.org",
        "sha1+a9993e364706816aba3e25717850c26c9cd0d89d0@bob.xmpp.org",
        "sha1+g9993e364706816aba3e25717850c26c9cd0d89d@bob.xmpp.org",
        "sha1+a9993e364706816aba3e25717850c26c9cd0d89\u0661@bob.xmpp.org",
        "sha1+sha1+a9993e364706816aba3e25717850c26c9cd0d89d@bob.xmpp.org",
        "md5+900150983cd24fb0d6963f7d28e17f72@bob.xmpp.org",
        "sha-256+a9993e364706816aba3e25717850c26c9cd0d89d@bob.xmpp.org",
        "cid:sha1+a9993e364706816aba3e25717850c26c9cd0d89d@bob.xmpp.org",
        " sha1+a9993e364706816aba3e25717850c26c9cd0d89d@bob.xmpp.org",
      })
  void isVerifiable_noHashThatWeCheck_isFalse(String value) {
    ContentId cid = ContentId.of(value);
    assertThat(cid.isVerifiable()).isFalse();
    assertThat(cid.algorithm()).isEmpty();
    assertThat(cid.matches(ABC)).isFalse();
  }

  @Test
  void of_text_isKeptAsItIs() {
    assertThat(ContentId.of(" A/..\u00e9 ")).hasToString(" A/..\u00e9 ");
    assertThat(ContentId.of("a")).isNotEqualTo(ContentId.of("A"));
    assertThat(ContentId.of("\u00e9")).isNotEqualTo(ContentId.of("e\u0301"));
    assertThat(ContentId.of("a")).isEqualTo(ContentId.of("a")).hasSameHashCodeAs(ContentId.of("a"));
    assertThat(ContentId.of("a")).isLessThan(ContentId.of("b"));
  }

  @Test
  void of_greatestLength_isCountedInBytes() {
    assertThat(ContentId.of("x".repeat(1023)).value()).hasSize(1023);
    assertThat(ContentId.of("\u4e2d".repeat(341)).value()).hasSize(341);
    for (String tooLong : new String[] {"x".repeat(1024), "\u4e2d".repeat(342)}) {
      assertThatThrownBy(() -> ContentId.of(tooLong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "'"
                  + tooLong.substring(0, 100)
                  + "...' is no content-id: it is longer than 1023 bytes"
                  + " (docs/errors.md#malformed-content-id)");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0x1F, 0x7F, 0x85, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF})
  void of_forbiddenCharacter_saysSo(int code) {
    String value = "a" + (char) code;
    assertThatThrownBy(() -> ContentId.of(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no content-id: it holds a character that it may not");
  }

  @Test
  void of_hostileText_isShownCutAndCleaned() {
    assertThatThrownBy(() -> ContentId.of("\u202e\u2028\ud83e\uddf5".repeat(500)))
        .hasMessage(
            "'"
                + "\uFFFD\uFFFD\ud83e\uddf5".repeat(33)
                + "\uFFFD...' is no content-id: it is longer than 1023 bytes"
                + " (docs/errors.md#malformed-content-id)");
  }

  @Test
  void of_empty_saysSo() {
    assertThatThrownBy(() -> ContentId.of(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'' is no content-id: it is empty (docs/errors.md#malformed-content-id)");
  }
}
