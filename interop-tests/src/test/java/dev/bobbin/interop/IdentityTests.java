package dev.bobbin.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.CertificateProfile;
import dev.bobbin.testservers.CertificateProfile.Issuer;
import dev.bobbin.testservers.CertificateProfile.KeyType;
import dev.bobbin.testservers.CertificateProfile.NameKind;
import dev.bobbin.testservers.CertificateProfile.Validity;
import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in without a password: as nobody in particular, and by a certificate. */
abstract class IdentityTests extends OnARealServer {
  private static final Jid ANYONE = Jid.of("anon.example.org");
  private static final Jid BENVOLIO = Jid.of("benvolio@example.org/square");
  private static final CertificateProfile BENVOLIOS =
      CertificateProfile.nameless().name(NameKind.XMPP_ADDR, "benvolio@example.org");
  private static final char[] KEY_PASSWORD = "of a key".toCharArray();

  IdentityTests(ServerSoftware software) {
    super(software);
  }

  private XmppClient anonymous(boolean directTls) {
    return track(here(XmppClient.anonymous(ANYONE), directTls).build());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void connect_asNobody_isGivenAnAccountOfTheDomain(boolean directTls) {
    XmppClient one = anonymous(directTls);
    XmppClient other = anonymous(directTls);

    Jid jid = await(one.connect());

    assertThat(jid.domain()).isEqualTo("anon.example.org");
    assertThat(jid.local()).isPresent();
    assertThat(jid.resource()).isPresent();
    assertThat(one.self()).isEqualTo(jid);
    assertThat(await(other.connect()).bare()).isNotEqualTo(jid.bare());
  }

  @Test
  void request_betweenTwoNobodies_isAnswered() {
    XmppClient one = anonymous(false);
    XmppClient other = anonymous(true);
    await(one.connect());
    Jid peer = await(other.connect());
    other.onRequest(
        "ping", "urn:xmpp:ping", request -> CompletableFuture.completedFuture(request.result()));

    Iq answer = await(one.request(Iq.get(peer, XmlElement.of("ping", "urn:xmpp:ping"))));

    assertThat(answer.type()).isEqualTo(Iq.Type.RESULT);
    assertThat(answer.from()).contains(peer);
  }

  @Test
  void connect_asNobodyToADomainOfAccounts_isRefused() {
    assertFails(
            track(here(XmppClient.anonymous(Jid.of("example.org"))).build()),
            Reason.NO_COMMON_MECHANISM)
        .hasMessageContaining("ANONYMOUS");
  }

  private XmppClientBuilder benvolioBy(CertificateProfile certificate) {
    return XmppClient.external(BENVOLIO)
        .clientCertificate(server().clientCertificate(certificate, KEY_PASSWORD), KEY_PASSWORD);
  }

  /** None of Prosody's own modules takes certificates of clients, though it asks for them. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void connect_byCertificateOfTheAccount_logsInToEjabberd(boolean directTls) {
    XmppClientBuilder builder = benvolioBy(BENVOLIOS);
    XmppClient benvolio = track(here(builder, directTls).build());

    if (software == ServerSoftware.EJABBERD) {
      assertThat(await(benvolio.connect())).isEqualTo(BENVOLIO);
      assertThat(server().loginsOf(BENVOLIO.bare(), 1)).contains("EXTERNAL");
    } else {
      assertFails(benvolio, Reason.NO_COMMON_MECHANISM).hasMessageContaining("EXTERNAL");
    }
  }

  /** Certificates that ejabberd may take or not. */
  enum Shown {
    RSA(BENVOLIOS.keyType(KeyType.RSA), true),
    OF_AN_INTERMEDIATE(BENVOLIOS.issuer(Issuer.INTERMEDIATE), true),
    EXPIRED(BENVOLIOS.validity(Validity.EXPIRED), false),
    ANOTHERS(CertificateProfile.nameless().name(NameKind.XMPP_ADDR, "juliet@example.org"), false),
    OF_NO_AUTHORITY(BENVOLIOS.issuer(Issuer.ITSELF), false);

    final CertificateProfile certificate;
    final boolean good;

    Shown(CertificateProfile certificate, boolean good) {
      this.certificate = certificate;
      this.good = good;
    }
  }

  @ParameterizedTest
  @EnumSource(Shown.class)
  void connect_byAnotherCertificate_isAsTheServerSays(Shown shown) {
    XmppClient benvolio = track(here(benvolioBy(shown.certificate)).build());

    if (software == ServerSoftware.PROSODY) {
      assertFails(benvolio, Reason.NO_COMMON_MECHANISM);
    } else if (shown.good) {
      assertThat(await(benvolio.connect())).isEqualTo(BENVOLIO);
    } else {
      assertFails(benvolio, Reason.WRONG_CREDENTIALS).hasMessageContaining("not-authorized");
    }
  }
}
