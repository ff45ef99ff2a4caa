package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whom a client believes to be its server. */
@Timeout(60)
class CertificateTest {
  @TempDir private Path folder;

  private static final String NOT_ACCEPTED =
      "The server's certificate is not accepted for 'example.org': ";

  /** What connect() says of a server that shows a certificate; nothing is logged in. */
  private static ConnectionException refusal(
      TestIdentity shown, UnaryOperator<XmppClientBuilder> trust) throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                shown,
                peer -> {
                  try {
                    peer.startTls();
                  } catch (java.io.IOException e) {
                    // The client ends the handshake with an alert.
                  }
                  assertThat(peer.readToEnd()).isEmpty();
                });
        XmppClient client = trust.apply(server.untrustingClient()).build()) {
      ConnectionException failure = ConnectFailureTest.failureOf(client);
      server.finish();
      assertThat(failure.reason()).isEqualTo(Reason.CERTIFICATE);
      assertThat(failure).hasMessageEndingWith(" (docs/errors.md#certificate)");
      return failure;
    }
  }

  private static ConnectionException refusal(TestIdentity shown, TestIdentity trusted)
      throws Exception {
    return refusal(shown, client -> client.trust(trusted.certificate()));
  }

  private static void assertAccepted(TestIdentity shown, UnaryOperator<XmppClientBuilder> trust)
      throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                shown,
                peer -> {
                  peer.login();
                  peer.closeInOrder();
                });
        XmppClient client = trust.apply(server.untrustingClient()).build()) {
      assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);
    }
  }

  /** A context that takes whatever it is shown. */
  private static SSLContext trustingAll(String protocol) throws Exception {
    SSLContext context = SSLContext.getInstance(protocol);
    TrustManager all =
        new X509ExtendedTrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type) {}

          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    context.init(null, new TrustManager[] {all}, null);
    return context;
  }

  @Test
  void connect_certificateOfAnotherHost_isRefusedNamingBoth() throws Exception {
    TestIdentity other = TestIdentity.of(-1, Der.dnsName("example.com"), Der.dnsName("localhost"));

    assertThat(refusal(other, other))
        .hasMessage(
            NOT_ACCEPTED
                + "it names DNS 'example.com', DNS 'localhost', and not 'example.org'"
                + " (docs/errors.md#certificate)");
  }

  @Test
  void connect_onlyACommonName_isRefused() throws Exception {
    TestIdentity nameless = TestIdentity.of(-1);

    assertThat(refusal(nameless, nameless))
        .hasMessageStartingWith(NOT_ACCEPTED + "it names no server (a common name does not count)");
  }

  @Test
  void connect_serviceInTheCertificate_isAccepted() throws Exception {
    TestIdentity service = TestIdentity.of(-1, Der.srvName("_xmpp-client.example.org"));

    assertAccepted(service, client -> client.trust(service.certificate()));
  }

  @Test
  void connect_otherServiceInTheCertificate_isRefused() throws Exception {
    TestIdentity service = TestIdentity.of(-1, Der.srvName("_xmpp-server.example.org"));

    assertThat(refusal(service, service))
        .hasMessageStartingWith(NOT_ACCEPTED + "it names SRV '_xmpp-server.example.org', and not");
  }

  @Test
  void connect_untrustedCertificate_isRefusedWithAHint() throws Exception {
    TestIdentity untrusted = TestIdentity.of(-1, Der.dnsName("example.org"));

    assertThat(refusal(untrusted, TestIdentity.EXAMPLE))
        .hasMessageStartingWith(NOT_ACCEPTED + "it is not trusted: ")
        .hasMessageContaining("give the authority's certificate to trust(...)");
    assertThat(refusal(untrusted, client -> client))
        .as("the JDK's anchors")
        .hasMessageStartingWith(NOT_ACCEPTED + "it is not trusted: ");
  }

  @Test
  void connect_expiredOrEarlyCertificate_isRefusedWithoutThatHint() throws Exception {
    TestIdentity expired = TestIdentity.of(-90, Der.dnsName("example.org"));
    TestIdentity early = TestIdentity.of(2, Der.dnsName("example.org"));

    assertThat(refusal(expired, expired))
        .hasMessageStartingWith(NOT_ACCEPTED + "it has expired, or one that it depends on has: ")
        .hasMessageNotContaining("trust(...)");
    assertThat(refusal(early, early))
        .hasMessageStartingWith(NOT_ACCEPTED + "it is not valid yet, ")
        .hasMessageNotContaining("trust(...)");
  }

  @Test
  void connect_contextThatTrustsAll_stillWantsTheName() throws Exception {
    SSLContext all = trustingAll("TLS");
    TestIdentity other = TestIdentity.of(-1, Der.dnsName("example.com"));

    assertThat(refusal(other, client -> client.tls(all)))
        .hasMessageStartingWith(NOT_ACCEPTED + "it names DNS 'example.com', and not 'example.org'");
    assertAccepted(TestIdentity.EXAMPLE, client -> client.tls(all));
  }

  @Test
  void connect_contextGivenRefuses_isTheCertificate() throws Exception {
    SSLContext defaults = SSLContext.getInstance("TLS");
    defaults.init(null, null, null);

    assertThat(refusal(TestIdentity.EXAMPLE, client -> client.tls(defaults)))
        .hasMessageStartingWith(NOT_ACCEPTED + "it is not trusted: ")
        .hasMessageNotContaining("trust(...)");
  }

  @Test
  void connect_severalAnchors_areTrustedTogether() throws Exception {
    X509Certificate other = TestIdentity.of(-1, Der.dnsName("example.com")).certificate();

    assertAccepted(
        TestIdentity.EXAMPLE,
        client -> client.trust(TestIdentity.EXAMPLE.certificate()).trust(other));
  }

  @Test
  void connect_contextOfOldTls_isNotUsed() throws Exception {
    SSLContext old = trustingAll("TLSv1.1");
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.open(Peer.STARTTLS);
                  peer.proceed();
                  assertThat(peer.readToEnd()).isEmpty();
                });
        XmppClient client = server.untrustingClient().tls(old).build()) {
      ConnectionException failure = ConnectFailureTest.failureOf(client);

      assertThat(failure.reason()).isEqualTo(Reason.TLS);
      assertThat(failure).hasMessageStartingWith("The TLS context has only ");
      server.finish();
    }
  }

  @Test
  void connect_serverOfOldTls_isRefused() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.open(Peer.STARTTLS);
                  peer.proceed();
                  assertThatThrownBy(
                          () ->
                              peer.handshake(
                                  TestIdentity.EXAMPLE.context(),
                                  tls -> tls.setEnabledProtocols(new String[] {"TLSv1.1"})))
                      .isInstanceOf(SSLException.class);
                });
        XmppClient client = server.client().build()) {
      assertThat(ConnectFailureTest.failureOf(client).reason()).isEqualTo(Reason.TLS);
    }
  }

  @Test
  void connect_anchorFromAPemFile_isTrusted() throws Exception {
    Path file = folder.resolve("anchor.pem");
    Files.writeString(
        file,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(TestIdentity.EXAMPLE.certificate().getEncoded())
            + "\n-----END CERTIFICATE-----\n");
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.login();
                  peer.closeInOrder();
                });
        XmppClient client = server.client().trust(file).build()) {
      assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);
    }
  }

  @Test
  void trust_unusableFile_saysWhichAndWhy() throws Exception {
    XmppClientBuilder builder = XmppClient.builder(Jid.of("juliet@example.org"), "r0m30");
    Path absent = folder.resolve("absent.pem");
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    Path text = Files.writeString(folder.resolve("text.pem"), "no certificate");
    Path broken =
        Files.writeString(
            folder.resolve("broken.pem"),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    Path large = Files.write(folder.resolve("large.pem"), new byte[4 * 1024 * 1024 + 1]);

    assertThatThrownBy(() -> builder.trust(absent))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot read certificates from '" + absent + "': ")
        .hasMessageContaining("NoSuchFileException");
    assertThatThrownBy(() -> builder.trust(empty))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + empty + "' holds no certificate in PEM");
    for (Path file : new Path[] {text, broken}) {
      assertThatThrownBy(() -> builder.trust(file))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + file + "'");
    }
    assertThatThrownBy(() -> builder.trust(large))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + large + "' is larger than 4 MiB, which no list of anchors needs");
  }
}
