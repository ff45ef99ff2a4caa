package dev.bobbin.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.CertificateProfile.Issuer;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.security.cert.CertPathBuilderException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two peers by hand, on each server. */
@ParameterizedClass
@EnumSource(ServerSoftware.class)
@Timeout(60)
@ExtendWith(SharedServers.Resolver.class)
class LiteralPeerTest {
  private static final Jid JULIET = Jid.of("juliet@example.org/balcony");
  private static final Jid PARIS = Jid.of("paris@example.org/hall");

  @Parameter private ServerSoftware software;
  private RealServer server;

  @BeforeEach
  void takeServer(SharedServers servers) {
    server = servers.of(software);
  }

  @Test
  void say_toAnother_isHeardAsItWasSaid() {
    try (LiteralPeer juliet = LiteralPeer.login(server, JULIET);
        LiteralPeer paris = LiteralPeer.login(server, PARIS)) {
      juliet.say(
          "<message to='paris@example.org/hall' id='1'><a xmlns='urn:a' b='&lt;'>\u00e9"
              + "<c/> &amp;<![CDATA[<]]></a></message><message to='paris@example.org/hall' id='2'/>");

      XmlElement second = paris.hear(stanza -> stanza.attribute("id").equals(Optional.of("2")));
      XmlElement first = paris.hear();
      assertThat(second.attribute("from")).contains(juliet.jid().toString());
      assertThat(first.attribute("from")).contains(juliet.jid().toString());
      assertThat(first.children())
          .containsExactly(
              XmlElement.builder("a", "urn:a")
                  .attribute("b", "<")
                  .text("\u00e9")
                  .add(XmlElement.of("c", "urn:a"))
                  .text(" &<")
                  .build());
    }
  }

  @Test
  void hear_whenTheStreamHasEnded_failsAtOnce() {
    try (LiteralPeer juliet = LiteralPeer.login(server, JULIET)) {
      juliet.say("</stream:stream>");

      assertThatThrownBy(juliet::hear)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("juliet@example.org/balcony heard nothing such, but []");
    }
  }

  @Test
  void login_certificateOfAnother_isRefused() throws Exception {
    CertificateProfile stranger = CertificateProfile.of("example.org").issuer(Issuer.ITSELF);
    X509Certificate other =
        (X509Certificate)
            server.clientCertificate(stranger, "key".toCharArray()).getCertificate("client");

    assertThatThrownBy(() -> LiteralPeer.login(server.address(), other, JULIET, "r0m30"))
        .hasRootCauseInstanceOf(CertPathBuilderException.class);
  }
}
