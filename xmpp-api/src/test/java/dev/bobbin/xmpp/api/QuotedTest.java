package dev.bobbin.xmpp.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotedTest {
  @Test
  void cut_shorterOrLonger_addsDotsOnlyWhenCut() {
    assertThat(Quoted.cut("", 3)).isEmpty();
    assertThat(Quoted.cut("abc", 3)).isEqualTo("abc");
    assertThat(Quoted.cut("abcd", 3)).isEqualTo("abc...");
    assertThat(Quoted.of("x".repeat(101))).isEqualTo("x".repeat(100) + "...");
  }

  @Test
  void cut_pairs_countsThemOnceAndNeverSplits() {
    assertThat(Quoted.cut("\uD83D\uDE00".repeat(3), 3)).isEqualTo("\uD83D\uDE00".repeat(3));
    assertThat(Quoted.cut("\uD83D\uDE00".repeat(3), 2)).isEqualTo("\uD83D\uDE00".repeat(2) + "...");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000",
        "\n",
        "\r",
        "\u001B",
        "\u007F",
        "\u0085",
        "\u00AD",
        "\u200B",
        "\u202E",
        "\u2066",
        "\u2028",
        "\u2029",
        "\uFEFF",
        "\uD800",
        "\uDC00",
        "\uDB40\uDC41"
      })
  void of_whatIsNotPrinted_isReplaced(String bad) {
    assertThat(Quoted.of("a" + bad + "b")).isEqualTo("a\uFFFDb");
  }

  @Test
  void of_printable_isKept() {
    String text = "a '\"<>&\u00E9\u05D0\u4E2D\uD83D\uDE00\u0301 ";

    assertThat(Quoted.of(text)).isEqualTo(text);
  }
}
