package dev.bobbin.xmpp.core.internal.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the RFCs, and servers that do not mean well. */
@Timeout(30)
class ScramExchangeTest {
  private static final String MALFORMED = "the server's first SCRAM message is malformed";
  private static final String WRONG =
      "the server's SCRAM signature is wrong: it may be an impostor";
  private static final String CLIENT_NONCE = "rOprNGfwEbeRWgbNEkqO";
  private static final String SERVER_FIRST =
      "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
  private static final String SIGNATURE = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

  private static ScramExchange sha256() {
    return sha256("user");
  }

  private static ScramExchange sha256(String user) {
    return of(Mechanism.SCRAM_SHA_256, Gs2Header.NOT_BINDING, user, CLIENT_NONCE);
  }

  private static ScramExchange of(Mechanism mechanism, Gs2Header gs2, String user, String nonce) {
    return new ScramExchange(mechanism, gs2, user, "pencil".toCharArray(), () -> nonce);
  }

  private static byte[] bytes(String message) {
    return message.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] message) {
    return new String(message, StandardCharsets.UTF_8);
  }

  @Test
  void exchange_exampleOfRfc7677_isTheSame() throws Exception {
    ScramExchange login = sha256();

    assertThat(text(login.initialResponse())).isEqualTo("n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
    assertThat(text(login.answer(bytes(SERVER_FIRST))))
        .isEqualTo(
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
    login.succeed(bytes(SIGNATURE));
  }

  @Test
  void exchange_exampleOfRfc5802_isTheSame() throws Exception {
    ScramExchange login =
        of(Mechanism.SCRAM_SHA_1, Gs2Header.NOT_BINDING, "user", "fyko+d2lbbFgONRv9qkxdawL");

    assertThat(text(login.initialResponse())).isEqualTo("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL");
    assertThat(
            text(
                login.answer(
                    bytes(
                        "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,"
                            + "i=4096"))))
        .isEqualTo(
            "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,"
                + "p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
    login.succeed(bytes("v=rmF9pqV8S7suAoZWja4dJRkFsKQ="));
  }

  /** Both proofs were computed by Python, from the password in UTF-8. */
  @ParameterizedTest
  @CsvSource({
    "SCRAM_SHA_256, 7rHXAPuHIiqlOaKd8wl/3PAA4OrqFZcI39MKvuGzSfQ=,"
        + " rnABRgPdLC7r6QkDC9eh0katF6HtA2jyLoiNMtnPr5o=",
    "SCRAM_SHA_1, 7rGPgq72xOKMDJRQnqxXULYFTPY=, RDDtdFB9Oi8dQUb1w/mjtr7GNvQ=",
  })
  void exchange_passwordBeyondAscii_isTheProofThatOthersCompute(
      Mechanism mechanism, String proof, String signature) throws Exception {
    char[] password = "\u00E4\u4E2D\uD840\uDC00\u00DF".toCharArray();
    ScramExchange login =
        new ScramExchange(mechanism, Gs2Header.NOT_BINDING, "user", password, () -> CLIENT_NONCE);

    assertThat(text(login.answer(bytes(SERVER_FIRST)))).endsWith(",p=" + proof);
    login.succeed(bytes("v=" + signature));
  }

  @Test
  void first_userWithCommaAndEqualsSign_isEscaped() throws Exception {
    ScramExchange login = sha256("a=b,c");

    assertThat(text(login.initialResponse())).isEqualTo("n,,n=a=3Db=2Cc,r=rOprNGfwEbeRWgbNEkqO");
  }

  @Test
  void first_ownNonces_differAndAreLong() throws Exception {
    String one = text(random().initialResponse());
    String two = text(random().initialResponse());

    assertThat(one).matches("n,,n=user,r=[A-Za-z0-9+/]{32}").isNotEqualTo(two);
  }

  private static ScramExchange random() {
    return new ScramExchange(
        Mechanism.SCRAM_SHA_256, Gs2Header.NOT_BINDING, "user", "pencil".toCharArray());
  }

  @Test
  void exchange_bound_signsTheData() throws Exception {
    Gs2Header bound = Gs2Header.binding(new ChannelBinding("tls-exporter", new byte[] {1, 2, -1}));
    ScramExchange login = of(Mechanism.SCRAM_SHA_256_PLUS, bound, "user", CLIENT_NONCE);

    assertThat(text(login.initialResponse()))
        .isEqualTo("p=tls-exporter,,n=user,r=rOprNGfwEbeRWgbNEkqO");
    String answer = text(login.answer(bytes(SERVER_FIRST)));
    byte[] input = Base64.getDecoder().decode(answer.substring(2, answer.indexOf(",r=")));
    assertThat(input).startsWith(bytes("p=tls-exporter,,")).endsWith(1, 2, -1).hasSize(19);
  }

  @Test
  void exchange_serverCannotBind_saysWhatWasBelieved() throws Exception {
    ScramExchange login =
        of(Mechanism.SCRAM_SHA_512, Gs2Header.SERVER_CANNOT, "user", CLIENT_NONCE);

    assertThat(text(login.initialResponse())).startsWith("y,,n=user,");
    assertThat(text(login.answer(bytes(SERVER_FIRST)))).startsWith("c=eSws,r=");
  }

  @ParameterizedTest
  @CsvSource({
    "1",
    "4095",
    "1000001",
    "2147483647",
    "2147483648",
    "4294971392",
    "9223372036854775808",
    "99999999999999999999"
  })
  void answer_iterationsOutOfBounds_areRefusedBeforeAnyWork(String iterations) throws Exception {
    ScramExchange login = sha256();

    assertThatThrownBy(() -> login.answer(bytes(SERVER_FIRST.replace("i=4096", "i=" + iterations))))
        .isInstanceOf(SaslException.class)
        .hasMessage(
            "the server asks for "
                + iterations
                + " SCRAM iterations; from 4096 to 1000000 are accepted");
  }

  /** To derive a key by so many takes a second; that the salt is next shows that they passed. */
  @ParameterizedTest
  @CsvSource({"4096", "1000000"})
  void answer_iterationsAtTheBounds_areTaken(String iterations) {
    assertRefused(
        "r=rOprNGfwEbeRWgbNEkqOx,s=W,i=" + iterations, "the server's SCRAM salt is not Base64");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i=0",
        "i=-4096",
        "i=+4096",
        "i=04096",
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
        "x=1",
        "i=4096,i=4096",
        "i=4096,s=AAAA",
        "i=4096,r=rOprNGfwEbeRWgbNEkqOx",
        "i=4096,v=AAAA"
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
        "r=xrOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        // The server has to add something of its own (RFC 5802 section 5.1).
        "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
      })
  void answer_foreignNonce_isRefused(String message) throws Exception {
    assertRefused(message, "the server's SCRAM nonce does not continue ours");
  }

  @ParameterizedTest
  @ValueSource(strings = {"W", "W22ZaJ0SNY7soEsUEjb6gQ", "W22ZaJ0SNY7soEsUEjb6gR=="})
  void answer_saltThatIsNoBase64_isRefused(String salt) throws Exception {
    assertRefused(
        "r=rOprNGfwEbeRWgbNEkqOx,s=" + salt + ",i=4096", "the server's SCRAM salt is not Base64");
  }

  @Test
  void answer_error_isQuotedAndCleaned() throws Exception {
    assertRefused(
        "e=unknown-user\n\u202E",
        "the server refused the SCRAM exchange with 'unknown-user\uFFFD\uFFFD'");
  }

  private static void assertRefused(String message, String why) {
    ScramExchange login = sha256();
    assertThatThrownBy(() -> login.answer(bytes(message)))
        .isInstanceOf(SaslException.class)
        .hasMessage(why);
  }

  @Test
  void answer_tooLong_isRefused() {
    assertRefused("x".repeat(4097), "the server's SCRAM message is longer than 4096 bytes");
  }

  private static ScramExchange answered() throws SaslException {
    ScramExchange login = sha256();
    login.answer(bytes(SERVER_FIRST));
    return login;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v=",
        "v=!!!!",
        "v=AAAA",
        "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl94G4=",
        "v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
        "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=,v=x",
        "d=x,v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
        "x=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
        "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
      })
  void succeed_wrongSignature_isRefused(String message) throws Exception {
    ScramExchange login = answered();

    assertThatThrownBy(() -> login.succeed(bytes(message)))
        .isInstanceOf(SaslException.class)
        .hasMessage(WRONG);
  }

  @Test
  void succeed_errorOfTheServer_isRefused() throws Exception {
    ScramExchange login = answered();

    assertThatThrownBy(() -> login.succeed(bytes("e=invalid-proof")))
        .isInstanceOf(SaslException.class)
        .hasMessage("the server refused the SCRAM exchange with 'invalid-proof'");
  }

  @Test
  void succeed_beforeTheChallenge_isRefused() {
    assertThatThrownBy(() -> sha256().succeed(bytes(SIGNATURE)))
        .isInstanceOf(SaslException.class)
        .hasMessage(
            "the server reported success without asking for a proof: it may be an impostor");
  }

  @Test
  void answer_signatureInAChallenge_isVerifiedOnceAndAnsweredByNothing() throws Exception {
    ScramExchange login = answered();

    assertThat(login.answer(bytes(SIGNATURE))).isEmpty();
    assertThatThrownBy(() -> login.answer(bytes(SIGNATURE)))
        .isInstanceOf(SaslException.class)
        .hasMessage("the server sent a challenge after its SCRAM signature");
    assertThatThrownBy(() -> login.succeed(bytes(SIGNATURE)))
        .isInstanceOf(SaslException.class)
        .hasMessage("the server sent more data after its SCRAM signature");
    login.succeed(new byte[0]);
  }

  private static List<Object> secrets(ScramExchange login) throws ReflectiveOperationException {
    List<Object> arrays = new ArrayList<>();
    for (Field field : ScramExchange.class.getDeclaredFields()) {
      if (field.getType().isArray()) {
        field.setAccessible(true);
        arrays.add(field.get(login));
      }
    }
    return arrays;
  }

  private static boolean isWiped(Object array) {
    return array instanceof char[] characters
        ? Arrays.equals(characters, new char[characters.length])
        : Arrays.equals((byte[]) array, new byte[((byte[]) array).length]);
  }

  @Test
  void close_whereverItStands_wipesWhatIsSecretAndEndsIt() throws Exception {
    for (ScramExchange login : List.of(sha256(), answered())) {
      List<Object> secrets = secrets(login);
      assertThat(secrets).anyMatch(array -> !isWiped(array));

      login.close();

      assertThat(secrets).hasSize(2).allMatch(ScramExchangeTest::isWiped);
      // With the key wiped, anybody could sign.
      assertThatThrownBy(() -> login.succeed(bytes(SIGNATURE)))
          .isInstanceOf(SaslException.class)
          .hasMessage("the SCRAM exchange is closed");
      assertThatThrownBy(() -> login.answer(bytes(SERVER_FIRST)))
          .isInstanceOf(SaslException.class)
          .hasMessage("the SCRAM exchange is closed");
    }
  }

  @Test
  void answer_proofGiven_thePasswordIsWipedAlready() throws Exception {
    assertThat(secrets(answered()))
        .filteredOn(char[].class::isInstance)
        .allMatch(ScramExchangeTest::isWiped);
  }
}
