package dev.bobbin.xmpp.api.jid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that somebody means to do harm with. */
class JidHostileTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000", // NUL
        "\u0009", // a C0 control
        "\u007F", // DEL
        "\u0085", // a C1 control
        "\uD800", // lone high surrogate
        "\uDC00", // lone low surrogate
        "\u0378", // unassigned
        "\uE000", // private use
        "\uFDD0", // noncharacter
        "\uFFFF", // noncharacter
        "\u200B", // zero-width space
        "\u200C", // zero-width non-joiner
        "\u200D", // zero-width joiner
        "\u2060", // word joiner
        "\uFEFF", // byte order mark
        "\u00AD", // soft hyphen
        "\u034F", // grapheme joiner
        "\u180E", // vowel separator
        "\u202E", // right-to-left override
        "\u2066", // left-to-right isolate
        "\u2028", // line separator
        "\u2029", // paragraph separator
        "\uFE0F", // variation selector
        "\u115F", // Hangul filler
        "\u3164", // Hangul filler
        "\u1100", // old Hangul jamo
        "\uDB40\uDC41", // tag
        "\uDBBF\uDFFE" // noncharacter of a plane above
      })
  void of_disallowedCodePoint_isRefusedInEachPart(String bad) {
    assertMalformed("a" + bad + "b@example.com");
    assertMalformed("a@ex" + bad + "ample.com");
    assertMalformed("a@example.com/a" + bad + "b");
    assertMalformed(bad + "@example.com");
    assertMalformed("a@example.com/" + bad);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {" ", "\u00A0", "\u3000", "\u2003", "\u265A", "\u2163", "\u00BD", "\u20AC"})
  void of_spaceOrSymbol_isRefusedInTheLocalPart(String bad) {
    assertMalformed("a" + bad + "b@example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"", "&", "'", "/", ":", "<", ">", "@"})
  void of_forbiddenAscii_isRefusedInTheLocalPart(String bad) {
    assertThatThrownBy(() -> Jid.of("a" + bad + "b", "example.com", null))
        .isInstanceOf(MalformedJidException.class);
  }

  /** A full-width form becomes what it stands for, which must not bring in a separator. */
  @ParameterizedTest
  @ValueSource(strings = {"\uFF20", "\uFF0F", "\uFF1C", "\uFF02", "\uFF06", "\uFF07", "\uFF1A"})
  void of_fullWidthSeparator_isRefused(String bad) {
    assertMalformed("a" + bad + "b@example.com");
    assertMalformed("a@ex" + bad + "ample.com");
  }

  @Test
  void of_fullWidthLetters_becomeAscii() {
    assertThat(Jid.of("\uFF21\uFF44min@\uFF25xample.com")).isEqualTo(Jid.of("admin@example.com"));
  }

  @Test
  void of_fullWidthLettersInResource_areKept() {
    assertThat(Jid.of("a@b/\uFF21").resource()).contains("\uFF21");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u05D0a@b", // right to left, then left to right
        "a\u05D0@b",
        "\u05D0-@b", // ends in punctuation
        "1\u05D0@b", // begins with a digit
        "\u0661@b", // begins with an Arabic digit
        "\u0627\u06611@b", // both kinds of digits
        "\u0301\u05D0@b" // begins with a mark
      })
  void of_mixedDirections_isRefusedInTheLocalPart(String text) {
    assertMalformed(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u05D0\u05D1@b", "\u05D0-1@b", "\u0627\u0661@b", "\u05D0\u05B8@b"})
  void of_rightToLeft_isTakenInTheLocalPart(String text) {
    assertThat(Jid.of(text)).hasToString(text);
  }

  @Test
  void of_doubleSeparators_areRefusedOrPartOfTheResource() {
    assertMalformed("a@@b");
    assertMalformed("@@");
    assertMalformed("@");
    assertMalformed("/");
    assertMalformed("//");
    assertMalformed("@/");
    assertMalformed("a@b@c");
    assertThat(Jid.of("a@b//").resource()).contains("/");
    assertThat(Jid.of("a@b//c@d").resource()).contains("/c@d");
  }

  @Test
  void of_oneMebibyte_isRefused() {
    String huge = "a".repeat(1 << 20);

    assertMessage(
        Jid::of,
        huge,
        "'" + "a".repeat(100) + "...' is no JID: it is longer than three parts of 1023 bytes");
    assertMessage(
        part -> Jid.of(part, "b", null),
        huge,
        "'" + "a".repeat(100) + "...' is no JID: the local part is longer than 1023 bytes");
    assertMessage(
        part -> Jid.of(null, part, null),
        huge,
        "'" + "a".repeat(100) + "...' is no JID: the domain part is longer than 1023 bytes");
    assertMessage(
        part -> Jid.of("b").withResource(part),
        huge,
        "'b/" + "a".repeat(98) + "...' is no JID: the resource part is longer than 1023 bytes");
  }

  /** Two classes of marks in turn: sorting them takes quadratic time unless the length is bound. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void of_oneMebibyteOfMarks_isRefused() {
    String marks = "a" + "\u0301\u0316".repeat(1 << 19);

    assertMessage(part -> Jid.of(part, "b", null), marks, "longer than 1023 bytes");
    assertMessage(part -> Jid.of(null, part, null), marks, "longer than 1023 bytes");
    assertMessage(part -> Jid.of("a", "b", part), marks, "longer than 1023 bytes");
  }

  /** One ligature that stands for eighteen characters. */
  @Test
  void of_domainThatExpands_isRefused() {
    assertMalformed("\uFDFA".repeat(1023));
  }

  private static void assertMalformed(String text) {
    assertThatThrownBy(() -> Jid.of(text))
        .as(text)
        .isInstanceOf(MalformedJidException.class)
        .hasMessageEndingWith(" (docs/errors.md#malformed-jid)");
  }

  private static void assertMessage(Function<String, Jid> read, String text, String part) {
    assertThatThrownBy(() -> read.apply(text))
        .isInstanceOf(MalformedJidException.class)
        .hasMessageContaining(part);
  }
}
