package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionState;
import dev.bobbin.xmpp.api.StateChange;
import dev.bobbin.xmpp.api.StreamError;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import dev.bobbin.xmpp.testkit.Handshake;
import dev.bobbin.xmpp.testkit.Login;
import dev.bobbin.xmpp.testkit.LoopbackServer;
import dev.bobbin.xmpp.testkit.LoopbackServerBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way to being logged in, at a server that was written apart from the client. */
@Timeout(30)
class ConnectingTest {
  private static final Jid JULIET = Stage.JULIET;

  private static LoopbackServerBuilder server() {
    return LoopbackServer.builder("example.org")
        .certificateOf(Stage.IDENTITY)
        .account("juliet", "r0m30")
        .directTls();
  }

  private static XmppClientBuilder juliet(LoopbackServer server, boolean direct) {
    XmppClientBuilder builder =
        XmppClient.builder(JULIET, "r0m30").trust(server.certificate()).discoverPlugins(false);
    return direct
        ? builder.directTls("127.0.0.1", server.directTlsPort())
        : builder.host("127.0.0.1", server.address().getPort());
  }

  @ParameterizedTest
  @CsvSource({"true, TLSv1.3", "true, TLSv1.2", "false, TLSv1.3", "false, TLSv1.2"})
  void connect_eitherWay_asksForTheDomainAndDirectlyForTheProtocol(boolean direct, String version) {
    try (LoopbackServer server = server().tlsProtocols(version).start();
        XmppClient client = juliet(server, direct).build()) {
      assertThat(client.connect().join()).isEqualTo(JULIET);

      List<String> protocols = direct ? List.of("xmpp-client") : List.of();
      assertThat(server.handshakes())
          .containsExactly(
              new Handshake(
                  direct, Optional.of("example.org"), protocols, version, Optional.empty()));
      assertThat(server.logins()).extracting(Login::direct).containsExactly(direct);
    }
  }

  /** RFC 6120 needs six, of which the first two are those of STARTTLS; XEP-0305 spares two. */
  @ParameterizedTest
  @CsvSource({
    "false, false, SCRAM-SHA-512, 6",
    "true, false, SCRAM-SHA-512, 4",
    "false, true, SCRAM-SHA-512, 4",
    "true, true, SCRAM-SHA-512, 2",
    "false, false, PLAIN, 5",
    "true, true, PLAIN, 1",
  })
  void connect_eitherWay_takesNoMoreTurnsThanItNeeds(
      boolean direct, boolean pipelining, String mechanism, int turnarounds) {
    LoopbackServerBuilder settings = server().mechanisms(mechanism);
    try (LoopbackServer server = (pipelining ? settings.pipelining() : settings).start();
        XmppClient client = juliet(server, direct).mechanisms(mechanism).build()) {
      client.connect().join();

      assertThat(server.logins())
          .containsExactly(new Login(JULIET, direct, mechanism, Optional.empty(), turnarounds));
    }
  }

  @Test
  void connect_wrongPasswordWherePipelined_isToldAllTheSame() {
    try (LoopbackServer server = server().pipelining().start();
        XmppClient client =
            XmppClient.builder(JULIET, "wrong")
                .trust(server.certificate())
                .directTls("127.0.0.1", server.directTlsPort())
                .build()) {
      assertFails(client, ConnectionException.Reason.WRONG_CREDENTIALS, "not-authorized");
    }
  }

  @Test
  void connect_toThePortOfTheOtherKind_saysWhichItMayBe() {
    try (LoopbackServer server = server().start();
        XmppClient plain =
            XmppClient.builder(JULIET, "r0m30").host("127.0.0.1", server.directTlsPort()).build();
        XmppClient direct =
            XmppClient.builder(JULIET, "r0m30")
                .directTls("127.0.0.1", server.address().getPort())
                .build()) {
      assertFails(plain, ConnectionException.Reason.PROTOCOL, "directTls(...) may be what");
      assertFails(direct, ConnectionException.Reason.TLS, "use host(...)");
    }
  }

  private static ConnectionException assertFails(
      XmppClient client, ConnectionException.Reason reason, String message) {
    List<ConnectionException> failures = new ArrayList<>();
    assertThatThrownBy(() -> client.connect().join())
        .cause()
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> {
              failures.add(e);
              assertThat(e.reason()).isEqualTo(reason);
            })
        .hasMessageContaining(message);
    return failures.get(0);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void connect_sentElsewhereOverTls_goesThere(boolean direct) {
    try (LoopbackServer there = server().start()) {
      int port = direct ? there.directTlsPort() : there.address().getPort();
      try (LoopbackServer here = server().redirectOverTlsTo("127.0.0.1", port).start();
          XmppClient client = juliet(here, direct).build()) {
        assertThat(client.connect().join()).isEqualTo(JULIET);

        assertThat(there.sessions()).containsExactly(JULIET);
        assertThat(here.handshakes()).hasSize(1);
        assertThat(here.logins()).isEmpty();
      }
    }
  }

  @Test
  void connect_sentElsewhereInTheClear_staysAway() {
    try (LoopbackServer there = server().start();
        LoopbackServer here = server().redirectTo("127.0.0.1", there.address().getPort()).start();
        XmppClient client = juliet(here, false).build()) {
      ConnectionException failure =
          assertFails(
              client,
              ConnectionException.Reason.STREAM_ERROR,
              "it was not followed, since it came before TLS");

      assertThat(failure.streamError().map(StreamError::condition))
          .contains(StreamError.Condition.SEE_OTHER_HOST);
      assertThat(there.handshakes()).isEmpty();
    }
  }

  @Test
  void connect_sentElsewhereAgainAndAgain_givesUp() {
    try (LoopbackServer last = server().start();
        LoopbackServer fourth = redirecting(last);
        LoopbackServer third = redirecting(fourth);
        LoopbackServer second = redirecting(third);
        LoopbackServer first = redirecting(second);
        XmppClient client = juliet(first, false).build()) {
      assertFails(
          client,
          ConnectionException.Reason.STREAM_ERROR,
          "it was not followed, since 3 were followed before");

      assertThat(fourth.handshakes()).hasSize(1);
      assertThat(last.handshakes()).isEmpty();
    }
  }

  private static LoopbackServer redirecting(LoopbackServer to) {
    return server().redirectOverTlsTo("127.0.0.1", to.address().getPort()).start();
  }

  @Test
  void onStateChange_untilTheServerEndsTheStream_tellsAllInOrder() throws Exception {
    BlockingQueue<StateChange> changes = new LinkedBlockingQueue<>();
    try (LoopbackServer server = server().start();
        XmppClient client = juliet(server, false).build()) {
      client.onStateChange(changes::add);
      client.connect().join();
      assertThat(client.state()).isEqualTo(ConnectionState.CONNECTED);

      server.endStreams("system-shutdown", "until tomorrow");
      assertThatThrownBy(() -> client.disconnected().join())
          .cause()
          .isInstanceOfSatisfying(
              ConnectionException.class,
              e -> {
                StreamError error = e.streamError().orElseThrow();
                assertThat(error.condition()).isEqualTo(StreamError.Condition.SYSTEM_SHUTDOWN);
                assertThat(error.text()).contains("until tomorrow");
              });
      assertThat(client.state()).isEqualTo(ConnectionState.DISCONNECTED);

      List<ConnectionState> states = new ArrayList<>();
      StateChange last;
      do {
        last = changes.poll(20, TimeUnit.SECONDS);
        assertThat(last.reason()).isNotBlank();
        states.add(last.to());
      } while (last.to() != ConnectionState.DISCONNECTED);
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
      assertThat(last.failure().flatMap(ConnectionException::streamError)).isPresent();
    }
  }
}
