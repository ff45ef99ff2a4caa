package dev.bobbin.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.RealServer;
import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.testservers.StreamProbe;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.ConnectionState;
import dev.bobbin.xmpp.api.StateChange;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.core.XmppClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in to real servers, whatever they offer, and being refused. */
abstract class LoginTests extends OnARealServer {
  LoginTests(ServerSoftware software) {
    super(software);
  }

  private XmppClient juliet(RealServer at) {
    return client(at, JULIET, builder -> builder.discoverPlugins(false));
  }

  private XmppClient julietByDirectTls(RealServer at) {
    return track(
        XmppClient.builder(JULIET, SharedServers.ACCOUNTS.get("juliet"))
            .directTls("127.0.0.1", at.directTlsPort())
            .trust(at.certificate())
            .discoverPlugins(false)
            .build());
  }

  /**
   * A server that keeps hashes can offer one SCRAM only, and that with channel binding too, which
   * must not confuse us: they verify a kind of it that the JDK does not have.
   */
  @ParameterizedTest
  @CsvSource({"TLSv1.2, SHA-1, TLSv1.3", "TLSv1.3, SHA-256, TLSv1.2"})
  void connect_oneTlsAndOneMechanism_logsInEitherWay(
      String protocol, String hash, String otherProtocol) throws Exception {
    software.require();
    try (RealServer strict =
        software
            .builder("example.org")
            .account("juliet", SharedServers.ACCOUNTS.get("juliet"))
            .tlsProtocol(protocol)
            .passwordHash(hash)
            .start()) {
      Set<String> offered = new TreeSet<>(Set.of("SCRAM-" + hash));
      if (software == ServerSoftware.EJABBERD || protocol.equals("TLSv1.2")) {
        offered.add("SCRAM-" + hash + "-PLUS");
      }
      try (StreamProbe probe = StreamProbe.to(strict).tlsProtocol(protocol).open()) {
        assertThat(probe.mechanisms())
            .filteredOn(mechanism -> mechanism.startsWith("SCRAM-"))
            .containsExactlyElementsOf(offered);
        assertThat(probe.iterations("SCRAM-" + hash, "juliet"))
            .isEqualTo(software == ServerSoftware.PROSODY ? 10_000 : 4096);
      }
      assertThatThrownBy(() -> StreamProbe.to(strict).tlsProtocol(otherProtocol).open())
          .isInstanceOf(SSLException.class);

      // One after the other: to start a server takes longer than both.
      XmppClient byStartTls = juliet(strict);
      assertThat(await(byStartTls.connect())).isEqualTo(JULIET);
      byStartTls.close();
      assertThat(await(julietByDirectTls(strict).connect())).isEqualTo(JULIET);
    }
  }

  /** Mechanisms and features come in another order each time. */
  @Test
  void connect_manyMechanismsInAnyOrder_logsInEachTime() throws Exception {
    try (StreamProbe probe = StreamProbe.to(server()).open()) {
      assertThat(probe.mechanisms()).contains("SCRAM-SHA-1", "SCRAM-SHA-256");
    }
    for (int i = 0; i < 20; i++) {
      XmppClient juliet = juliet(server());
      assertThat(await(juliet.connect())).isEqualTo(JULIET);
      juliet.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void onStateChange_fromLoginToClose_tellsAllInOrder(boolean directTls) throws Exception {
    BlockingQueue<StateChange> changes = new LinkedBlockingQueue<>();
    XmppClient juliet = directTls ? julietByDirectTls(server()) : juliet(server());
    juliet.onStateChange(changes::add);

    await(juliet.connect());
    juliet.close();

    List<ConnectionState> states = new ArrayList<>();
    for (ConnectionState last = null; last != ConnectionState.DISCONNECTED; ) {
      StateChange change = changes.poll(20, TimeUnit.SECONDS);
      assertThat(change).as("what follows %s", states).isNotNull();
      assertThat(change.from()).isEqualTo(last == null ? ConnectionState.DISCONNECTED : last);
      assertThat(change.failure()).isEmpty();
      last = change.to();
      states.add(last);
    }
    // That the server is looked up and that one is tried are both CONNECTING.
    assertThat(states.stream().distinct())
        .containsExactly(
            ConnectionState.CONNECTING,
            ConnectionState.SECURING,
            ConnectionState.AUTHENTICATING,
            ConnectionState.BINDING,
            ConnectionState.CONNECTED,
            ConnectionState.CLOSING,
            ConnectionState.DISCONNECTED);
  }

  /** The result of binding has neither {@code from} nor {@code to} on either server. */
  @Test
  void connect_noResourceAsked_takesTheServersChoice() {
    Jid self = await(client(server(), JULIET.bare(), UnaryOperator.identity()).connect());

    assertThat(self.bare()).isEqualTo(JULIET.bare());
    assertThat(self.resource()).isPresent();
  }

  private XmppClient client(String jid, String password, boolean trusting) {
    var builder = XmppClient.builder(Jid.of(jid), password).host("127.0.0.1", server().port());
    return track((trusting ? builder.trust(server().certificate()) : builder).build());
  }

  @Test
  void connect_wrongPassword_isRefused() {
    assertFails(client("juliet@example.org", "wrong", true), Reason.WRONG_CREDENTIALS)
        .hasMessageContaining("not-authorized");
  }

  @Test
  void connect_unknownAccount_isRefused() {
    assertFails(client("rosaline@example.org", "r0m30", true), Reason.WRONG_CREDENTIALS);
  }

  @Test
  void connect_untrustedCertificate_isRefused() {
    assertFails(client("juliet@example.org", "r0m30", false), Reason.CERTIFICATE);
  }

  @Test
  void connect_domainThatTheServerDoesNotServe_isRefused() {
    assertFails(client("juliet@elsewhere.example", "r0m30", true), Reason.STREAM_ERROR)
        .hasMessageContaining("host-unknown");
  }
}
