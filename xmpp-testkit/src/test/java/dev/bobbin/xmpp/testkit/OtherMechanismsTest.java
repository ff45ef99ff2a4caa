package dev.bobbin.xmpp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PLAIN, ANONYMOUS, and accounts that are refused. */
class OtherMechanismsTest {
  private static final String SUCCESS =
      "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'></success>";
  private static LoopbackServer server;

  private RawClient client;

  @BeforeAll
  static void startServer() {
    server =
        Servers.builder()
            .account("juliet", "secret1")
            .account("zoë", "pässword")
            .refusedAccount("tybalt", "secret3", "account-disabled")
            .refusedAccount("paris", "secret4", "credentials-expired")
            .mechanisms("ANONYMOUS", "PLAIN", "SCRAM-SHA-256")
            .start();
  }

  @AfterAll
  static void closeServer() {
    server.close();
  }

  @BeforeEach
  void connect() throws IOException {
    client = RawClient.secured(server);
  }

  /** The next test wants the resource for itself, and the server is told of the end in its time. */
  @AfterEach
  void disconnect() throws IOException {
    client.close();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!server.sessions().isEmpty() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  private String bound() throws IOException {
    assertThat(client.open()).isEqualTo(RawClient.BOUND_FEATURES);
    return client.bind("balcony");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\0juliet\0secret1", "juliet@example.org\0juliet\0secret1", "\0JULIET\0secret1"})
  void plain_rightPassword_succeeds(String message) throws IOException {
    client.send(RawClient.auth("PLAIN", message));
    client.expect(SUCCESS);

    assertThat(bound()).isEqualTo("juliet@example.org/balcony");
  }

  @Test
  void plain_beyondAscii_isComparedInFormNfkc() throws IOException {
    client.send(RawClient.auth("PLAIN", "\0zoë\0pa\u0308ssword"));

    client.expect(SUCCESS);
  }

  @Test
  void plain_withoutInitialResponse_isAskedForIt() throws IOException {
    client.send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'/>");
    assertThat(client.challenge()).isEmpty();
    client.send(RawClient.response("\0juliet\0secret1"));

    client.expect(SUCCESS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\0juliet\0secret2", "\0juliet\0unknown", "\0romeo\0unknown", "\0a b\0secret1"})
  void plain_wrongPasswordOrName_isNotAuthorized(String message) throws IOException {
    client.send(RawClient.auth("PLAIN", message));

    client.expect(RawClient.failure("not-authorized"));
  }

  @Test
  void plain_foreignAuthzid_isInvalid() throws IOException {
    client.send(RawClient.auth("PLAIN", "zoë@example.org\0juliet\0secret1"));

    client.expect(RawClient.failure("invalid-authzid"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"juliet", "\0juliet", "\0juliet\0", "\0\0secret1", "\0juliet\0secret1\0"})
  void plain_otherShape_isMalformed(String message) throws IOException {
    client.send(RawClient.auth("PLAIN", message));

    client.expect(RawClient.failure("malformed-request"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"=", "c2lyaGM="})
  void anonymous_anybody_isGivenAnAccountOfItsOwn(String trace) throws IOException {
    client.send(
        "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'>"
            + trace
            + "</auth>");
    client.expect(SUCCESS);

    assertThat(bound()).matches("anonymous-[0-9a-f]{16}@example\\.org/balcony");
  }

  @Test
  void anonymous_longTrace_isMalformed() throws IOException {
    client.send(RawClient.auth("ANONYMOUS", "x".repeat(256)));
    client.expect(RawClient.failure("malformed-request"));
    client.send(RawClient.auth("ANONYMOUS", "x".repeat(255)));

    client.expect(SUCCESS);
  }

  @Test
  void refusedAccount_rightPassword_isToldWhy() throws IOException {
    client.send(RawClient.auth("PLAIN", "\0paris\0secret4"));
    client.expect(RawClient.failure("credentials-expired"));
    ScramClient scram = new ScramClient("SCRAM-SHA-256", "tybalt", "secret3");
    client.send(RawClient.auth("SCRAM-SHA-256", scram.first()));
    client.send(RawClient.response(scram.last(client.challenge())));

    client.expect(RawClient.failure("account-disabled"));
  }

  @Test
  void refusedAccount_wrongPassword_isNotToldWhy() throws IOException {
    client.send(RawClient.auth("PLAIN", "\0paris\0secret3"));

    client.expect(RawClient.failure("not-authorized"));
  }

  @Test
  void refusedAccount_otherCondition_isNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Servers.builder().refusedAccount("paris", "secret4", "aborted"))
        .withMessage(
            "No account is refused with 'aborted'; there are: [account-disabled,"
                + " credentials-expired, temporary-auth-failure]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "ANONYMOUS"})
  void auth_mechanismThatIsNotOffered_isInvalid(String mechanism) throws IOException {
    try (LoopbackServer other = Servers.builder().account("juliet", "secret1").start();
        RawClient stranger = RawClient.secured(other)) {
      stranger.send(RawClient.auth(mechanism, "\0juliet\0secret1"));

      stranger.expect(RawClient.failure("invalid-mechanism"));
    }
  }
}
