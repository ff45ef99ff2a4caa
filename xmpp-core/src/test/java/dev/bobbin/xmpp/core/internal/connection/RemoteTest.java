package dev.bobbin.xmpp.core.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server said, in a message of ours. */
class RemoteTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"\n", "\u0085", "\u2028", "\u2029", "\u202E", "\u2066", "\u200F", "\uD800"})
  void text_whatBreaksOrTurnsTheLine_isReplaced(String hostile) {
    assertThat(Remote.text("a" + hostile + "b")).isEqualTo("a\uFFFDb");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00FC", "\u05D0", "\uD83D\uDE00"})
  void text_letters_stay(String letter) {
    assertThat(Remote.text(letter)).isEqualTo(letter);
  }
}
