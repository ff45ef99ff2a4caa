package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mechanism on the wire, and what a client is given to log in with. */
@Timeout(60)
class SaslTest {
  private static final Jid JULIET = Jid.of("juliet@example.org/balcony");

  /** Authenticates one client after its features were sent. */
  @FunctionalInterface
  private interface Authentication {
    void run(SaslDialogue dialogue) throws Exception;
  }

  private static ScriptedServer server(String features, String bound, Authentication authentication)
      throws IOException {
    return new ScriptedServer(
        peer -> {
          SaslDialogue dialogue = new SaslDialogue(peer);
          dialogue.offer(features);
          authentication.run(dialogue);
          peer.open(Peer.BINDING);
          peer.bound(peer.bindRequest(), bound);
          peer.closeInOrder();
        });
  }

  private static XmppClientBuilder at(ScriptedServer server, XmppClientBuilder builder) {
    return builder
        .host("127.0.0.1", server.port())
        .trust(TestIdentity.EXAMPLE.certificate())
        .discoverPlugins(false);
  }

  private static Authentication single(String auth) {
    return dialogue -> {
      assertThat(dialogue.auth()).isEqualTo(auth);
      dialogue.say("success", "");
    };
  }

  private static Authentication scram(String mechanism, String header, byte[] binding) {
    return dialogue -> {
      String auth = dialogue.auth();
      assertThat(auth).startsWith("<auth xmlns='" + Peer.SASL + "' mechanism='" + mechanism + "'>");
      ServerScram scram = new ServerScram(mechanism, "r0m30", binding);
      dialogue.say("challenge", scram.challenge(SaslDialogue.content(auth)));
      assertThat(scram.gs2()).isEqualTo(header);
      String signature = scram.success(SaslDialogue.content(dialogue.response()));
      assertThat(signature).as("the client's proof is right").isNotNull();
      dialogue.say("success", signature);
    };
  }

  private static void logIn(ScriptedServer server, XmppClientBuilder builder, String expected)
      throws Exception {
    try (server;
        XmppClient client = at(server, builder).build()) {
      assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(expected);
      assertThat(client.account()).isEqualTo(Jid.of(expected).bare());
      client.close();
      server.finish();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512"})
  void connect_scram_provesThePassword(String mechanism) throws Exception {
    logIn(
        server(
            SaslDialogue.mechanisms(mechanism, "PLAIN"),
            Peer.ME,
            scram(mechanism, "y,,", new byte[0])),
        XmppClient.builder(JULIET, "r0m30".toCharArray()),
        Peer.ME);
  }

  @Test
  void connect_boundToTheCertificate_signsItsHash() throws Exception {
    X509Certificate certificate = TestIdentity.EXAMPLE.certificate();
    String bits = certificate.getSigAlgName().replaceFirst("SHA([0-9]+)withECDSA", "$1");
    byte[] hash = MessageDigest.getInstance("SHA-" + bits).digest(certificate.getEncoded());

    logIn(
        server(
            SaslDialogue.mechanisms("SCRAM-SHA-512-PLUS", "SCRAM-SHA-512")
                + SaslDialogue.bindings("tls-unique", "tls-server-end-point"),
            Peer.ME,
            scram("SCRAM-SHA-512-PLUS", "p=tls-server-end-point,,", hash)),
        XmppClient.builder(JULIET, "r0m30"),
        Peer.ME);
  }

  @Test
  void connect_bindingThatWeCannotMake_goesUnboundAndSaysSo() throws Exception {
    logIn(
        server(
            SaslDialogue.mechanisms("SCRAM-SHA-1-PLUS", "SCRAM-SHA-1")
                + SaslDialogue.bindings("tls-unique"),
            Peer.ME,
            scram("SCRAM-SHA-1", "n,,", new byte[0])),
        XmppClient.builder(JULIET, "r0m30"),
        Peer.ME);
  }

  @Test
  void connect_bindingRefused_saysThatItMayBeThatAndTriesNothingElse() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  SaslDialogue dialogue = new SaslDialogue(peer);
                  dialogue.offer(
                      SaslDialogue.mechanisms("SCRAM-SHA-1-PLUS", "SCRAM-SHA-1")
                          + SaslDialogue.bindings("tls-server-end-point"));
                  dialogue.auth();
                  dialogue.say("failure", "<not-authorized/>");
                  dialogue.finish();
                  assertThat(dialogue.said()).containsOnlyOnce("<auth");
                });
        XmppClient client = server.client().build()) {
      ConnectionException failure = ConnectFailureTest.failureOf(client);

      assertThat(failure)
          .hasMessage(
              "The server refused to log in juliet@example.org: not-authorized. Check user name and"
                  + " password; if they are right, the channel binding tls-server-end-point"
                  + " differs: somebody may stand between client and server, or the server cannot"
                  + " make it (docs/errors.md#login-refused)");
      assertThat(failure.reason()).isEqualTo(Reason.WRONG_CREDENTIALS);
      server.finish();
    }
  }

  @Test
  void connect_plainNamed_sendsThePassword() throws Exception {
    logIn(
        server(
            SaslDialogue.mechanisms("PLAIN"),
            Peer.ME,
            single(
                "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>"
                    + "AGp1bGlldAByMG0zMA==</auth>")),
        XmppClient.builder(JULIET, "r0m30").mechanisms("PLAIN"),
        Peer.ME);
  }

  @Test
  void connect_external_namesTheAccount() throws Exception {
    logIn(
        server(
            SaslDialogue.mechanisms("EXTERNAL", "SCRAM-SHA-1"),
            Peer.ME,
            single(
                "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>"
                    + "anVsaWV0QGV4YW1wbGUub3Jn</auth>")),
        XmppClient.external(JULIET)
            .clientCertificate(TestIdentity.EXAMPLE.keys(), TestIdentity.PASSWORD.toCharArray()),
        Peer.ME);
  }

  @Test
  void connect_anonymous_tellsNothingAndTakesWhatIsBound() throws Exception {
    CompletableFuture<String> header = new CompletableFuture<>();
    ScriptedServer server =
        new ScriptedServer(
            peer -> {
              SaslDialogue dialogue = new SaslDialogue(peer);
              header.complete(dialogue.offer(SaslDialogue.mechanisms("SCRAM-SHA-1", "ANONYMOUS")));
              single(
                      "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'>"
                          + "=</auth>")
                  .run(dialogue);
              peer.open(Peer.BINDING);
              peer.bound(peer.bindRequest(), "x7@example.org/r");
              peer.closeInOrder();
            });
    XmppClientBuilder builder = at(server, XmppClient.anonymous(Jid.of("example.org")));
    try (XmppClient before = builder.build()) {
      assertThat(before.account()).hasToString("example.org");
    }

    logIn(server, builder, "x7@example.org/r");
    assertThat(header.join()).doesNotContain(" from=");
  }

  @Test
  void connect_anonymousBoundElsewhere_isRefused() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  SaslDialogue dialogue = new SaslDialogue(peer);
                  dialogue.offer(SaslDialogue.mechanisms("ANONYMOUS"));
                  dialogue.auth();
                  dialogue.say("success", "");
                  peer.open(Peer.BINDING);
                  peer.bound(peer.bindRequest(), "x7@example.com/r");
                  peer.readToEnd();
                });
        XmppClient client = at(server, XmppClient.anonymous(Jid.of("example.org"))).build()) {
      assertThat(ConnectFailureTest.failureOf(client))
          .hasMessage("The server bound x7@example.com/r instead of a resource of example.org");
    }
  }

  @Test
  void builder_addressThatDoesNotFit_isRefused() {
    assertThatThrownBy(() -> XmppClient.anonymous(JULIET))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'juliet@example.org/balcony' names an account: to log in as nobody takes a domain"
                + " alone");
    assertThatThrownBy(() -> XmppClient.external(JULIET).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "external(...) has no certificate to log in with: give it one by"
                + " clientCertificate(...), or a context that has one by tls(...)"
                + " (docs/errors.md#no-client-certificate)");
    assertThatThrownBy(() -> XmppClient.external(Jid.of("example.org")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'example.org' names no account: a client logs in as local@domain");
    assertThatThrownBy(() -> XmppClient.builder(JULIET, "r0m30").mechanisms("EXTERNAL"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("begin with XmppClient.external(account)");
  }

  @Test
  void connect_passwordSource_isAskedOnceForEachLogin() throws Exception {
    List<char[]> given = new CopyOnWriteArrayList<>();
    PasswordSource source =
        () -> {
          given.add("r0m30".toCharArray());
          return given.get(given.size() - 1);
        };
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.login();
              peer.closeInOrder();
            },
            peer -> peer.open("<stream:features/>"),
            peer -> {
              peer.login();
              peer.closeInOrder();
            })) {
      XmppClientBuilder builder = at(server, XmppClient.builder(JULIET, source));
      try (XmppClient client = builder.build()) {
        assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);
      }
      assertThat(given).hasSize(1);
      try (XmppClient client = builder.build()) {
        // It does not come to the password here.
        assertThat(ConnectFailureTest.failureOf(client).reason()).isEqualTo(Reason.NO_STARTTLS);
        assertThat(given).hasSize(1);
        assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);
      }
      server.finish();
    }
    assertThat(given).hasSize(2).allSatisfy(array -> assertThat(array).containsOnly('\0'));
  }

  /** One whose client gives up before it begins to authenticate. */
  private static ScriptedServer serverThatIsToldNothing() throws IOException {
    return new ScriptedServer(
        peer -> {
          SaslDialogue dialogue = new SaslDialogue(peer);
          dialogue.offer(SaslDialogue.mechanisms("SCRAM-SHA-256"));
          dialogue.finish();
          assertThat(dialogue.said()).doesNotContain("<auth");
        });
  }

  private static ConnectionException failureWith(PasswordSource source) throws Exception {
    try (ScriptedServer server = serverThatIsToldNothing();
        XmppClient client = at(server, XmppClient.builder(JULIET, source)).build()) {
      ConnectionException failure = ConnectFailureTest.failureOf(client);
      server.finish();
      assertThat(failure.reason()).isEqualTo(Reason.AUTHENTICATION);
      return failure;
    }
  }

  @Test
  void connect_passwordSourceThrows_failsWithThatCauseAndDoesNotQuoteIt() throws Exception {
    IOException thrown = new IOException("vault said r0m30");

    ConnectionException failure =
        failureWith(
            () -> {
              throw thrown;
            });

    assertThat(failure)
        .hasMessage(
            "Authentication was given up: the password source threw java.io.IOException"
                + " (docs/errors.md#authentication-given-up)")
        .hasCause(thrown);
  }

  @Test
  @SuppressWarnings("NullAway") // What an application without its checks may do.
  void connect_passwordSourceGivesNull_isRefused() throws Exception {
    assertThat(failureWith(() -> null))
        .hasMessage(
            "Authentication was given up: the password source gave null instead of a password"
                + " (docs/errors.md#authentication-given-up)");
  }

  @Test
  void connect_passwordThatCannotBePrepared_isNotQuoted() throws Exception {
    assertThat(failureWith("r0m30\u0007"::toCharArray))
        .hasMessage(
            "Authentication was given up: the password is empty, or holds a character that SASLprep"
                + " (RFC 4013) forbids (docs/errors.md#authentication-given-up)");
  }

  @Test
  void close_whileAPasswordIsAwaited_failsConnecting() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch known = new CountDownLatch(1);
    PasswordSource slow =
        () -> {
          asked.countDown();
          known.await();
          return "r0m30".toCharArray();
        };
    try (ScriptedServer server = serverThatIsToldNothing();
        XmppRuntime runtime = XmppRuntime.create();
        XmppClient client = at(server, XmppClient.builder(JULIET, slow)).runtime(runtime).build()) {
      CompletableFuture<Jid> connected = client.connect();
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
      client.close();

      assertThatThrownBy(() -> connected.get(20, TimeUnit.SECONDS))
          .hasMessageContaining("The client was closed while connecting");
      known.countDown();
      server.finish();
    } finally {
      known.countDown();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "aborted, AUTHENTICATION, ''",
    "account-disabled, ACCOUNT_DISABLED, ''",
    "credentials-expired, CREDENTIALS_EXPIRED, '. Set a new password at the server'",
    "encryption-required, AUTHENTICATION, '. TLS is on: the server has to be mended'",
    "incorrect-encoding, AUTHENTICATION, ''",
    "invalid-authzid, AUTHENTICATION, '. See that the certificate is for this account'",
    "invalid-mechanism, AUTHENTICATION, ''",
    "malformed-request, AUTHENTICATION, ''",
    "mechanism-too-weak, AUTHENTICATION," + " '. Name a stronger one by mechanisms(...), or none'",
    "not-authorized, WRONG_CREDENTIALS, '. Check user name and password'",
    "temporary-auth-failure, TEMPORARY_AUTH_FAILURE, '. Try again later'",
    "unheard-of, AUTHENTICATION, ''",
  })
  void connect_failureOfRfc6120_isToldWithItsText(String condition, Reason reason, String advice)
      throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  SaslDialogue dialogue = new SaslDialogue(peer);
                  dialogue.offer(SaslDialogue.mechanisms("SCRAM-SHA-1"));
                  dialogue.auth();
                  dialogue.say("failure", "<" + condition + "/><text>so it is</text>");
                  dialogue.finish();
                });
        XmppClient client = server.client().build()) {
      ConnectionException failure = ConnectFailureTest.failureOf(client);

      assertThat(failure)
          .hasMessage(
              "The server refused to log in juliet@example.org: "
                  + condition
                  + " ('so it is')"
                  + advice
                  + " (docs/errors.md#login-refused)");
      assertThat(failure.reason()).isEqualTo(reason);
    }
  }
}
