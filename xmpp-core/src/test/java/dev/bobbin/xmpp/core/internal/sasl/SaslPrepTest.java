package dev.bobbin.xmpp.core.internal.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaslPrepTest {
  private static String prepared(String password) throws SaslException {
    return new String(SaslPrep.password(password.toCharArray()));
  }

  @ParameterizedTest
  @CsvSource({
    // RFC 4013 section 3.
    "I\u00ADX, IX",
    "user, user",
    "USER, USER",
    "\u00AA, a",
    "\u2168, IX",
    // Full width, other spaces, composition.
    "\uFF52\uFF10\uFF4D\uFF13\uFF10, r0m30",
    "'a\u00A0b\u3000c', 'a b c'",
    "e\u0301, \u00E9",
    "\u05D0\u05D1, \u05D0\u05D1",
    "' ~!', ' ~!'",
    "a\u200Bb, ab",
  })
  void password_allowed_isPrepared(String raw, String expected) throws Exception {
    assertThat(prepared(raw)).isEqualTo(expected);
    assertThat(SaslPrep.userName(raw)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret\u0007", // RFC 4013 section 3
        "\u0627secret1", // the same: starts right to left and does not end so
        "secret\u0000",
        "secret\u007F",
        "secret\uE000",
        "secret\uFFF9",
        "secret\uD800",
        "secret\uFFFE",
        "secret\u2028",
        "secret\uDB40\uDC41",
      })
  void password_forbidden_isRefusedWithoutQuotingIt(String raw) {
    assertThatThrownBy(() -> prepared(raw))
        .isInstanceOf(SaslException.class)
        .hasMessage("the password is empty, or holds a character that SASLprep (RFC 4013) forbids")
        .hasNoCause();
    assertThatThrownBy(() -> SaslPrep.userName(raw))
        .isInstanceOf(SaslException.class)
        .hasMessage("the user name holds a character that SASLprep (RFC 4013) forbids")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u00AD", "\u00AD\u200B"})
  void password_nothingLeft_isRefused(String raw) {
    assertThatThrownBy(() -> prepared(raw))
        .isInstanceOf(SaslException.class)
        .hasMessage("the password is empty, or holds a character that SASLprep (RFC 4013) forbids");
  }

  @Test
  void unassignedInUnicode32_onlyAUserNameMayHoldIt() throws Exception {
    String unassigned = "a\u0221"; // RFC 3454 table A.1

    assertThat(SaslPrep.userName(unassigned)).isEqualTo(unassigned);
    assertThatThrownBy(() -> prepared(unassigned)).isInstanceOf(SaslException.class);
  }
}
