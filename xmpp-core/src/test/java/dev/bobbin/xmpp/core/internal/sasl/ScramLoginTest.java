package dev.bobbin.xmpp.core.internal.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the RFCs, and servers that do not mean well. */
@Timeout(30)
class ScramLoginTest {
  private static final String MALFORMED = "the server's first SCRAM message is malformed";
  private static final String UNACCEPTABLE = "the server's first SCRAM message is not acceptable";
  private static final String WRONG =
      "the server's SCRAM signature is wrong: it may be an impostor";
  private static final String CLIENT_NONCE = "rOprNGfwEbeRWgbNEkqO";
  private static final String SERVER_FIRST =
      "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
  private static final String SIGNATURE = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

  private static ScramLogin sha256() throws SaslException {
    return new ScramLogin("SCRAM-SHA-256", "user", "pencil".toCharArray(), () -> CLIENT_NONCE);
  }

  private static String base64(String message) {
    return Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  @Test
  void exchange_exampleOfRfc7677_isTheSame() throws Exception {
    ScramLogin login = sha256();

    assertThat(text(login.first())).isEqualTo("n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
    assertThat(text(login.answer(base64(SERVER_FIRST))))
        .isEqualTo(
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
    assertThat(login.isVerified()).isFalse();
    login.verify(base64(SIGNATURE));
    assertThat(login.isVerified()).isTrue();
  }

  @Test
  void exchange_exampleOfRfc5802_isTheSame() throws Exception {
    ScramLogin login =
        new ScramLogin(
            "SCRAM-SHA-1", "user", "pencil".toCharArray(), () -> "fyko+d2lbbFgONRv9qkxdawL");

    assertThat(text(login.first())).isEqualTo("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL");
    assertThat(
            text(
                login.answer(
                    base64(
                        "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,"
                            + "i=4096"))))
        .isEqualTo(
            "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,"
                + "p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
    login.verify(base64("v=rmF9pqV8S7suAoZWja4dJRkFsKQ="));
    assertThat(login.isVerified()).isTrue();
  }

  @Test
  void first_userWithCommaAndEqualsSign_isEscaped() throws Exception {
    ScramLogin login =
        new ScramLogin("SCRAM-SHA-256", "a=b,c", "pencil".toCharArray(), () -> CLIENT_NONCE);

    assertThat(text(login.first())).isEqualTo("n,,n=a=3Db=2Cc,r=rOprNGfwEbeRWgbNEkqO");
  }

  @Test
  void first_ownNonces_differAndAreLong() throws Exception {
    String one = text(new ScramLogin("SCRAM-SHA-256", "u", "p".toCharArray()).first());
    String two = text(new ScramLogin("SCRAM-SHA-256", "u", "p".toCharArray()).first());

    assertThat(one).matches("n,,n=u,r=[A-Za-z0-9+/]{32}").isNotEqualTo(two);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\uE000b", "\u06271", "\uFFF9"})
  void make_passwordThatCannotBePrepared_isRefusedWithoutQuotingIt(String password) {
    assertThatThrownBy(() -> new ScramLogin("SCRAM-SHA-256", "user", password.toCharArray()))
        .isInstanceOf(SaslException.class)
        .hasMessage(
            "user name or password is empty or holds a character that SASLprep (RFC 4013) forbids")
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource({"1", "4095", "1000001", "999999999"})
  void answer_iterationsOutOfBounds_areRefusedBeforeAnyWork(String iterations) throws Exception {
    ScramLogin login = sha256();
    login.first();

    assertThatThrownBy(
            () -> login.answer(base64(SERVER_FIRST.replace("i=4096", "i=" + iterations))))
        .isInstanceOf(SaslException.class)
        .hasMessage(
            "the server asks for "
                + iterations
                + " SCRAM iterations; from 4096 to 1000000 are accepted");
  }

  @Test
  void answer_mostIterations_areDone() throws Exception {
    ScramLogin login = sha256();
    login.first();

    assertThat(text(login.answer(base64(SERVER_FIRST.replace("i=4096", "i=1000000")))))
        .startsWith("c=biws,r=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i=0",
        "i=-4096",
        "i=+4096",
        "i=04096",
        "i=2147483648",
        "i=4294967296",
        "i=99999999999999999999",
        "i=\u0664\u0660\u0669\u0666",
        "i=4096 ",
        "i=",
        "i=4096,",
        "i=4096,x",
        "i=4096,x=",
        "i=4096,xy=1",
        "i=4096,1=1",
        "i=4096,m=must-know",
        "i=4096,d=Zm9v,m=must-know",
        "i=4096,x=\u0000",
        "x=1"
      })
  void answer_malformedIterations_areRefused(String iterations) throws Exception {
    assertRefused(SERVER_FIRST.replace("i=4096", iterations), MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "r=rOprNGfwEbeRWgbNEkqOx,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=!!!!,i=4096",
        "r=,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "r=rOprNGfwEbeRWgbNEkqO x,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "s=W22ZaJ0SNY7soEsUEjb6gQ==,r=rOprNGfwEbeRWgbNEkqOx,i=4096",
        "m=x,r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "e=other-error",
        "\u0000"
      })
  void answer_malformedMessage_isRefused(String message) throws Exception {
    assertRefused(message, MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "r=foreign,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "r=rOprNGfwEbeRWgbNEkq,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "r=ROPRNGFWEBERWGBNEKQOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        // The server has to add something of its own (RFC 5802 section 5.1).
        "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W,i=4096"
      })
  void answer_foreignNonceOrSalt_isRefused(String message) throws Exception {
    assertRefused(message, UNACCEPTABLE);
  }

  private static void assertRefused(String message, String why) throws SaslException {
    ScramLogin login = sha256();
    login.first();
    assertThatThrownBy(() -> login.answer(base64(message)))
        .isInstanceOf(SaslException.class)
        .hasMessage(why);
  }

  @Test
  void answer_notBase64OrTooLong_isRefused() throws Exception {
    ScramLogin login = sha256();
    login.first();

    assertThatThrownBy(() -> login.answer("not Base64"))
        .isInstanceOf(SaslException.class)
        .hasMessage("the server's SCRAM message is not Base64");
    assertThatThrownBy(() -> login.answer("A".repeat(4097)))
        .isInstanceOf(SaslException.class)
        .hasMessage("the server's SCRAM message is too long");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v=",
        "v=AAAA",
        "v=!!!!",
        "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl94G4=",
        "v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
        "x=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
        "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
      })
  void verify_wrongSignature_isRefused(String message) throws Exception {
    ScramLogin login = sha256();
    login.first();
    login.answer(base64(SERVER_FIRST));

    assertThatThrownBy(() -> login.verify(base64(message)))
        .isInstanceOf(SaslException.class)
        .hasMessage(WRONG);
    assertThat(login.isVerified()).isFalse();
  }

  @Test
  void verify_errorOfTheServer_isRefused() throws Exception {
    ScramLogin login = sha256();
    login.first();
    login.answer(base64(SERVER_FIRST));

    assertThatThrownBy(() -> login.verify(base64("e=invalid-proof")))
        .isInstanceOf(SaslException.class)
        .hasMessage("the server refused the SCRAM exchange");
    assertThat(login.isVerified()).isFalse();
  }

  @Test
  void verify_beforeTheChallenge_isRefused() throws Exception {
    ScramLogin login = sha256();
    login.first();

    assertThatThrownBy(() -> login.verify(base64(SIGNATURE)))
        .isInstanceOf(SaslException.class)
        .hasMessage(WRONG);
    assertThat(login.isVerified()).isFalse();
  }

  @Test
  void verify_twoCorrectSignatures_staysVerified() throws Exception {
    ScramLogin login = sha256();
    login.first();
    login.answer(base64(SERVER_FIRST));
    login.verify(base64(SIGNATURE));

    assertThat(login.isVerified()).isTrue();
    assertThatThrownBy(() -> login.answer(base64(SERVER_FIRST))).isInstanceOf(SaslException.class);
  }
}
