package dev.bobbin.xmpp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send ahead, and how many round trips that saves. */
class PipeliningTest {
  private static final String SHA_256 = "SCRAM-SHA-256";
  private static final String FEATURE = "<pipelining xmlns='urn:xmpp:features:pipelining'/>";
  private static final String REQUIRED =
      "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>";
  private static final String STARTTLS = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
  private static final String PROCEED = "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
  private static final String BIND =
      "<iq type='set' id='b1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
          + "<resource>balcony</resource></bind></iq>";
  private static final String BOUND =
      "<iq type='result' id='b1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
          + "<jid>juliet@example.org/balcony</jid></bind></iq>";

  private static LoopbackServer pipelining;
  private static LoopbackServer usual;

  @BeforeAll
  static void startServers() {
    usual = Servers.builder().account("juliet", "secret1").directTls().start();
    pipelining = Servers.builder().account("juliet", "secret1").directTls().pipelining().start();
  }

  @AfterAll
  static void closeServers() {
    usual.close();
    pipelining.close();
  }

  private static LoopbackServer server(boolean announced) {
    return announced ? pipelining : usual;
  }

  private static Login last(LoopbackServer server) {
    return server.logins().get(server.logins().size() - 1);
  }

  private static ScramClient juliet() {
    return new ScramClient(SHA_256, "juliet", "secret1");
  }

  /** Sends ahead all that it can; nothing of TLS. */
  private static void logInSendingAhead(RawClient client, String feature) throws IOException {
    ScramClient scram = juliet();
    client.send(RawClient.OPEN + RawClient.auth(SHA_256, scram.first()));
    client.receiveHeader();
    assertThat(client.receiveThrough("</stream:features>"))
        .endsWith("</mechanisms>" + feature + "</stream:features>");
    client.send(RawClient.response(scram.last(client.challenge())) + RawClient.OPEN + BIND);
    assertThat(client.receiveThrough("</success>")).contains(base64(scram));
    client.receiveHeader();
    client.expect(
        "<stream:features>" + RawClient.BOUND_FEATURES + feature + "</stream:features>" + BOUND);
  }

  private static String base64(ScramClient scram) {
    return ScramClient.base64(scram.expectedSignature());
  }

  @Test
  void features_ofAPipeliningServer_sayItOnEveryStream() throws IOException {
    try (RawClient client = new RawClient(pipelining)) {
      assertThat(client.open()).isEqualTo(REQUIRED + FEATURE);
      client.startTls();
      logInSendingAhead(client, FEATURE);
    }
  }

  @Test
  void startTls_clientThatWaits_takesSixTurnarounds() throws IOException {
    try (RawClient client = RawClient.bound(usual, "juliet", "secret1", "orchard")) {
      assertThat(client.jid()).isEqualTo("juliet@example.org/orchard");
      assertThat(usual.logins())
          .contains(
              new Login(Jid.of("juliet@example.org/orchard"), false, SHA_256, Optional.empty(), 6));
    }
  }

  @Test
  void direct_clientThatWaits_takesFourTurnarounds() throws IOException {
    try (RawClient client = RawClient.direct(usual, usual.clientContext())) {
      client.open();
      client.logIn(SHA_256, juliet());
      client.bind("balcony");

      assertThat(last(usual))
          .isEqualTo(new Login(Jid.of(client.jid()), true, SHA_256, Optional.empty(), 4));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void startTls_clientThatSendsAhead_takesTwoTurnarounds(boolean announced) throws IOException {
    LoopbackServer server = server(announced);
    String feature = announced ? FEATURE : "";
    try (RawClient client = new RawClient(server)) {
      client.send(RawClient.OPEN + STARTTLS);
      client.receiveHeader();
      client.expect("<stream:features>" + REQUIRED + feature + "</stream:features>" + PROCEED);
      client.handshake(server.clientContext(), new SSLParameters());
      logInSendingAhead(client, feature);

      assertThat(last(server).turnarounds()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void direct_clientThatSendsAhead_takesOneTurnaround(boolean announced) throws IOException {
    LoopbackServer server = server(announced);
    try (RawClient client = RawClient.direct(server, server.clientContext())) {
      logInSendingAhead(client, announced ? FEATURE : "");

      assertThat(last(server).turnarounds()).isEqualTo(1);
    }
  }

  /** The first flight of a TLS client. */
  private static byte[] clientHello(SSLContext context) throws IOException {
    SSLEngine engine = context.createSSLEngine("example.org", 5222);
    engine.setUseClientMode(true);
    ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), record);
    byte[] bytes = new byte[record.position()];
    record.flip().get(bytes);
    return bytes;
  }

  private static byte[] after(String xml, byte[] more) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(xml.getBytes(StandardCharsets.UTF_8));
    all.writeBytes(more);
    return all.toByteArray();
  }

  @Test
  void startTls_handshakeThatComesWithIt_isAnswered() throws IOException {
    byte[] hello = clientHello(pipelining.clientContext());
    try (RawClient client = new RawClient(pipelining)) {
      client.send(after(RawClient.OPEN + STARTTLS, hello));
      client.receiveHeader();
      client.expect("<stream:features>" + REQUIRED + FEATURE + "</stream:features>" + PROCEED);

      // A record with a handshake message: the ServerHello.
      client.expect("\u0016\u0003\u0003");
    }
  }

  @Test
  void startTls_handshakeThatIsCutInTwo_isAnswered() throws IOException {
    byte[] hello = clientHello(pipelining.clientContext());
    byte[] start = Arrays.copyOf(hello, 7);
    byte[] rest = Arrays.copyOfRange(hello, 7, hello.length);
    try (RawClient client = new RawClient(pipelining)) {
      client.send(after(RawClient.OPEN + STARTTLS, start));
      client.receiveHeader();
      client.expect("<stream:features>" + REQUIRED + FEATURE + "</stream:features>" + PROCEED);
      client.send(rest);

      client.expect("\u0016\u0003\u0003");
    }
  }

  @Test
  void startTls_handshakeThatComesWithItWhereItIsNotAnnounced_endsTheStream() throws IOException {
    try (RawClient client = new RawClient(usual)) {
      client.send(after(RawClient.OPEN + STARTTLS, clientHello(usual.clientContext())));
      client.receiveHeader();
      client.expect("<stream:features>" + REQUIRED + "</stream:features>");

      client.expectStreamError("policy-violation");
    }
  }

  @Test
  void startTls_xmlThatComesWithIt_isNeverTakenForWhatCameOverTls() throws IOException {
    try (RawClient client = new RawClient(pipelining)) {
      client.open();
      client.send(STARTTLS + RawClient.OPEN);
      client.expect(PROCEED);

      // What is left is at most a TLS alert.
      assertThat(client.readToEnd()).doesNotContain("<");
    }
  }

  @Test
  void auth_failureWithMoreSentAhead_endsTheStream() throws IOException {
    try (RawClient client = RawClient.direct(pipelining, pipelining.clientContext())) {
      ScramClient scram = new ScramClient(SHA_256, "juliet", "secret2");
      client.open();
      client.send(RawClient.auth(SHA_256, scram.first()));
      client.send(RawClient.response(scram.last(client.challenge())) + RawClient.OPEN + BIND);
      client.expect(RawClient.failure("not-authorized"));

      client.expectStreamError("not-well-formed");
    }
  }

  @Test
  void logins_channelBinding_isNamed() throws Exception {
    try (LoopbackServer server =
            Servers.builder()
                .account("juliet", "secret1")
                .mechanisms("SCRAM-SHA-1-PLUS")
                .directTls()
                .start();
        RawClient client = RawClient.direct(server, server.clientContext())) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(server.certificate().getEncoded());
      ScramClient scram = new ScramClient("SCRAM-SHA-1-PLUS", "juliet", "secret1");
      client.open();
      client.logIn("SCRAM-SHA-1-PLUS", scram.bindingTo("tls-server-end-point", hash));
      assertThat(server.logins()).isEmpty();
      client.bind("balcony");

      assertThat(last(server).mechanism()).isEqualTo("SCRAM-SHA-1-PLUS");
      assertThat(last(server).channelBinding()).hasValue("tls-server-end-point");
    }
  }

  @Test
  void recent_moreThanTheBound_keepsTheLast() {
    Recent<Integer> recent = new Recent<>();
    for (int i = 0; i < Recent.MOST + 5; i++) {
      recent.add(i);
    }

    assertThat(recent.list()).hasSize(Recent.MOST).startsWith(5).endsWith(Recent.MOST + 4);
  }
}
