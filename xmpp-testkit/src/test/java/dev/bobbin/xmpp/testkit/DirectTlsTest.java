package dev.bobbin.xmpp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.XmppException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

class DirectTlsTest {
  private static LoopbackServerBuilder builder() {
    return Servers.builder().account("juliet", "secret1");
  }

  private static Handshake only(LoopbackServer server) {
    assertThat(server.handshakes()).hasSize(1);
    return server.handshakes().get(0);
  }

  @Test
  void direct_clientWithAlpn_logsIn() throws IOException {
    try (LoopbackServer server = builder().directTls().start();
        RawClient client =
            RawClient.direct(server, server.clientContext(), "xmpp-server", "xmpp-client")) {
      assertThat(client.selectedAlpn()).isEqualTo("xmpp-client");
      assertThat(client.open()).startsWith("<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>");
      assertThat(only(server))
          .isEqualTo(
              new Handshake(
                  true,
                  Optional.of("example.org"),
                  List.of("xmpp-server", "xmpp-client"),
                  "TLSv1.3",
                  Optional.empty()));
      client.logIn("SCRAM-SHA-256", "juliet", "secret1");
      assertThat(client.bind("balcony")).isEqualTo("juliet@example.org/balcony");
    }
  }

  @Test
  void direct_clientWithoutAlpn_isTaken() throws IOException {
    try (LoopbackServer server = builder().directTls().start();
        RawClient client = RawClient.direct(server, server.clientContext())) {
      assertThat(client.selectedAlpn()).isEmpty();
      client.open();
      assertThat(only(server).applicationProtocols()).isEmpty();
    }
  }

  @Test
  void direct_clientOfAnotherProtocol_failsInTheHandshake() throws IOException {
    try (LoopbackServer server = builder().directTls().start()) {
      assertThatThrownBy(() -> RawClient.direct(server, server.clientContext(), "h2"))
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("no_application_protocol");
      assertThat(server.handshakes()).isEmpty();
    }
  }

  @Test
  void direct_clientThatSpeaksNoTls_isCut() throws IOException {
    try (LoopbackServer server = builder().directTls().start();
        RawClient client = RawClient.onDirectPort(server)) {
      client.send(RawClient.OPEN);

      // What is left is at most a TLS alert.
      assertThat(client.readToEnd()).doesNotContain("<");
    }
  }

  @Test
  void direct_bothPorts_shareSessionsAndTheBoundOfConnections() throws IOException {
    try (LoopbackServer server =
            builder().account("romeo", "secret2").directTls().maxConnections(2).start();
        RawClient juliet = RawClient.bound(server, "juliet", "secret1", "balcony");
        RawClient romeo = RawClient.direct(server, server.clientContext())) {
      romeo.open();
      romeo.logIn("SCRAM-SHA-256", "romeo", "secret2");
      romeo.bind("orchard");
      romeo.send("<message to='juliet@example.org/balcony'/>");
      juliet.expect("<message to='juliet@example.org/balcony' from='romeo@example.org/orchard'/>");
      assertThat(server.sessions()).hasSize(2);
      try (RawClient third = RawClient.onDirectPort(server)) {
        assertThat(third.isCut()).isTrue();
      }
    }
  }

  @Test
  void withoutStartTls_directTls_isTheOnlyWayIn() throws IOException {
    try (LoopbackServer server = builder().withoutStartTls().directTls().start();
        RawClient clear = new RawClient(server);
        RawClient client = RawClient.direct(server, server.clientContext())) {
      assertThat(clear.open()).isEmpty();
      client.open();
      client.logIn("SCRAM-SHA-256", "juliet", "secret1");
    }
  }

  @Test
  void startTls_handshake_isRememberedWithoutSelectingAProtocol() throws IOException {
    try (LoopbackServer server = builder().start();
        RawClient client = new RawClient(server)) {
      SSLParameters parameters = new SSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      client.open();
      client.startTls(server.clientContext(), parameters);
      client.open();

      assertThat(client.selectedAlpn()).isEmpty();
      assertThat(only(server))
          .isEqualTo(
              new Handshake(
                  false, Optional.of("example.org"), List.of("h2"), "TLSv1.3", Optional.empty()));
    }
  }

  @Test
  void tlsProtocols_chosen_areAllThatIsSpoken() throws IOException {
    try (LoopbackServer server = builder().directTls().tlsProtocols("TLSv1.2").start()) {
      try (RawClient client = RawClient.direct(server, server.clientContext())) {
        client.open();
        assertThat(only(server).version()).isEqualTo("TLSv1.2");
      }
      try (RawClient client = RawClient.onDirectPort(server)) {
        SSLParameters newest = new SSLParameters();
        newest.setProtocols(new String[] {"TLSv1.3"});
        assertThatThrownBy(() -> client.handshake(server.clientContext(), newest))
            .isInstanceOf(SSLHandshakeException.class)
            .hasMessageContaining("protocol_version");
      }
    }
  }

  @Test
  void tlsProtocols_unknownTwiceOrNone_areRefused() {
    for (String[] wrong : new String[][] {{"SSLv3"}, {"TLSv1.2", "TLSv1.2"}, {}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder().tlsProtocols(wrong))
          .withMessage(
              "The versions of TLS are " + List.of(wrong) + "; there are: [TLSv1.3, TLSv1.2]");
    }
  }

  @Test
  void directTlsPort_ofAServerWithoutOne_isAnError() {
    try (LoopbackServer server = builder().start()) {
      assertThatThrownBy(server::directTlsPort).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void directTls_portOfChoice_isListenedOn() throws IOException {
    LoopbackServer server = builder().directTls().start();
    int port = server.address().getPort();
    int direct = server.directTlsPort();
    // The second is refused, and so the first is free again.
    assertThatThrownBy(() -> builder().directTls(direct).start())
        .isInstanceOf(XmppException.class)
        .hasMessageStartingWith("Cannot listen on 127.0.0.1, port " + direct + ": ");
    server.close();

    try (LoopbackServer next = builder().port(port).directTls(direct).start();
        RawClient client = RawClient.direct(next, next.clientContext())) {
      client.open();
      assertThat(next.directTlsPort()).isEqualTo(direct);
      assertThat(server.directTlsPort()).isEqualTo(direct);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().directTls(-1))
        .withMessage("directTls is -1");
  }
}
