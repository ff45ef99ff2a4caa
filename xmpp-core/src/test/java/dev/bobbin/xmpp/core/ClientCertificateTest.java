package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who sees a client certificate, and settings of reaching a server that contradict each other. */
@Timeout(60)
class ClientCertificateTest {
  private static final TestIdentity MINE = TestIdentity.of("juliet.example", "-1d");

  private static void ask(SSLSocket tls) {
    tls.setNeedClientAuth(true);
  }

  @Test
  void connect_serverAsksForACertificate_isShownIt() throws Exception {
    SSLContext context = TestIdentity.EXAMPLE.contextThatTrusts(MINE.certificate());
    CompletableFuture<Certificate> seen = new CompletableFuture<>();
    char[] password = TestIdentity.PASSWORD.toCharArray();
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.open(Peer.STARTTLS);
              peer.proceed();
              SSLSocket tls = peer.handshake(context, ClientCertificateTest::ask);
              seen.complete(tls.getSession().getPeerCertificates()[0]);
              peer.loginSecured();
              peer.closeInOrder();
            })) {
      XmppClientBuilder builder = server.client().clientCertificate(MINE.keys(), password);
      java.util.Arrays.fill(password, '0'); // It is not needed any more.
      try (XmppClient client = builder.build()) {
        assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);
        assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo(MINE.certificate());
      }
      server.finish();
    }
  }

  /** In TLS 1.2 the client's certificate goes in the clear, so that it matters when it goes. */
  @Test
  void connect_serverOfAnotherName_isNotShownIt() throws Exception {
    TestIdentity other = TestIdentity.of("example.com", "-1d");
    SSLContext context = other.contextThatTrusts(MINE.certificate());
    CompletableFuture<String> seen = new CompletableFuture<>();
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.open(Peer.STARTTLS);
                  peer.proceed();
                  try {
                    SSLSocket tls =
                        peer.handshake(
                            context,
                            socket -> {
                              ask(socket);
                              socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                            });
                    seen.complete("shown " + tls.getSession().getPeerPrincipal());
                  } catch (java.io.IOException e) {
                    seen.complete("refused");
                  }
                });
        XmppClient client =
            server
                .client()
                .trust(other.certificate())
                .clientCertificate(MINE.keys(), TestIdentity.PASSWORD.toCharArray())
                .build()) {
      assertThat(ConnectFailureTest.failureOf(client).reason()).isEqualTo(Reason.CERTIFICATE);
      assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo("refused");
    }
  }

  /**
   * TLS 1.2 refuses within the handshake, TLS 1.3 after what the client holds for its end; in both
   * the connection may break before the alert is read, while the client still writes.
   */
  @ParameterizedTest
  @CsvSource({"TLSv1.2, false", "TLSv1.2, true", "TLSv1.3, false", "TLSv1.3, true"})
  void connect_certificateIsMissingOrRefused_isAFailureOfTls(String version, boolean shown)
      throws Exception {
    SSLContext context = TestIdentity.EXAMPLE.contextThatTrusts(TestIdentity.EXAMPLE.certificate());
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.open(Peer.STARTTLS);
              peer.proceed();
              try {
                peer.handshake(
                    context,
                    socket -> {
                      ask(socket);
                      socket.setEnabledProtocols(new String[] {version});
                    });
              } catch (java.io.IOException e) {
                // It was refused.
              }
            })) {
      XmppClientBuilder builder = server.client();
      if (shown) {
        builder.clientCertificate(MINE.keys(), TestIdentity.PASSWORD.toCharArray());
      }
      try (XmppClient client = builder.build()) {
        ConnectionException failure = ConnectFailureTest.failureOf(client);

        assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(Reason.TLS);
        assertThat(failure).hasMessageEndingWith(" (docs/errors.md#tls-handshake)");
        assertThat(failure).hasMessageContaining(" a client certificate that it takes");
      }
      server.finish();
    }
  }

  private static XmppClientBuilder builder() {
    return XmppClient.builder(Jid.of("juliet@example.org"), "r0m30").discoverPlugins(false);
  }

  @Test
  void clientCertificate_storeWithoutAKeyOrWrongPassword_saysSo() throws Exception {
    KeyStore empty = KeyStore.getInstance("PKCS12");
    empty.load(null, null);
    empty.setCertificateEntry("anchor", MINE.certificate());

    assertThatThrownBy(() -> builder().clientCertificate(empty, new char[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the key store holds no private key with its certificate; it has 1 other entries");
    assertThatThrownBy(() -> builder().clientCertificate(MINE.keys(), new char[] {'x'}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the key store's private key cannot be taken out with that");
  }

  private static void assertNoEffect(Runnable settings, String message) {
    assertThatThrownBy(settings::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(message + " (docs/errors.md#no-effect)");
  }

  @Test
  void build_settingsOfWhichOneHasNoEffect_areRefused() throws Exception {
    SSLContext context = SSLContext.getDefault();
    char[] password = TestIdentity.PASSWORD.toCharArray();
    String decides =
        " would have no effect beside tls(...), whose SSLContext decides that; leave out one of"
            + " them";

    assertNoEffect(
        () -> builder().tls(context).trust(MINE.certificate()).build(), "trust(...)" + decides);
    assertNoEffect(
        () -> builder().tls(context).clientCertificate(MINE.keys(), password).build(),
        "clientCertificate(...)" + decides);
    assertNoEffect(
        () -> builder().host("127.0.0.1", 5222).directTls("127.0.0.1", 5223),
        "Both host(...) and directTls(...) were given; one of them would have no effect, so leave"
            + " it out");
    assertThatThrownBy(() -> builder().directTls(" ", 5223))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder().directTls("127.0.0.1", 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
