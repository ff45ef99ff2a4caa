package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.TinyNameServer;
import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TLS that begins with the connection (XEP-0368), and what tells it from STARTTLS. */
@Timeout(60)
class DirectTlsTest {
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** Takes note of the protocols asked for, and chooses one; empty is to ignore them. */
  private Consumer<SSLSocket> choosing(String protocol) {
    return tls ->
        tls.setHandshakeApplicationProtocolSelector(
            (socket, offered) -> {
              asked.addAll(offered);
              return protocol;
            });
  }

  private ScriptedServer server(Consumer<SSLSocket> settings) throws Exception {
    return new ScriptedServer(
        peer -> {
          SSLSocket tls = peer.handshake(TestIdentity.EXAMPLE.context(), settings);
          assertThat(((ExtendedSSLSession) tls.getSession()).getRequestedServerNames())
              .containsExactly(new SNIHostName("example.org"));
          peer.loginSecured();
          peer.closeInOrder();
        });
  }

  private static XmppClientBuilder client() {
    return XmppClient.builder(Jid.of(Peer.ME), "r0m30")
        .trust(TestIdentity.EXAMPLE.certificate())
        .discoverPlugins(false);
  }

  private static void assertLogsIn(XmppClientBuilder builder, ScriptedServer server)
      throws Exception {
    try (XmppClient client = builder.build()) {
      assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);
    }
    server.finish();
  }

  @Test
  void connect_directTls_namesDomainAndProtocol() throws Exception {
    try (ScriptedServer server = server(choosing("xmpp-client"))) {
      assertLogsIn(client().directTls("127.0.0.1", server.port()), server);
    }
    assertThat(asked).containsExactly("xmpp-client");
  }

  @Test
  void connect_serverIgnoresTheProtocol_isFine() throws Exception {
    try (ScriptedServer server = server(choosing(""))) {
      assertLogsIn(client().directTls("127.0.0.1", server.port()), server);
    }
    assertThat(asked).containsExactly("xmpp-client");
  }

  @Test
  void connect_srvRecordForDirectTls_isUsedSo() throws Exception {
    try (ScriptedServer server = server(tls -> {});
        TinyNameServer names =
            TinyNameServer.withRecords(
                List.of(), List.of(new TinyNameServer.Srv(1, 1, server.port(), "localhost")))) {
      assertLogsIn(client().nameServer(names.address()), server);
    }
  }

  @Test
  void connect_startTls_namesNoProtocol() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.open(Peer.STARTTLS);
              peer.proceed();
              peer.handshake(TestIdentity.EXAMPLE.context(), choosing(""));
              peer.loginSecured();
              peer.closeInOrder();
            })) {
      assertLogsIn(client().host("127.0.0.1", server.port()), server);
    }
    assertThat(asked).isEmpty();
  }

  private static ConnectionException failure(ScriptedServer.Script script) throws Exception {
    try (ScriptedServer server = new ScriptedServer(script);
        XmppClient client = client().directTls("127.0.0.1", server.port()).build()) {
      ConnectionException failure = ConnectFailureTest.failureOf(client);
      server.finish();
      return failure;
    }
  }

  @Test
  void connect_serverSpeaksAnotherProtocol_isRefused() throws Exception {
    ConnectionException failure =
        failure(
            peer ->
                assertThatThrownBy(
                        () -> peer.handshake(TestIdentity.EXAMPLE.context(), choosing("h2")))
                    .isInstanceOf(SSLException.class));

    assertThat(failure.reason()).isEqualTo(Reason.TLS);
    assertThat(failure)
        .hasMessageStartingWith("The TLS handshake with the server of 'example.org' failed: ")
        .hasMessageEndingWith(" (docs/errors.md#tls-handshake)");
  }

  @Test
  void connect_serverSpeaksInTheClear_isRefused() throws Exception {
    ConnectionException failure =
        failure(
            peer -> {
              peer.send(Peer.HEADER + Peer.STARTTLS);
              assertThat(peer.readToEnd()).doesNotContain("stream");
            });

    assertThat(failure.reason()).isEqualTo(Reason.TLS);
  }

  @Test
  void connect_certificateOfAnotherHost_isRefused() throws Exception {
    TestIdentity other = TestIdentity.of("localhost", "-1d");
    try (ScriptedServer server =
            new ScriptedServer(
                peer ->
                    assertThatThrownBy(
                            () -> {
                              peer.handshake(other.context(), tls -> {});
                              peer.readUntil(">");
                            })
                        .isInstanceOf(java.io.IOException.class));
        XmppClient client =
            client().trust(other.certificate()).directTls("localhost", server.port()).build()) {
      assertThat(ConnectFailureTest.failureOf(client).reason()).isEqualTo(Reason.CERTIFICATE);
      server.finish();
    }
  }
}
