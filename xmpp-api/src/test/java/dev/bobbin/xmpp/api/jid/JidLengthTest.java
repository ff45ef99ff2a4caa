package dev.bobbin.xmpp.api.jid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7622 sections 3.2 to 3.4: each part is at most 1023 bytes of UTF-8. */
class JidLengthTest {
  private static final String DOMAIN_1023 = ("a".repeat(63) + ".").repeat(16).substring(0, 1023);

  /** One, two, three and four bytes a character. */
  @ParameterizedTest
  @ValueSource(strings = {"a", "\u00E9", "\u4E2D", "\uD840\uDC00"})
  void of_localOf1023Bytes_isTakenAndOneMoreIsNot(String letter) {
    String longest = filled(letter);

    assertThat(Jid.of(longest + "@b").local()).contains(longest);
    assertTooLong(longest + "a@b", "local");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "\u00E9", "\u4E2D", "\uD83D\uDE00"})
  void of_resourceOf1023Bytes_isTakenAndOneMoreIsNot(String letter) {
    String longest = filled(letter);

    assertThat(Jid.of("b/" + longest).resource()).contains(longest);
    assertTooLong("b/" + longest + "a", "resource");
    assertThat(Jid.of("b").withResource(longest).resource()).contains(longest);
    assertThatThrownBy(() -> Jid.of("b").withResource(longest + "a"))
        .isInstanceOf(MalformedJidException.class);
  }

  @Test
  void of_domainOf1023Bytes_isTakenAndOneMoreIsNot() {
    assertThat(DOMAIN_1023).hasSize(1023);
    assertThat(Jid.of(DOMAIN_1023).domain()).isEqualTo(DOMAIN_1023);
    assertTooLong(DOMAIN_1023.substring(0, 1022) + ".a", "domain");
  }

  @Test
  void of_multiByteDomain_countsBytes() {
    String label = "\u4E2D".repeat(63) + "."; // 190 bytes

    assertThat(Jid.of(label.repeat(5) + "\u4E2D".repeat(24) + "a").domain()).hasSize(345);
    assertTooLong(label.repeat(5) + "\u4E2D".repeat(24) + "ab", "domain");
  }

  @Test
  void of_eachPartAtItsLongest_isTaken() {
    String whole = filled("a") + '@' + DOMAIN_1023 + '/' + filled("b");

    assertThat(Jid.of(whole)).hasToString(whole);
  }

  @Test
  void of_partThatGrowsWhenPrepared_countsThePreparedForm() {
    String two = "\u0130".repeat(341); // 2 bytes each; lower case takes 3

    assertThat(Jid.of(two + "@b").local()).contains("i\u0307".repeat(341));
    assertTooLong(two + "\u0130@b", "local");
  }

  @Test
  void of_partThatShrinksWhenPrepared_countsThePreparedForm() {
    String decomposed = "e\u0301".repeat(511); // 3 bytes each; composed 2

    assertThat(Jid.of(decomposed + "@b").local()).contains("\u00E9".repeat(511));
    assertThat(Jid.of("b/" + decomposed).resource()).contains("\u00E9".repeat(511));
  }

  private static String filled(String letter) {
    int bytes = letter.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    return letter.repeat(1023 / bytes) + "a".repeat(1023 % bytes);
  }

  private static void assertTooLong(String text, String part) {
    assertThatThrownBy(() -> Jid.of(text))
        .isInstanceOf(MalformedJidException.class)
        .hasMessageContaining("the " + part + " part is longer than 1023 bytes");
  }
}
