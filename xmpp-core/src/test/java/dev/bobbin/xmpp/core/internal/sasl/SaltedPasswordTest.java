package dev.bobbin.xmpp.core.internal.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that were computed by Python's {@code hashlib.pbkdf2_hmac}. */
class SaltedPasswordTest {
  private static final String BEYOND_ASCII = "\u00E4\u4E2D\uD840\uDC00\u00DF";

  private static byte[] salt() {
    return "salt".getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "SCRAM_SHA_1, pencil, 1, d27d9bf6fc05e05e8513a5cfa79aeb021e713c45",
    "SCRAM_SHA_1_PLUS, pencil, 4096, 3d7e09882145ad17808119807c66cadbbdcc0461",
    "SCRAM_SHA_256, pencil, 4096,"
        + " 0997564f292923271312698037b6b0a06a8be7fbd912480847c5a1ace4b8d1c7",
    "SCRAM_SHA_1," + BEYOND_ASCII + ", 4096, fb19ec6e521770dd558e5b687ad66539c99643bb",
    "SCRAM_SHA_256_PLUS,"
        + BEYOND_ASCII
        + ", 4096,"
        + " 0b317d16c1513e4997f08f43aabed370b09617bc5026f843709c6964534c03c3",
    "SCRAM_SHA_512,"
        + BEYOND_ASCII
        + ", 4096,"
        + " b5fe2792b607be2c270562db2bbdb41ee109b037ffa15e851ef01fcdc0aa4a37"
        + "7156640f1ac0261051ee060b19f61fb579539e328272d4847a3cd1930ce4190e",
  })
  void of_password_isTheKeyThatOthersCompute(
      Mechanism mechanism, String password, int iterations, String key) throws Exception {
    assertThat(SaltedPassword.of(mechanism, password.toCharArray(), salt(), iterations))
        .isEqualTo(HexFormat.of().parseHex(key));
  }

  /** HMAC hashes such a key first. */
  @Test
  void of_passwordLongerThanABlock_isTheKeyThatOthersCompute() throws Exception {
    char[] password = "x".repeat(129).toCharArray();

    assertThat(SaltedPassword.of(Mechanism.SCRAM_SHA_512_PLUS, password, salt(), 4096))
        .isEqualTo(
            HexFormat.of()
                .parseHex(
                    "b0acfbcb5ba41e11486ba1cdcee4349e05737a34143268bf89c9958f66029409"
                        + "0d881571994a151e6b5451ff421e97ac775460359de2ae80cc734fd6958df0ff"));
  }

  @Test
  void of_loneSurrogate_isRefusedAndNotReplaced() {
    assertThatThrownBy(
            () ->
                SaltedPassword.of(
                    Mechanism.SCRAM_SHA_256, "r0m30\uD800".toCharArray(), salt(), 4096))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the password is no Unicode text");
  }
}
