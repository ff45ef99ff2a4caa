package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.TinyNameServer;
import dev.bobbin.testservers.TinyNameServer.Srv;
import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.ConnectionState;
import dev.bobbin.xmpp.api.StateChange;
import dev.bobbin.xmpp.api.jid.Jid;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A domain with several servers. They are one here, which plays another part for each connection:
 * the SRV records name it again and again.
 */
@Timeout(60)
class ManyServersTest {
  private static final ScriptedServer.Script GOOD =
      peer -> {
        peer.login();
        peer.closeInOrder();
      };
  private static final ScriptedServer.Script NO_STARTTLS =
      peer -> {
        peer.open(Peer.MECHANISMS);
        assertThat(peer.readToEnd()).isEqualTo("</stream:stream>");
      };
  private static final ScriptedServer.Script WRONG_CERTIFICATE =
      peer -> {
        peer.open(Peer.STARTTLS);
        peer.proceed();
        try {
          peer.handshake(TestIdentity.of("example.com", "-1d").context(), tls -> {});
        } catch (java.io.IOException e) {
          // The client ends the handshake with an alert.
        }
        assertThat(peer.readToEnd()).isEmpty();
      };

  private static TinyNameServer names(int servers, int port) throws Exception {
    Srv[] records = new Srv[servers];
    for (int i = 0; i < servers; i++) {
      records[i] = new Srv(i, 0, port, "127.0.0.1");
    }
    return TinyNameServer.withRecords(records);
  }

  private static int freePort() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static XmppClientBuilder client(TinyNameServer names) {
    return client(names, Peer.ME);
  }

  private static XmppClientBuilder client(TinyNameServer names, String jid) {
    return XmppClient.builder(Jid.of(jid), "r0m30")
        .nameServer(names.address())
        .trust(TestIdentity.EXAMPLE.certificate())
        .discoverPlugins(false);
  }

  @Test
  void connect_serversThatCannotBeUsed_areLeftForTheNext() throws Exception {
    List<ScriptedServer.Script> scripts =
        new ArrayList<>(
            List.of(
                Peer::readHeader,
                NO_STARTTLS,
                peer ->
                    peer.open(
                        "<stream:error><host-gone xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
                            + "</stream:error></stream:stream>"),
                peer -> peer.send("SSH-2.0-x\r\n"),
                peer -> {
                  peer.open(Peer.STARTTLS);
                  peer.send("<failure xmlns='" + Peer.TLS + "'/></stream:stream>");
                },
                peer -> {
                  peer.open(Peer.STARTTLS);
                  peer.proceed();
                  peer.raw().close();
                },
                WRONG_CERTIFICATE));
    scripts.add(GOOD);
    try (ScriptedServer server = new ScriptedServer(scripts.toArray(ScriptedServer.Script[]::new));
        TinyNameServer names = names(scripts.size(), server.port());
        XmppClient client = client(names).build()) {
      assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);
      client.close();
      server.finish();
    }
  }

  /** What stands before a dead server may have its certificate. */
  @Test
  void connect_nothingBehindTheTls_isLeftForTheNextAndTold() throws Exception {
    BlockingQueue<StateChange> told = new LinkedBlockingQueue<>();
    List<ScriptedServer.Script> scripts =
        List.of(
            peer -> {
              peer.startTls();
              peer.readHeader();
              peer.send("HTTP/1.1 400 Bad Request\r\n\r\n");
              assertThat(peer.readToEnd())
                  .isEqualTo(
                      "<stream:error><not-well-formed"
                          + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>"
                          + "</stream:stream>");
            },
            peer -> {
              peer.startTls();
              peer.readHeader();
              peer.closeTls();
              peer.raw().close();
            },
            peer -> {
              peer.startTls();
              peer.open("</stream:stream>");
              assertThat(peer.readToEnd()).isEqualTo("</stream:stream>");
            },
            peer -> {
              peer.startTls();
              peer.open(
                  "<stream:error><remote-connection-failed"
                      + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>");
              assertThat(peer.readToEnd()).isEqualTo("</stream:stream>");
            },
            GOOD);
    try (ScriptedServer server = new ScriptedServer(scripts.toArray(ScriptedServer.Script[]::new));
        TinyNameServer names = names(scripts.size(), server.port());
        XmppClient client = client(names).build()) {
      client.onStateChange(told::add);
      assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);

      List<String> changes = new ArrayList<>();
      StateChange change;
      do {
        change = told.poll(20, TimeUnit.SECONDS);
        assertThat(change).as("after " + changes).isNotNull();
        changes.add(
            change.to() + change.failure().map(failure -> " " + failure.reason()).orElse(""));
      } while (change.to() != ConnectionState.CONNECTED);
      assertThat(changes)
          .containsExactly(
              "CONNECTING",
              "SECURING",
              "CONNECTING PROTOCOL",
              "SECURING",
              "CONNECTING DISCONNECTED",
              "SECURING",
              "CONNECTING DISCONNECTED",
              "SECURING",
              "CONNECTING STREAM_ERROR",
              "SECURING",
              "AUTHENTICATING",
              "BINDING",
              "CONNECTED");
      client.close();
      server.finish();
    }
  }

  @Test
  void connect_oneRefuses_theNextIsToldWithTheReason() throws Exception {
    BlockingQueue<StateChange> told = new LinkedBlockingQueue<>();
    int refused = freePort();
    try (ScriptedServer server = new ScriptedServer(GOOD);
        TinyNameServer names =
            TinyNameServer.withRecords(
                new Srv(1, 0, refused, "127.0.0.1"), new Srv(2, 0, server.port(), "127.0.0.1"));
        XmppClient client = client(names).build()) {
      client.onStateChange(told::add);
      client.connect().get(20, TimeUnit.SECONDS);

      assertThat(told.poll(20, TimeUnit.SECONDS).failure()).isEmpty();
      StateChange next = told.poll(20, TimeUnit.SECONDS);
      assertThat(next.from()).isEqualTo(ConnectionState.CONNECTING);
      assertThat(next.to()).isEqualTo(ConnectionState.CONNECTING);
      assertThat(next.reason())
          .startsWith(
              "trying 127.0.0.1:" + server.port() + ", after 127.0.0.1:" + refused + ": Cannot");
      assertThat(next.failure().orElseThrow().reason()).isEqualTo(Reason.REFUSED);
      client.close();
      server.finish();
    }
  }

  @Test
  void connect_sentElsewhereOverTls_goesThereAndNotToTheNext() throws Exception {
    try (ScriptedServer elsewhere = new ScriptedServer(GOOD);
        ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.startTls();
                  peer.open(
                      "<stream:error><see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>"
                          + "127.0.0.1:"
                          + elsewhere.port()
                          + "</see-other-host></stream:error>");
                  peer.readToEnd();
                },
                GOOD);
        TinyNameServer names = names(2, server.port());
        XmppClient client = client(names).build()) {
      client.connect().get(20, TimeUnit.SECONDS);
      client.close();
      elsewhere.finish();
    }
  }

  /**
   * The step is long enough for the look-up on a busy machine, and nothing else has to be in time.
   */
  @Test
  void connect_serverIsSilent_isLeftForTheNextWhenItsStepIsOver() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.readHeader();
                  assertThat(peer.readToEnd()).isEmpty();
                },
                Peer::readHeader);
        TinyNameServer names = names(2, server.port());
        XmppClient client =
            client(names, "juliet@127.255.255.255").stepTimeout(Duration.ofSeconds(2)).build()) {
      client.connect();
      server.finish();
    }
  }

  @Test
  void connect_allFail_tellsOfEachAndGivesTheReasonOfTheFurthest() throws Exception {
    int refused = freePort();
    try (ScriptedServer server = new ScriptedServer(NO_STARTTLS, WRONG_CERTIFICATE, NO_STARTTLS);
        TinyNameServer names =
            TinyNameServer.withRecords(
                List.of(
                    new Srv(1, 0, server.port(), "127.0.0.1"),
                    new Srv(3, 0, server.port(), "127.0.0.1"),
                    new Srv(4, 0, server.port(), "127.0.0.1")),
                List.of(new Srv(2, 0, refused, "127.0.0.1")));
        XmppClient client = client(names).build()) {
      ConnectionException failure = ConnectFailureTest.failureOf(client);

      assertThat(failure.reason()).isEqualTo(Reason.CERTIFICATE);
      String at = "127.0.0.1:" + server.port() + ": ";
      assertThat(failure)
          .hasMessageStartingWith(
              "None of the 4 servers of 'example.org' can be used. "
                  + at
                  + "The server of 'example.org' offers no STARTTLS")
          .hasMessageContaining(
              "; 127.0.0.1:" + refused + " by direct TLS: Cannot connect to 127.0.0.1:" + refused)
          .hasMessageContaining("; " + at + "The server's certificate is not accepted")
          .hasMessageEndingWith(" (docs/errors.md#no-usable-server)");
      assertThat(((ConnectionException) failure.getCause()).reason()).isEqualTo(Reason.CERTIFICATE);
      assertThat(
              Arrays.stream(failure.getSuppressed()).map(e -> ((ConnectionException) e).reason()))
          .containsExactly(Reason.NO_STARTTLS, Reason.REFUSED, Reason.NO_STARTTLS);
      server.finish();
    }
  }

  @Test
  void connect_manyFail_messageIsBounded() throws Exception {
    int port = freePort();
    try (TinyNameServer names = names(20, port);
        XmppClient client = client(names).build()) {
      ConnectionException failure = ConnectFailureTest.failureOf(client);

      assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
      assertThat(failure).hasMessageContaining("; and 12 more (docs/errors.md#no-usable-server)");
    }
  }

  @Test
  void connect_serverRefusesTheCredentials_noOtherIsAsked() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  asked.incrementAndGet();
                  peer.startTls();
                  peer.open(Peer.MECHANISMS);
                  peer.readUntil("</auth>");
                  peer.send("<failure xmlns='" + Peer.SASL + "'><not-authorized/></failure>");
                  peer.readToEnd();
                },
                peer -> asked.incrementAndGet());
        TinyNameServer names = names(2, server.port());
        XmppClient client = client(names).build()) {
      ConnectionException failure = ConnectFailureTest.failureOf(client);

      assertThat(failure.reason()).isEqualTo(Reason.WRONG_CREDENTIALS);
      client.close();
      assertThat(asked).hasValue(1);
    }
  }
}
