package dev.bobbin.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.CertificateProfile.Issuer;
import dev.bobbin.testservers.CertificateProfile.NameKind;
import dev.bobbin.testservers.CertificateProfile.Validity;
import dev.bobbin.xmpp.api.jid.Jid;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which mechanisms a server offers, and whom it lets in by them. */
@ParameterizedClass
@EnumSource(ServerSoftware.class)
@Timeout(60)
@ExtendWith(SharedServers.Resolver.class)
class ServerOfferTest {
  /** On the server that all tests share. */
  static final Map<String, String> ACCOUNTS =
      Map.of("juliet", "r0m30", "nurse", "angelica", "paris", "c0unt", "romeo", "pa\u00AAss");

  private static final char[] PASSWORD = "of a key".toCharArray();
  private static final CertificateProfile JULIET =
      CertificateProfile.nameless().name(NameKind.XMPP_ADDR, "juliet@example.org");
  private static final String SUCCESS = "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>";

  @Parameter private ServerSoftware software;
  private RealServer server;

  @BeforeEach
  void takeServer(SharedServers servers) {
    server = servers.of(software);
  }

  private Set<String> expected(String prosody, String ejabberd) {
    String names = software == ServerSoftware.PROSODY ? prosody : ejabberd;
    return new TreeSet<>(List.of(names.split(" ")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void mechanisms_ofAccounts_areAllThatTheSoftwareHas(boolean directTls) throws Exception {
    StreamProbeBuilder builder = StreamProbe.to(server);
    try (StreamProbe probe = (directTls ? builder.directTls() : builder).open()) {
      assertThat(probe.mechanisms())
          .isEqualTo(
              expected(
                  "PLAIN SCRAM-SHA-1 SCRAM-SHA-256",
                  "PLAIN SCRAM-SHA-1 SCRAM-SHA-256 SCRAM-SHA-512 SCRAM-SHA-1-PLUS"
                      + " SCRAM-SHA-256-PLUS SCRAM-SHA-512-PLUS DIGEST-MD5 EXTERNAL X-OAUTH2"));
      assertThat(probe.tlsProtocol()).isEqualTo("TLSv1.3");
      assertThat(probe.authenticate("PLAIN", "\0juliet\0r0m30")).isEqualTo(SUCCESS);
    }
  }

  @Test
  void loginsOf_accountThatLoggedIn_areTheMechanisms() throws Exception {
    Jid nurse = Jid.of("nurse@example.org");
    assertThat(server.loginsOf(nurse, 0)).isEmpty();

    try (StreamProbe probe = StreamProbe.to(server).open()) {
      assertThat(probe.authenticate("PLAIN", "\0nurse\0angelica")).isEqualTo(SUCCESS);
    }

    assertThat(server.loginsOf(nurse, 1)).containsExactly("PLAIN");
  }

  @Test
  void mechanisms_ofAnAnonymousDomain_letAnyoneIn() throws Exception {
    try (StreamProbe probe = StreamProbe.to(server).domain("anon.example.org").open()) {
      assertThat(probe.mechanisms()).isEqualTo(expected("ANONYMOUS", "ANONYMOUS EXTERNAL PLAIN"));
      assertThat(probe.authenticate("ANONYMOUS", "")).isEqualTo(SUCCESS);
    }
  }

  /** Prosody prepares passwords on both sides (RFC 4013), ejabberd on none. */
  @ParameterizedTest
  @CsvSource({"pa\u00AAss, true", "paass, false", "p\uFF41ass, false"})
  void password_thatPreparationChanges_isPreparedByProsodyOnly(String said, boolean exact)
      throws Exception {
    try (StreamProbe probe = StreamProbe.to(server).open()) {
      assertThat(probe.authenticate("PLAIN", "\0romeo\0" + said).equals(SUCCESS))
          .isEqualTo(exact || software == ServerSoftware.PROSODY);
    }
  }

  private String external(CertificateProfile certificate, String authorizationId) throws Exception {
    KeyStore keys = server.clientCertificate(certificate, PASSWORD);
    try (StreamProbe probe =
        StreamProbe.to(server).clientCertificate(keys, PASSWORD).directTls().open()) {
      return probe.authenticate("EXTERNAL", authorizationId);
    }
  }

  @Test
  void external_certificateOfTheAccount_letsItInToEjabberd() throws Exception {
    String answer = external(JULIET, "");

    if (software == ServerSoftware.EJABBERD) {
      assertThat(answer).isEqualTo(SUCCESS);
      assertThat(external(JULIET.issuer(Issuer.INTERMEDIATE), "juliet@example.org"))
          .isEqualTo(SUCCESS);
    } else {
      assertThat(answer).contains("<invalid-mechanism/>");
    }
  }

  @Test
  void external_certificateThatDoesNotFit_isRefused() throws Exception {
    if (software == ServerSoftware.EJABBERD) {
      assertThat(external(JULIET, "romeo@example.org"))
          .contains("<not-authorized/>", "Certificate JID mismatch");
      assertThat(external(JULIET.validity(Validity.EXPIRED), ""))
          .contains("<not-authorized/>", "certificate has expired");
      assertThat(external(JULIET.issuer(Issuer.ITSELF), ""))
          .contains("<not-authorized/>", "Failed to get peer certificate");
    }
  }
}
