package dev.bobbin.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.CertificateProfile;
import dev.bobbin.testservers.CertificateProfile.Issuer;
import dev.bobbin.testservers.CertificateProfile.KeyType;
import dev.bobbin.testservers.CertificateProfile.NameKind;
import dev.bobbin.testservers.CertificateProfile.Validity;
import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.testservers.VirtualHost;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Certificates of servers, good and bad, each of a domain of its own. Of some the subject is the
 * domain, which no client may take for a name of it; ejabberd finds the certificate so.
 */
abstract class CertificateTests extends OnARealServer {
  /** The domains, for the server that all tests share. */
  static final List<VirtualHost> DOMAINS =
      List.of(
          domain("chain", of("chain").issuer(Issuer.INTERMEDIATE)),
          domain("broken", of("broken").issuer(Issuer.UNSHOWN_INTERMEDIATE)),
          domain("rsa", of("rsa").keyType(KeyType.RSA)),
          domain("a.wild", of("*.wild")),
          domain("a.b.wild", of("*.wild").commonName("a.b.wild.example.org")),
          domain("srv", named("srv", NameKind.SRV, "_xmpp-client.srv.example.org")),
          domain("others-srv", named("others-srv", NameKind.SRV, "_xmpp-client.example.org")),
          domain(
              "another-service",
              named("another-service", NameKind.SRV, "_imap.another-service.example.org")),
          domain("expired", of("expired").validity(Validity.EXPIRED)),
          domain("future", of("future").validity(Validity.FUTURE)),
          domain("self", of("self").issuer(Issuer.ITSELF)),
          domain("other", named("other", NameKind.DNS, "elsewhere.example.org")),
          domain("ip", named("ip", NameKind.IP, "127.0.0.1")),
          domain("nameless", CertificateProfile.nameless().commonName("nameless.example.org")));

  CertificateTests(ServerSoftware software) {
    super(software);
  }

  private static CertificateProfile of(String label) {
    return CertificateProfile.of(label + ".example.org");
  }

  private static CertificateProfile named(String label, NameKind kind, String name) {
    return CertificateProfile.nameless().commonName(label + ".example.org").name(kind, name);
  }

  private static VirtualHost domain(String label, CertificateProfile certificate) {
    return VirtualHost.of(label + ".example.org")
        .account("juliet", SharedServers.ACCOUNTS.get("juliet"))
        .certificate(certificate);
  }

  private XmppClient juliet(String label, boolean directTls) {
    Jid jid = Jid.of("juliet@" + label + ".example.org/balcony");
    XmppClientBuilder builder = XmppClient.builder(jid, SharedServers.ACCOUNTS.get("juliet"));
    return track(here(builder, directTls).build());
  }

  @ParameterizedTest
  @CsvSource({
    "chain, false", "chain, true",
    "rsa, false", "rsa, true",
    "a.wild, false", "a.wild, true",
    "srv, false", "srv, true"
  })
  void connect_certificateOfTheDomain_logsIn(String label, boolean directTls) {
    assertThat(await(juliet(label, directTls).connect()))
        .hasToString("juliet@" + label + ".example.org/balcony");
  }

  @ParameterizedTest
  @CsvSource({
    "broken, not trusted, false",
    "broken, not trusted, true",
    "self, not trusted, false",
    "self, not trusted, true",
    "expired, has expired, false",
    "expired, has expired, true",
    "future, not valid yet, false",
    "future, not valid yet, true",
    "other, elsewhere.example.org, false",
    "other, elsewhere.example.org, true",
    "others-srv, _xmpp-client.example.org, false",
    "others-srv, _xmpp-client.example.org, true",
    "another-service, _imap.another-service.example.org, false",
    "a.b.wild, *.wild.example.org, false",
    "a.b.wild, *.wild.example.org, true",
    "ip, 127.0.0.1, false",
    "ip, 127.0.0.1, true",
    "nameless, names no server, false",
    "nameless, names no server, true"
  })
  void connect_certificateThatWillNotDo_isRefusedWithTheReason(
      String label, String why, boolean directTls) {
    assertFails(juliet(label, directTls), Reason.CERTIFICATE).hasMessageContaining(why);
  }
}
