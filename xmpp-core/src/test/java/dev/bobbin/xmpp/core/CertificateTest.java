package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whom a client believes to be its server. */
@Timeout(60)
class CertificateTest {
  @TempDir private Path folder;

  private static ConnectionException refusal(TestIdentity shown, TestIdentity trusted)
      throws Exception {
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
        XmppClient client = server.client().trust(trusted.certificate()).build()) {
      ConnectionException failure = ConnectFailureTest.failureOf(client);
      server.finish();
      return failure;
    }
  }

  @Test
  void connect_certificateOfAnotherHost_isRefused() throws Exception {
    TestIdentity other = TestIdentity.of("example.com", "-1d");

    ConnectionException failure = refusal(other, other);

    assertThat(failure)
        .hasMessage(
            "The server's certificate is not accepted for 'example.org': No subject alternative DNS"
                + " name matching example.org found. (docs/errors.md#certificate)");
    assertThat(failure.reason()).isEqualTo(Reason.CERTIFICATE);
  }

  @Test
  void connect_certificateOfTheHostThatWasConnectedTo_isNotEnough() throws Exception {
    TestIdentity host = TestIdentity.of("localhost", "-1d");

    assertThat(refusal(host, host).reason()).isEqualTo(Reason.CERTIFICATE);
  }

  @Test
  void connect_untrustedCertificate_isRefused() throws Exception {
    ConnectionException failure =
        refusal(TestIdentity.of("example.org", "-1d"), TestIdentity.EXAMPLE);

    assertThat(failure)
        .hasMessageStartingWith("The server's certificate is not accepted for 'example.org': ")
        .hasMessageEndingWith(" (docs/errors.md#certificate)");
    assertThat(failure.reason()).isEqualTo(Reason.CERTIFICATE);
  }

  @Test
  void connect_expiredCertificate_isRefused() throws Exception {
    TestIdentity expired = TestIdentity.of("example.org", "-90d");

    ConnectionException failure = refusal(expired, expired);

    assertThat(failure)
        .hasMessageStartingWith(
            "The server's certificate is not accepted for 'example.org': NotAfter: ");
    assertThat(failure.reason()).isEqualTo(Reason.CERTIFICATE);
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
