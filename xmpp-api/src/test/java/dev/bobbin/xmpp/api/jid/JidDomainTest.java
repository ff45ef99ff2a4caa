package dev.bobbin.xmpp.api.jid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7622 section 3.2. */
class JidDomainTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "example.com",
        "127.0.0.1",
        "a-b.c_d.example",
        "xn--a",
        "m\u00FCnchen.example",
        "\u4F8B\u3048.\u30C6\u30B9\u30C8",
        "\u05D0\u05D1.example"
      })
  void of_hostName_isTakenAsItIs(String text) {
    assertThat(Jid.of(text).domain()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "M\u00DCNCHEN.example",
        "mu\u0308nchen.example",
        "xn--mnchen-3ya.example",
        "XN--MNCHEN-3YA.EXAMPLE",
        "m\u00FCnchen\u3002example",
        "m\u00FCnchen\uFF0Eexample",
        "m\u00FCnchen\uFF61example",
        "\uFF4D\u00FCnchen.example.",
      })
  void of_otherSpellingsOfAHostName_areOneDomain(String text) {
    assertThat(Jid.of(text).domain()).isEqualTo("m\u00FCnchen.example");
  }

  @Test
  void of_trailingDot_isDroppedOnce() {
    assertThat(Jid.of("a@example.com./b")).isEqualTo(Jid.of("a@example.com/b"));
    assertMalformed("a@example.com../b");
    assertMalformed("a@./b");
    assertMalformed(".");
    assertMalformed("..");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".example.com",
        "a..b",
        "-a.example",
        "a-.example",
        "a b",
        "a!b",
        "a%b",
        "a\\b",
        "a:5222",
        "\u0301a.example",
        "a.\u0301a",
        "\u2100.example", // becomes a/c
        "\u265A.example",
        "\u05D0a.example",
        "\u0661.example"
      })
  void of_noHostName_isRefused(String text) {
    assertMalformed(text);
  }

  @Test
  void of_labelOf63Characters_isTakenAndOneMoreIsNot() {
    assertThat(Jid.of("a".repeat(63) + ".b").domain()).hasSize(65);
    assertMalformed("a".repeat(64) + ".b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[::]",
        "[::1]",
        "[1::]",
        "[2001:db8::ff00:42:8329]",
        "[1:2:3:4:5:6:7:8]",
        "[1:2:3:4:5:6:7::]",
        "[::2:3:4:5:6:7:8]",
        "[1::3:4:5:6:7:8]",
        "[::ffff:192.0.2.1]",
        "[1:2:3:4:5:6:192.0.2.1]",
        "[::0.0.0.0]"
      })
  void of_ipv6InBrackets_isTaken(String text) {
    assertThat(Jid.of("a@" + text + "/b").domain()).isEqualTo(text);
  }

  @Test
  void of_ipv6InUpperCase_isLowered() {
    assertThat(Jid.of("[2001:DB8::A]").domain()).isEqualTo("[2001:db8::a]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "]",
        "[]",
        "[:]",
        "[:::]",
        "[::1",
        "::1",
        "::1]",
        "[::1]x",
        "[::1]:5222",
        "[[::1]]",
        "[1:2:3:4:5:6:7]",
        "[1:2:3:4:5:6:7:8:9]",
        "[1:2:3:4:5:6:7:8::]",
        "[1:2:3:4::5:6:7:8]",
        "[1::2::3]",
        "[12345::]",
        "[g::]",
        "[:1::]",
        "[1::2:]",
        "[1.2.3.4]",
        "[1.2.3.4::]",
        "[::1.2.3]",
        "[::1.2.3.4.5]",
        "[::1.2.3.256]",
        "[::1.2.3.04]",
        "[::1.2.3.]",
        "[::1.2.3.1000]",
        "[1:2:3:4:5:6:7:192.0.2.1]",
        "[fe80::1%eth0]",
        "[v1.a:b]",
        "[\uFF11::]",
        "[\u0661::]",
        "[example.com]"
      })
  void of_noIpv6InBrackets_isRefused(String text) {
    assertMalformed(text);
  }

  /** Punycode of U+2C00, a capital letter that came after the tables of IDNA2003. */
  @Test
  void of_encodedCapitalLetter_isRefused() {
    String encoded = java.net.IDN.toASCII("\u2C00", java.net.IDN.ALLOW_UNASSIGNED);
    assertThat(encoded).isEqualTo("xn--gdj");
    assertThat(java.net.IDN.toUnicode(encoded, java.net.IDN.ALLOW_UNASSIGNED)).isEqualTo("\u2C00");

    assertThatThrownBy(() -> Jid.of(encoded))
        .hasMessageContaining("a label of the domain part is no host name once decoded");
  }

  private static void assertMalformed(String text) {
    assertThatThrownBy(() -> Jid.of(text)).as(text).isInstanceOf(MalformedJidException.class);
  }
}
