package dev.bobbin.xmpp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Client certificates, and the mechanism EXTERNAL. */
class ExternalTest {
  private static final String SUCCESS =
      "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'></success>";
  private static final String EXTERNAL_FIRST =
      "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
          + "<mechanism>EXTERNAL</mechanism><mechanism>SCRAM-SHA-256</mechanism></mechanisms>";
  private static final String SCRAM_ALONE =
      "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
          + "<mechanism>SCRAM-SHA-256</mechanism></mechanisms>";

  /** Of 132 bytes: in DER, its length takes two bytes. */
  private static final String LONG = "a".repeat(120) + "@example.org";

  private static ClientIdentity juliet;
  private static ClientIdentity several;
  private static ClientIdentity stranger;
  private static LoopbackServer server;

  @BeforeAll
  static void startServer() {
    // Mercutio has no account, and the third is of another server.
    juliet =
        ClientIdentity.create("juliet@example.org", "mercutio@example.org", "romeo@example.net");
    several = ClientIdentity.create("juliet@example.org", "zoë@example.org", LONG);
    stranger = ClientIdentity.create();
    server =
        Servers.builder()
            .account("juliet", "secret1")
            .account("romeo", "secret2")
            .account("zoë", "secret3")
            .mechanisms("EXTERNAL", "SCRAM-SHA-256")
            .directTls()
            .clientAuthority(juliet.certificate())
            .clientAuthority(several.certificate())
            .clientAuthority(stranger.certificate())
            .start();
  }

  @AfterAll
  static void closeServer() {
    server.close();
  }

  private static RawClient connected(SSLContext context) throws IOException {
    return RawClient.direct(server, context);
  }

  private static void external(RawClient client, String authzid) throws IOException {
    client.send(
        authzid.isEmpty()
            ? "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>=</auth>"
            : RawClient.auth("EXTERNAL", authzid));
  }

  @Test
  void external_oneAddressWithAnAccount_goesWithoutSaying() throws IOException {
    try (RawClient client = connected(juliet.contextFor(server))) {
      assertThat(client.open()).isEqualTo(EXTERNAL_FIRST);
      external(client, "");
      client.expect(SUCCESS);
      client.open();

      assertThat(client.bind("balcony")).isEqualTo("juliet@example.org/balcony");
      assertThat(server.handshakes())
          .anySatisfy(seen -> assertThat(seen.clientCertificate()).hasValue(juliet.certificate()));
    }
  }

  @Test
  void external_withoutInitialResponse_isAskedForIt() throws IOException {
    try (RawClient client = connected(juliet.contextFor(server))) {
      client.open();
      client.send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'/>");
      assertThat(client.challenge()).isEmpty();
      client.send("<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");

      client.expect(SUCCESS);
    }
  }

  @Test
  void external_authzid_hasToBeAnAddressWithAnAccount() throws IOException {
    try (RawClient client = connected(juliet.contextFor(server))) {
      client.open();
      for (String wrong :
          List.of("romeo@example.org", "mercutio@example.org", "juliet@example.org/balcony")) {
        external(client, wrong);
        client.expect(RawClient.failure("invalid-authzid"));
      }
      external(client, "juliet@example.org");

      client.expect(SUCCESS);
    }
  }

  @Test
  void external_severalAddresses_haveToBeChosenFrom() throws IOException {
    try (RawClient client = connected(several.contextFor(server))) {
      client.open();
      external(client, "");
      client.expect(RawClient.failure("invalid-authzid"));
      external(client, "zoë@example.org");
      client.expect(SUCCESS);
      client.open();

      client.send(
          "<iq type='set' id='b1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
              + "<resource>home</resource></bind></iq>");
      client.expectUtf8(
          "<iq type='result' id='b1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
              + "<jid>zoë@example.org/home</jid></bind></iq>");
    }
  }

  @Test
  void external_certificateWithoutAddress_isNotAuthorized() throws IOException {
    try (RawClient client = connected(stranger.contextFor(server))) {
      assertThat(client.open()).isEqualTo(EXTERNAL_FIRST);
      external(client, "juliet@example.org");

      client.expect(RawClient.failure("not-authorized"));
    }
  }

  @Test
  void external_clientWithoutCertificate_isNotOfferedIt() throws IOException {
    try (RawClient client = connected(server.clientContext())) {
      assertThat(client.open()).isEqualTo(SCRAM_ALONE);
      external(client, "juliet@example.org");
      client.expect(RawClient.failure("invalid-mechanism"));

      client.logIn("SCRAM-SHA-256", "juliet", "secret1");
    }
  }

  @Test
  void external_serverThatAsksForNoCertificate_doesNotOfferIt() throws IOException {
    try (LoopbackServer other =
            Servers.builder().mechanisms("EXTERNAL", "SCRAM-SHA-256").directTls().start();
        RawClient client = RawClient.direct(other, juliet.contextFor(other))) {
      assertThat(client.open()).isEqualTo(SCRAM_ALONE);
    }
  }

  @Test
  void external_certificateOfAnotherAuthority_failsInTheHandshake() throws IOException {
    try (LoopbackServer other =
            Servers.builder().directTls().clientAuthority(several.certificate()).start();
        RawClient client = RawClient.direct(other, juliet.contextFor(other))) {
      // On TLS 1.3 the client learns of it when it reads.
      assertThatThrownBy(client::open).isInstanceOf(IOException.class);
      assertThat(other.handshakes()).isEmpty();
    }
  }

  @Test
  void addresses_ofCertificates_areTheirJids() {
    assertThat(XmppAddresses.in(several.certificate()))
        .containsExactly(Jid.of("juliet@example.org"), Jid.of("zoë@example.org"), Jid.of(LONG));
    assertThat(XmppAddresses.in(stranger.certificate())).isEmpty();
    assertThat(XmppAddresses.in(server.certificate())).isEmpty();
  }

  /** DER knows one form of a length, the shortest; readers may refuse any other. */
  @Test
  void extension_ofLongAddresses_hasTheShortestLengths() {
    String type = "06082b06010505070805";

    assertThat(hex("a".repeat(88) + "@example.org")) // 100
        .startsWith("3074" + "a072" + type + "a066" + "0c64" + "61");
    assertThat(hex(LONG)).startsWith("308197" + "a08194" + type + "a08187" + "0c8184" + "61");
    assertThat(hex("a".repeat(500) + "@example.org")) // 512
        .startsWith("30820216" + "a0820212" + type + "a0820204" + "0c820200" + "61");
  }

  private static String hex(String address) {
    return HexFormat.of().formatHex(XmppAddresses.extension(List.of(Jid.of(address))));
  }

  @Test
  void identity_fullJid_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClientIdentity.create("juliet@example.org/balcony"))
        .withMessage("'juliet@example.org/balcony' is not bare");
  }

  @Test
  void writeKeyStore_file_holdsKeyAndCertificate(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("juliet.p12");
    juliet.writeKeyStore(file, "secret1");

    KeyStore read = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      read.load(in, "secret1".toCharArray());
    }
    String alias = read.aliases().nextElement();
    assertThat(read.getKey(alias, "secret1".toCharArray())).isEqualTo(juliet.privateKey());
    assertThat(read.getCertificate(alias)).isEqualTo(juliet.certificate());
  }
}
