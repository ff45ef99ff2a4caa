package dev.bobbin.xmpp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaslTest {
  private static final String SHA_256 = "SCRAM-SHA-256";
  private static LoopbackServer server;

  private RawClient client;

  @BeforeAll
  static void startServer() {
    server = Servers.builder().account("juliet", "secret1").account("zoë", "pässword").start();
  }

  @AfterAll
  static void closeServer() {
    server.close();
  }

  @BeforeEach
  void connect() throws IOException {
    client = RawClient.secured(server);
  }

  @AfterEach
  void disconnect() throws IOException {
    client.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512"})
  void auth_rightPassword_isAnsweredWithTheServersSignature(String mechanism) throws IOException {
    client.logIn(mechanism, "juliet", "secret1");

    assertThat(client.bind("balcony")).isEqualTo("juliet@example.org/balcony");
  }

  @Test
  void auth_nameAndPasswordBeyondAscii_succeeds() throws IOException {
    client.logIn(SHA_256, "zoë", "pässword");
  }

  @Test
  void auth_upperCaseName_isTheSameAccount() throws IOException {
    client.logIn(SHA_256, "Juliet", "secret1");

    assertThat(client.bind("balcony")).isEqualTo("juliet@example.org/balcony");
  }

  @ParameterizedTest
  @ValueSource(strings = {"y,,", "n,a=juliet@example.org,"})
  void auth_otherGs2Header_succeeds(String header) throws IOException {
    ScramClient scram = new ScramClient(SHA_256, "juliet", "secret1").withGs2(header);
    client.send(RawClient.auth(SHA_256, scram.first()));
    client.send(RawClient.response(scram.last(client.challenge())));

    assertThat(client.receiveThrough("</success>")).contains(base64Of(scram.expectedSignature()));
  }

  @Test
  void auth_withoutInitialResponse_isAskedForIt() throws IOException {
    ScramClient scram = new ScramClient(SHA_256, "juliet", "secret1");
    client.send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='SCRAM-SHA-256'/>");
    assertThat(client.challenge()).isEmpty();
    client.send(RawClient.response(scram.first()));
    client.send(RawClient.response(scram.last(client.challenge())));

    assertThat(client.receiveThrough("</success>")).contains(base64Of(scram.expectedSignature()));
  }

  @Test
  void auth_firstMessage_isAnsweredWithNonceSaltAndIterations() throws IOException {
    client.send(RawClient.auth(SHA_256, "n,,n=juliet,r=abc"));

    assertThat(client.challenge()).matches("r=abc[0-9a-f]{32},s=[A-Za-z0-9+/]{22}==,i=4096");
  }

  @Test
  void auth_wrongPassword_isNotAuthorized() throws IOException {
    fail(new ScramClient(SHA_256, "juliet", "secret2"));
  }

  @Test
  void auth_unknownUser_failsAtTheEndLikeAWrongPassword() throws IOException {
    fail(new ScramClient(SHA_256, "mercutio", "secret1"));
  }

  @Test
  void auth_unknownUserWithThePasswordThatStandsInForNone_isNotAuthorized() throws IOException {
    fail(new ScramClient(SHA_256, "mercutio", "unknown"));
  }

  @Test
  void auth_nameThatIsNoLocalPart_isNotAuthorized() throws IOException {
    fail(new ScramClient(SHA_256, "a b@c", "secret1"));
  }

  private void fail(ScramClient scram) throws IOException {
    client.send(RawClient.auth(SHA_256, scram.first()));
    client.send(RawClient.response(scram.last(client.challenge())));
    client.expect(RawClient.failure("not-authorized"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"juliet", "mercutio"})
  void auth_twice_hasTheSameSaltAndAnotherNonce(String user) throws IOException {
    String abort = "<abort xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>";
    client.send(RawClient.auth(SHA_256, "n,,n=" + user + ",r=abc") + abort);
    String first = client.challenge();
    client.expect(RawClient.failure("aborted"));
    client.send(RawClient.auth(SHA_256, "n,,n=" + user + ",r=abc"));
    String second = client.challenge();

    assertThat(second.substring(second.indexOf(",s=")))
        .isEqualTo(first.substring(first.indexOf(",s=")));
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void auth_afterAFailure_succeeds() throws IOException {
    fail(new ScramClient(SHA_256, "juliet", "secret2"));

    client.logIn(SHA_256, "juliet", "secret1");
  }

  @Test
  void auth_fiveFailures_endTheStream() throws IOException {
    for (int i = 0; i < 5; i++) {
      client.send(RawClient.auth("PLAIN", "x"));
      client.expect(RawClient.failure("invalid-mechanism"));
    }

    client.expectStreamError("policy-violation");
  }

  @Test
  void auth_tamperedProof_isNotAuthorized() throws IOException {
    ScramClient scram = new ScramClient(SHA_256, "juliet", "secret1");
    client.send(RawClient.auth(SHA_256, scram.first()));
    String last = scram.last(client.challenge());
    int proof = last.lastIndexOf(",p=") + 3;
    char changed = last.charAt(proof) == 'A' ? 'B' : 'A';
    client.send(RawClient.response(last.substring(0, proof) + changed + last.substring(proof + 1)));

    client.expect(RawClient.failure("not-authorized"));
  }

  @Test
  void auth_shortProof_isNotAuthorized() throws IOException {
    ScramClient scram = new ScramClient(SHA_256, "juliet", "secret1");
    client.send(RawClient.auth(SHA_256, scram.first()));
    String last = scram.last(client.challenge());
    client.send(RawClient.response(last.substring(0, last.lastIndexOf(",p=")) + ",p=AAAA"));

    client.expect(RawClient.failure("not-authorized"));
  }

  @Test
  void auth_otherNonceWithARightProof_isNotAuthorized() throws IOException {
    ScramClient scram = new ScramClient(SHA_256, "juliet", "secret1");
    client.send(RawClient.auth(SHA_256, scram.first()));
    String withoutProof = "c=biws,r=" + ScramClient.NONCE + "0123456789abcdef0123456789abcdef";
    client.send(RawClient.response(scram.last(client.challenge(), withoutProof)));

    client.expect(RawClient.failure("not-authorized"));
  }

  @Test
  void auth_otherChannelBindingWithARightProof_isNotAuthorized() throws IOException {
    ScramClient scram = new ScramClient(SHA_256, "juliet", "secret1");
    client.send(RawClient.auth(SHA_256, scram.first()));
    String challenge = client.challenge();
    String nonce = challenge.substring(2, challenge.indexOf(",s="));
    // eSws is 'y,,': the flag that a man in the middle has changed to 'n'.
    client.send(RawClient.response(scram.last(challenge, "c=eSws,r=" + nonce)));

    client.expect(RawClient.failure("not-authorized", "channel-bindings-dont-match"));
  }

  @Test
  void auth_foreignAuthzid_isInvalid() throws IOException {
    ScramClient scram =
        new ScramClient(SHA_256, "juliet", "secret1").withGs2("n,a=romeo@example.org,");
    client.send(RawClient.auth(SHA_256, scram.first()));
    client.send(RawClient.response(scram.last(client.challenge())));

    client.expect(RawClient.failure("invalid-authzid"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        ",,n=juliet,r=abc",
        "p=tls-unique,,n=juliet,r=abc",
        "n,juliet,n=juliet,r=abc",
        "n,,m=x,n=juliet,r=abc",
        "n,,n=,r=abc",
        "n,,n=jul=2Xiet,r=abc",
        "n,,n=juliet,r=",
        "n,,n=juliet"
      })
  void auth_malformedFirstMessage_isRefused(String first) throws IOException {
    client.send(RawClient.auth(SHA_256, first));

    client.expect(RawClient.failure("malformed-request"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "c=biws", "c=biws,r=abc", "r=abc,c=biws,p=AA==", "c=biws,r=abc,p=?"})
  void auth_malformedLastMessage_isRefused(String last) throws IOException {
    client.send(RawClient.auth(SHA_256, "n,,n=juliet,r=abc"));
    client.challenge();
    client.send(RawClient.response(last));

    client.expect(RawClient.failure("malformed-request"));
  }

  @Test
  void auth_noBase64_isIncorrectEncoding() throws IOException {
    client.send(
        "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='SCRAM-SHA-256'>a b!</auth>");

    client.expect(RawClient.failure("incorrect-encoding"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256-PLUS", "", "scram-sha-256"})
  void auth_unknownMechanism_isInvalid(String mechanism) throws IOException {
    client.send(RawClient.auth(mechanism, "n,,n=juliet,r=abc"));

    client.expect(RawClient.failure("invalid-mechanism"));
  }

  @Test
  void stanza_beforeAuthentication_endsTheStream() throws IOException {
    client.send("<message to='juliet@example.org'/>");

    client.expectStreamError("not-authorized");
  }

  @Test
  void stanza_insteadOfAResponse_endsTheStream() throws IOException {
    client.send(RawClient.auth(SHA_256, "n,,n=juliet,r=abc"));
    client.challenge();
    client.send("<iq type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq>");

    client.expectStreamError("not-authorized");
  }

  @Test
  void stanza_beforeBind_endsTheStream() throws IOException {
    client.logIn(SHA_256, "juliet", "secret1");
    client.send("<message to='juliet@example.org'/>");

    client.expectStreamError("not-authorized");
  }

  private static String base64Of(String text) {
    return ScramClient.base64(text);
  }
}
