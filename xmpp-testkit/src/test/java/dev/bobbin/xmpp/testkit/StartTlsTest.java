package dev.bobbin.xmpp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTlsTest {
  private static final String REQUIRED =
      "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>";
  private static final String STARTTLS = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";

  private static LoopbackServer server;

  @BeforeAll
  static void startServer() {
    server = Servers.builder().account("juliet", "secret1").start();
  }

  @AfterAll
  static void closeServer() {
    server.close();
  }

  @Test
  void features_onClearText_areStartTlsAlone() throws IOException {
    try (RawClient client = new RawClient(server)) {
      assertThat(client.open()).isEqualTo(REQUIRED);
    }
  }

  @Test
  void features_onTls_areTheMechanismsAlone() throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.open();
      client.startTls();

      assertThat(client.open())
          .isEqualTo(
              "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
                  + "<mechanism>SCRAM-SHA-512</mechanism><mechanism>SCRAM-SHA-256</mechanism>"
                  + "<mechanism>SCRAM-SHA-1</mechanism>"
                  + "</mechanisms>");
    }
  }

  @Test
  void features_chosenMechanisms_areThose() throws IOException {
    try (LoopbackServer other =
            LoopbackServer.builder("example.org")
                .certificateOf(server)
                .mechanisms("SCRAM-SHA-1")
                .start();
        RawClient client = new RawClient(other)) {
      client.open();
      client.startTls();

      assertThat(client.open())
          .isEqualTo(
              "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
                  + "<mechanism>SCRAM-SHA-1</mechanism></mechanisms>");
      client.send(RawClient.auth("SCRAM-SHA-256", "n,,n=juliet,r=abc"));
      client.expect(RawClient.failure("invalid-mechanism"));
    }
  }

  @Test
  void features_noMechanisms_areEmpty() throws IOException {
    try (LoopbackServer other =
            LoopbackServer.builder("example.org").certificateOf(server).mechanisms().start();
        RawClient client = new RawClient(other)) {
      client.open();
      client.startTls();

      assertThat(client.open()).isEmpty();
    }
  }

  @Test
  void auth_onClearText_wantsEncryption() throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.open();
      client.send(RawClient.auth("SCRAM-SHA-256", "n,,n=juliet,r=abc"));
      client.expect(RawClient.failure("encryption-required"));

      client.startTls();
    }
  }

  @Test
  void stanza_onClearText_endsTheStream() throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.open();
      client.send("<presence/>");

      client.expectStreamError("not-authorized");
    }
  }

  @Test
  void startTls_moreBytesBeforeProceed_endsTheStream() throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.open();
      client.send(STARTTLS + RawClient.auth("SCRAM-SHA-1", "n,,n=juliet,r=abc"));

      client.expectStreamError("policy-violation");
    }
  }

  @Test
  void startTls_clientThatSpeaksNoTls_isCut() throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.open();
      client.send(STARTTLS);
      client.expect("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
      client.send(RawClient.OPEN);

      // What is left is at most a TLS alert.
      assertThat(client.readToEnd()).doesNotContain("<");
    }
  }

  @Test
  void withoutStartTls_client_isOfferedNothingAndRefusedAll() throws IOException {
    try (LoopbackServer clear =
            LoopbackServer.builder("example.org")
                .account("juliet", "secret1")
                .withoutStartTls()
                .start();
        RawClient client = new RawClient(clear)) {
      assertThat(client.open()).isEmpty();
      client.send(RawClient.auth("SCRAM-SHA-256", "n,,n=juliet,r=abc"));
      client.expect(RawClient.failure("encryption-required"));
      client.send(STARTTLS);
      client.expect("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
      client.expectEnd();
      assertThatThrownBy(clear::certificate).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void certificate_ofADomain_namesIt() throws GeneralSecurityException {
    assertThat(server.certificate().getSubjectAlternativeNames())
        .containsExactly(List.of(2, "example.org"));
    assertThat(server.certificate().getPublicKey().getAlgorithm()).isEqualTo("EC");
    server.certificate().checkValidity();
    server.certificate().verify(server.certificate().getPublicKey());
  }

  @Test
  void writeCertificate_file_holdsThePem(@TempDir Path folder)
      throws IOException, GeneralSecurityException {
    Path file = folder.resolve("server.pem");
    server.writeCertificate(file);

    String pem = Files.readString(file);
    assertThat(pem).isEqualTo(server.certificatePem()).endsWith("-----END CERTIFICATE-----\n");
    assertThat(
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo(server.certificate());
  }

  @Test
  void keytool_missing_isNamedInTheError(@TempDir Path folder) {
    assertThatThrownBy(
            () ->
                new Keytool(folder)
                    .generate(
                        folder.resolve("k"),
                        folder.resolve("l"),
                        "pass",
                        Keytool.Subject.host("example.org")))
        .hasMessageContaining("there is no '" + folder.resolve("keytool") + "'");
  }

  @Test
  void keytool_refuses_isQuotedInTheError(@TempDir Path folder) {
    assertThatThrownBy(
            () ->
                new Keytool()
                    .generate(
                        folder.resolve("k"),
                        folder.resolve("l"),
                        "abc",
                        Keytool.Subject.host("example.org")))
        .hasMessageContaining("'example.org': keytool said: keytool error:");
  }
}
