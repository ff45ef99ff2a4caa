package dev.bobbin.xmpp.core.internal.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Credentials BY_PASSWORD = byPassword("r0m30");
  private static final Credentials NOBODY = Credentials.anonymous(Jid.of("example.org"));

  private static Credentials byPassword(String password) {
    return Credentials.byPassword(JULIET, Password.of(password.toCharArray()));
  }

  @ParameterizedTest
  @CsvSource({
    "juliet@example.org/balcony, true, false",
    "juliet@example.org, false, false",
    "romeo@example.org/balcony, false, true",
    "juliet@example.com/balcony, false, false",
    "example.org/balcony, false, false",
  })
  void permits_boundJid_onlyOurs(String bound, boolean ours, boolean alsoOfNobody) {
    Jid jid = Jid.of(bound);

    assertThat(BY_PASSWORD.permits(jid)).isEqualTo(ours);
    assertThat(Credentials.byCertificate(JULIET).permits(jid)).isEqualTo(ours);
    assertThat(NOBODY.permits(jid)).isEqualTo(ours || alsoOfNobody);
  }

  @Test
  void claimed_nobody_isAbsent() {
    assertThat(BY_PASSWORD.claimed()).contains(JULIET);
    assertThat(NOBODY.claimed()).isEmpty();
  }

  @Test
  void restrictedTo_unknownName_asksForTheNearest() {
    assertThatThrownBy(() -> BY_PASSWORD.restrictedTo(List.of("PLAIN", "SCRAM-SHA256")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "No SASL mechanism named 'SCRAM-SHA256' is spoken here; did you mean 'SCRAM-SHA-256'?"
                + " There are: SCRAM-SHA-512-PLUS, SCRAM-SHA-512, SCRAM-SHA-256-PLUS,"
                + " SCRAM-SHA-256, SCRAM-SHA-1-PLUS, SCRAM-SHA-1, PLAIN, EXTERNAL, ANONYMOUS"
                + " (docs/errors.md#bad-mechanism)");
    assertThatThrownBy(() -> BY_PASSWORD.restrictedTo(List.of("plain")))
        .hasMessageStartingWith(
            "No SASL mechanism named 'plain' is spoken here; did you mean 'PLAIN'?");
  }

  @Test
  void restrictedTo_whatCannotWork_saysHowItWould() {
    assertThatThrownBy(() -> BY_PASSWORD.restrictedTo(List.of("SCRAM-SHA-1", "EXTERNAL")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "EXTERNAL proves who logs in by a client certificate, and this client by a password:"
                + " begin with XmppClient.external(account), or name some of [SCRAM-SHA-512-PLUS,"
                + " SCRAM-SHA-512, SCRAM-SHA-256-PLUS, SCRAM-SHA-256, SCRAM-SHA-1-PLUS,"
                + " SCRAM-SHA-1, PLAIN] (docs/errors.md#bad-mechanism)");
    assertThatThrownBy(() -> NOBODY.restrictedTo(List.of("SCRAM-SHA-1")))
        .hasMessage(
            "SCRAM-SHA-1 proves who logs in by a password, and this client by nothing: begin with"
                + " XmppClient.builder(account, password), or name some of [ANONYMOUS]"
                + " (docs/errors.md#bad-mechanism)");
    assertThatThrownBy(() -> NOBODY.restrictedTo(List.of()))
        .hasMessage(
            "No SASL mechanism is named; name some of [ANONYMOUS] (docs/errors.md#bad-mechanism)");
  }

  @Test
  void begin_singleMessages_areThoseOfTheirRfcs() throws Exception {
    assertThat(first(byPassword("r0m30"), Mechanism.PLAIN)).isEqualTo("\0juliet\0r0m30");
    assertThat(first(byPassword("\u00E4\u4E2D\uD840\uDC00\u00AD\uFF21"), Mechanism.PLAIN))
        .isEqualTo("\0juliet\0\u00E4\u4E2D\uD840\uDC00A");
    assertThat(first(Credentials.byCertificate(JULIET), Mechanism.EXTERNAL))
        .isEqualTo("juliet@example.org");
    assertThat(first(NOBODY, Mechanism.ANONYMOUS)).isEmpty();
  }

  private static String first(Credentials credentials, Mechanism mechanism) throws Exception {
    try (SaslExchange exchange = credentials.begin(mechanism, Gs2Header.NOT_BINDING)) {
      return new String(exchange.initialResponse(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource({"PLAIN", "EXTERNAL", "ANONYMOUS"})
  void singleMessage_challengeOrData_isRefused(Mechanism mechanism) throws Exception {
    Credentials credentials =
        switch (mechanism) {
          case PLAIN -> BY_PASSWORD;
          case EXTERNAL -> Credentials.byCertificate(JULIET);
          default -> NOBODY;
        };
    try (SaslExchange exchange = credentials.begin(mechanism, Gs2Header.NOT_BINDING)) {
      assertThatThrownBy(() -> exchange.answer(new byte[0]))
          .isInstanceOf(SaslException.class)
          .hasMessage("the server sent a challenge, which " + mechanism + " does not have");
      assertThatThrownBy(() -> exchange.succeed(new byte[1]))
          .hasMessage("the server sent data with its success, which " + mechanism + " lacks");
      exchange.succeed(new byte[0]);
    }
  }

  @Test
  void begin_source_isAskedOnceAndItsArrayWiped() throws Exception {
    char[] given = "r0m30".toCharArray();
    Credentials credentials = Credentials.byPassword(JULIET, Password.from(() -> given));

    assertThat(first(credentials, Mechanism.PLAIN)).isEqualTo("\0juliet\0r0m30");
    assertThat(given).containsOnly('\0');
  }

  @Test
  void begin_keptPassword_isACopyAndStays() throws Exception {
    char[] given = "r0m30".toCharArray();
    Credentials credentials = Credentials.byPassword(JULIET, Password.of(given));
    java.util.Arrays.fill(given, 'x');

    assertThat(first(credentials, Mechanism.PLAIN)).isEqualTo("\0juliet\0r0m30");
    assertThat(first(credentials, Mechanism.PLAIN)).isEqualTo("\0juliet\0r0m30");
  }

  @Test
  void toString_holdsNoPassword() {
    assertThat(Password.of("r0m30".toCharArray())).hasToString("(password)");
    assertThat(BY_PASSWORD.toString()).doesNotContain("r0m30");
  }
}
