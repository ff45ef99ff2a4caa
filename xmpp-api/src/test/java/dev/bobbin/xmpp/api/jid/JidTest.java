package dev.bobbin.xmpp.api.jid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class JidTest {
  @Test
  void of_mixedCase_lowersLocalAndDomainOnly() {
    assertThat(Jid.of("Juliet@EXAMPLE.com/Balcony")).hasToString("juliet@example.com/Balcony");
  }

  @Test
  void of_partsAndText_areEqual() {
    assertThat(Jid.of("juliet", "example.com", "a/b@c"))
        .isEqualTo(Jid.of("juliet@example.com/a/b@c"))
        .hasSameHashCodeAs(Jid.of("juliet@example.com/a/b@c"));
    assertThat(Jid.of(null, "example.com", null)).isEqualTo(Jid.of("example.com"));
  }

  @Test
  void of_separatorInsideAPart_isRefused() {
    assertMalformed(() -> Jid.of("a@b", "example.com", null));
    assertMalformed(() -> Jid.of("a/b", "example.com", null));
    assertMalformed(() -> Jid.of(null, "a@example.com", null));
    assertMalformed(() -> Jid.of(null, "example.com/a", null));
  }

  @Test
  void of_emptyPart_isRefused() {
    assertMalformed(() -> Jid.of(""));
    assertMalformed(() -> Jid.of("@example.com"));
    assertMalformed(() -> Jid.of("a@"));
    assertMalformed(() -> Jid.of("a@/b"));
    assertMalformed(() -> Jid.of("a@example.com/"));
    assertMalformed(() -> Jid.of("", "example.com", null));
    assertMalformed(() -> Jid.of("a", "", null));
    assertMalformed(() -> Jid.of("a", "example.com", ""));
  }

  @Test
  void of_null_isNamed() {
    assertThatNullPointerException().isThrownBy(() -> Jid.of(nothing())).withMessage("text");
    assertThatNullPointerException()
        .isThrownBy(() -> Jid.of("a", nothing(), "b"))
        .withMessage("domain");
    assertThatNullPointerException()
        .isThrownBy(() -> Jid.of("a@b").withResource(nothing()))
        .withMessage("newResource");
  }

  @Test
  void bare_ofFull_dropsTheResource() {
    Jid full = Jid.of("juliet@example.com/balcony");

    assertThat(full.isFull()).isTrue();
    assertThat(full.isBare()).isFalse();
    assertThat(full.bare()).isEqualTo(Jid.of("juliet@example.com"));
    assertThat(full.bare().isBare()).isTrue();
    assertThat(full.bare().isFull()).isFalse();
  }

  @Test
  void bare_ofBare_isItself() {
    Jid bare = Jid.of("juliet@example.com");

    assertThat(bare.bare()).isSameAs(bare);
  }

  @Test
  void withResource_ofFull_replacesIt() {
    assertThat(Jid.of("juliet@example.com/balcony").withResource("tomb"))
        .hasToString("juliet@example.com/tomb");
    assertThat(Jid.of("example.com").withResource("a\u0301")).hasToString("example.com/\u00E1");
  }

  @Test
  void withResource_malformed_quotesTheWholeAddress() {
    assertThatThrownBy(() -> Jid.of("juliet@example.com/balcony").withResource("to\nmb"))
        .hasMessage(
            "'juliet@example.com/to\uFFFDmb' is no JID: U+000A is not allowed in the resource part"
                + " (docs/errors.md#malformed-jid)");
  }

  @Test
  void equals_otherPartsOrTypes_differ() {
    Jid jid = Jid.of("a@b/c");

    assertThat(jid).isEqualTo(Jid.of("A@B/c"));
    assertThat(jid).isNotEqualTo(Jid.of("a@b/C"));
    assertThat(jid).isNotEqualTo(Jid.of("a@b"));
    assertThat(jid).isNotEqualTo(Jid.of("b/c"));
    assertThat(jid.equals(null)).isFalse();
    assertThat(jid.equals((Object) "a@b/c")).isFalse();
  }

  @Test
  void compareTo_severalJids_ordersByTextConsistentlyWithEquals() {
    List<Jid> jids = List.of(Jid.of("b@c"), Jid.of("a@c/x"), Jid.of("a@c"), Jid.of("A@c"));

    assertThat(new TreeSet<>(jids)).containsExactly(Jid.of("a@c"), Jid.of("a@c/x"), Jid.of("b@c"));
    assertThat(Jid.of("A@c").compareTo(Jid.of("a@C"))).isZero();
  }

  @Test
  void of_malformed_saysWhichPartAndWhy() {
    assertMessage("", "'' is no JID: the domain part is empty");
    assertMessage("a b@c", "'a b@c' is no JID: U+0020 is not allowed in the local part");
    assertMessage("a@b c", "'a@b c' is no JID: U+0020 is not allowed in the domain part");
    assertMessage("a@b..c", "'a@b..c' is no JID: the domain part has an empty label");
    assertMessage(
        "a@-b", "'a@-b' is no JID: a label of the domain part begins or ends with a hyphen");
    assertMessage("@b", "'@b' is no JID: the local part is empty");
    assertMessage("a@b/", "'a@b/' is no JID: the resource part is empty");
    assertMessage(
        "\u05D0a@b",
        "'\u05D0a@b' is no JID: the local part mixes writing directions (RFC 5893 section 2)");
    assertMessage("[1]", "'[1]' is no JID: the domain part is no IPv6 address in brackets");
    assertMessage(
        "a@" + "b".repeat(64),
        "'a@" + "b".repeat(64) + "' is no JID: a label of the domain part is longer than 63");
  }

  @Test
  void of_malformedParts_quotesThoseThatAreThere() {
    assertThatThrownBy(() -> Jid.of(null, "a b", null))
        .hasMessage(
            "'a b' is no JID: U+0020 is not allowed in the domain part"
                + " (docs/errors.md#malformed-jid)");
  }

  @Test
  void of_longMalformed_cutsAtOneHundredCharacters() {
    assertMessage(
        "\uD83D\uDE00".repeat(101) + "@b",
        "'"
            + "\uD83D\uDE00".repeat(100)
            + "...' is no JID: U+1F600 is not allowed in the local"
            + " part");
    assertMessage(
        " " + "x".repeat(99) + "",
        "' " + "x".repeat(99) + "' is no JID: a label of the domain part is longer than 63");
  }

  @Test
  void of_malformedWithControls_replacesThemInTheMessage() {
    assertMessage(
        "\u0000\n\u001B[2J\u202E\u200B\u2028\u2029\uD800@b",
        "'\uFFFD\uFFFD\uFFFD[2J\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD@b' is no JID: U+0000 is not allowed"
            + " in the local part");
  }

  private static void assertMessage(String text, String message) {
    assertThatThrownBy(() -> Jid.of(text))
        .isInstanceOf(MalformedJidException.class)
        .hasMessage(message + " (docs/errors.md#malformed-jid)");
  }

  private static void assertMalformed(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatExceptionOfType(MalformedJidException.class).isThrownBy(call);
  }

  @SuppressWarnings("NullAway") // Stands for a caller that is not checked for nulls.
  private static <T> T nothing() {
    return null;
  }
}
