package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.TinyNameServer;
import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.core.internal.dial.FullBacklog;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Finding the server by its domain, and hosts that do not answer. */
@Timeout(60)
class ConnectByNameTest {
  private static XmppClientBuilder client(String jid, TinyNameServer names) {
    return XmppClient.builder(Jid.of(jid), "r0m30")
        .nameServer(names.address())
        .trust(TestIdentity.EXAMPLE.certificate())
        .discoverPlugins(false);
  }

  @Test
  void connect_serverOfTheSrvRecord_isFound() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.login();
                  peer.closeInOrder();
                });
        TinyNameServer names =
            TinyNameServer.withRecords(new TinyNameServer.Srv(1, 1, server.port(), "localhost"))) {
      try (XmppClient client = client("juliet@example.org/balcony", names).build()) {
        assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);
      }
      server.finish();
    }
  }

  @Test
  void connect_nameServerIsSilent_timesOutNamingTheStep() throws Exception {
    try (TinyNameServer names = new TinyNameServer(question -> null);
        XmppClient client =
            client("juliet@example.org", names).loginTimeout(Duration.ofMillis(1000)).build()) {
      ConnectionException failure = ConnectFailureTest.failureOf(client);

      assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
      assertThat(failure)
          .hasMessage(
              "Timed out after 1000 ms while looking up the server of 'example.org'"
                  + " (docs/errors.md#timed-out)");
    }
  }

  @Test
  void connect_nameServerFails_isToldWithTheLaterFailure() throws Exception {
    // The address of a domain is not looked up, so that nothing beyond this machine is asked. TCP
    // has no broadcast, not even on the loopback interface, so that connecting fails, whatever
    // listens.
    try (TinyNameServer names = new TinyNameServer(question -> TinyNameServer.answer(question, 2));
        XmppClient client = client("juliet@127.255.255.255", names).build()) {
      ConnectionException failure = ConnectFailureTest.failureOf(client);

      assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
      assertThat(failure)
          .hasMessageStartingWith("Cannot connect to 127.255.255.255:5222; tried ")
          .hasMessageEndingWith(
              " (its SRV records could not be looked up: DNS server failure [response code 2])");
    }
  }

  @Test
  void connect_hostDoesNotAccept_timesOutAfterTheConnectTimeout() throws Exception {
    try (FullBacklog full = new FullBacklog();
        XmppClient client =
            XmppClient.builder(Jid.of("juliet@example.org"), "r0m30")
                .host("127.0.0.1", full.port())
                .connectTimeout(Duration.ofMillis(100))
                .discoverPlugins(false)
                .build()) {
      ConnectionException failure = ConnectFailureTest.failureOf(client);

      assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
      assertThat(failure).hasMessageContaining("port " + full.port() + " (timed out)");
    }
  }
}
