package dev.bobbin.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.CertificateProfile.Issuer;
import dev.bobbin.testservers.CertificateProfile.KeyType;
import dev.bobbin.testservers.CertificateProfile.NameKind;
import dev.bobbin.testservers.CertificateProfile.Validity;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** That each domain of a server shows the certificate that was asked for. */
@ParameterizedClass
@EnumSource(ServerSoftware.class)
@Timeout(60)
@ExtendWith(SharedServers.Resolver.class)
class ShownCertificateTest {
  private static final CertificateProfile SRV_ID =
      CertificateProfile.nameless()
          .name(NameKind.SRV, "_xmpp-client.srv.example.org")
          .commonName("srv.example.org");

  /** The domains, for the server that all tests share. */
  static final List<VirtualHost> DOMAINS =
      List.of(
          host("expired", of("expired").validity(Validity.EXPIRED)),
          host("future", of("future").validity(Validity.FUTURE)),
          host("self", of("self").issuer(Issuer.ITSELF)),
          host("chain", of("chain").issuer(Issuer.INTERMEDIATE)),
          host("broken", of("broken").issuer(Issuer.UNSHOWN_INTERMEDIATE)),
          host("rsa", of("rsa").keyType(KeyType.RSA)),
          host("a.wild", of("*.wild")),
          host("other", of("elsewhere").commonName("other.example.org")),
          host("srv", SRV_ID),
          host(
              "ip",
              CertificateProfile.nameless()
                  .name(NameKind.IP, "127.0.0.1")
                  .commonName("ip.example.org")));

  @Parameter private ServerSoftware software;
  private RealServer server;

  @BeforeEach
  void takeServer(SharedServers servers) {
    server = servers.of(software);
  }

  private static CertificateProfile of(String label) {
    return CertificateProfile.of(label + ".example.org");
  }

  private static VirtualHost host(String label, CertificateProfile profile) {
    return VirtualHost.of(label + ".example.org").certificate(profile);
  }

  /** By STARTTLS and by TLS at once, which had better be the same. */
  private List<X509Certificate> shown(String domain) throws Exception {
    try (StreamProbe probe = StreamProbe.to(server).domain(domain).open();
        StreamProbe direct = StreamProbe.to(server).domain(domain).directTls().open()) {
      assertThat(direct.certificates()).isEqualTo(probe.certificates());
      return probe.certificates();
    }
  }

  private List<X509Certificate> shownBy(String label) throws Exception {
    return shown(label + ".example.org");
  }

  /** As a client does that trusts the server's authority, and does not ask for names. */
  private void verify(List<X509Certificate> chain) throws Exception {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    try (InputStream in = Files.newInputStream(server.certificate())) {
      X509Certificate authority = (X509Certificate) factory.generateCertificate(in);
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
      parameters.setRevocationEnabled(false);
      List<X509Certificate> below = new ArrayList<>(chain);
      below.remove(authority);
      CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(below), parameters);
    }
  }

  private static void assertNames(List<X509Certificate> chain, List<?>... names) throws Exception {
    assertThat(new ArrayList<>(chain.get(0).getSubjectAlternativeNames()))
        .isEqualTo(List.of(names));
  }

  @Test
  void certificates_ofTheDomain_areTrusted() throws Exception {
    List<X509Certificate> chain = shown("example.org");

    verify(chain);
    assertNames(chain, List.of(2, "example.org"));
    assertThat(chain.get(0).getPublicKey().getAlgorithm()).isEqualTo("EC");
  }

  @Test
  void certificates_namesOfOtherKinds_areShown() throws Exception {
    assertNames(shownBy("a.wild"), List.of(2, "*.wild.example.org"));
    assertNames(shownBy("other"), List.of(2, "elsewhere.example.org"));
    assertNames(shownBy("ip"), List.of(7, "127.0.0.1"));
    List<?> name = shownBy("srv").get(0).getSubjectAlternativeNames().iterator().next();
    assertThat(name.get(0)).isEqualTo(0);
    assertThat(new String((byte[]) name.get(1), StandardCharsets.ISO_8859_1))
        .endsWith("\u0016\u001c_xmpp-client.srv.example.org");
  }

  @Test
  void certificates_rsaKey_isTrusted() throws Exception {
    List<X509Certificate> chain = shownBy("rsa");

    verify(chain);
    assertThat(chain.get(0).getPublicKey().getAlgorithm()).isEqualTo("RSA");
  }

  @Test
  void certificates_notValidNow_areNotTrusted() throws Exception {
    List<X509Certificate> expired = shownBy("expired");
    List<X509Certificate> future = shownBy("future");

    assertThatThrownBy(() -> verify(expired)).hasCauseInstanceOf(CertificateExpiredException.class);
    assertThatThrownBy(() -> verify(future))
        .hasCauseInstanceOf(CertificateNotYetValidException.class);
  }

  @Test
  void certificates_ofAnIntermediate_areTrustedWhereItIsShown() throws Exception {
    List<X509Certificate> whole = shownBy("chain");
    List<X509Certificate> broken = shownBy("broken");

    assertThatCode(() -> verify(whole)).doesNotThrowAnyException();
    assertThat(whole).hasSize(2);
    assertThat(broken).hasSize(1);
    assertThatThrownBy(() -> verify(broken)).isInstanceOf(CertPathValidatorException.class);
  }

  @Test
  void certificates_selfSigned_areNotTrusted() throws Exception {
    List<X509Certificate> self = shownBy("self");

    assertThat(self.get(0).getIssuerX500Principal())
        .isEqualTo(self.get(0).getSubjectX500Principal());
    assertThatThrownBy(() -> verify(self)).isInstanceOf(CertPathValidatorException.class);
  }
}
