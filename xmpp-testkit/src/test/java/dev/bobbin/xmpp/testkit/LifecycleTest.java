package dev.bobbin.xmpp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.api.jid.Jid;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifecycleTest {
  private static LoopbackServer first;

  @BeforeAll
  static void startServer() {
    first = builder().start();
  }

  @AfterAll
  static void closeServer() {
    first.close();
  }

  private static LoopbackServerBuilder builder() {
    return Servers.builder().account("juliet", "secret1").account("romeo", "secret2");
  }

  private static LoopbackServerBuilder another() {
    return builder().certificateOf(first);
  }

  private static List<Thread> threadsOf(LoopbackServer server) {
    String prefix = "loopback-server " + server.address().getPort() + " ";
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .toList();
  }

  @Test
  void start_server_listensOnTheLoopbackInterface() throws IOException {
    assertThat(first.address().getAddress())
        .isEqualTo(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    assertThat(first.address().getPort()).isPositive();
    assertThat(first.domain()).isEqualTo("example.org");
    assertThat(first.toString()).contains("example.org", "127.0.0.1");
  }

  @Test
  void identity_made_leavesNoFiles(@TempDir Path folder) throws IOException {
    assertThat(ServerIdentity.create(Jid.of("example.org"), folder).certificate()).isNotNull();

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void identity_refusedByKeytool_leavesNoFiles(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> ServerIdentity.create(Jid.of("under_score.example"), folder))
        .isInstanceOf(XmppException.class)
        .hasMessageContaining("Cannot make a certificate for 'under_score.example': keytool said:");

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void twoServers_inOneJvm_shareNothing() throws IOException {
    try (LoopbackServer second = another().start();
        RawClient here = RawClient.bound(first, "juliet", "secret1", "here");
        RawClient there = RawClient.bound(second, "juliet", "secret1", "there")) {
      assertThat(first.sessions()).containsExactly(Jid.of(here.jid()));
      assertThat(second.sessions()).containsExactly(Jid.of(there.jid()));
      here.send("<message id='1' to='" + there.jid() + "'/>");
      assertThat(here.receiveThrough("</message>")).contains("<service-unavailable ");
      there.ping();
    }
  }

  @Test
  void close_openConnections_endsSocketsAndThreads() throws IOException {
    LoopbackServer server = another().start();
    try (RawClient bound = RawClient.bound(server, "juliet", "secret1", "balcony");
        RawClient negotiating = RawClient.secured(server)) {
      assertThat(threadsOf(server)).hasSizeGreaterThanOrEqualTo(4).allMatch(Thread::isDaemon);
      server.close();

      bound.expectStreamError("system-shutdown");
      assertThat(negotiating.isCut()).isTrue();
      assertThat(server.sessions()).isEmpty();
      assertThatThrownBy(() -> new Socket("127.0.0.1", server.address().getPort()))
          .isInstanceOf(IOException.class);
      assertThat(threadsOf(server)).filteredOn(Thread::isAlive).isEmpty();
    }
    server.close();
  }

  @Test
  void close_inAnInterceptor_returns() throws Exception {
    LoopbackServer[] server = new LoopbackServer[1];
    server[0] =
        another()
            .intercept(
                (from, stanza) -> {
                  server[0].close();
                  return List.of(stanza);
                })
            .start();
    try (RawClient client = RawClient.bound(server[0], "juliet", "secret1", "balcony")) {
      client.send("<presence/>");
      assertThat(client.isCutAfterAll()).isTrue();
    }
  }

  @Test
  void start_portOfAClosedServer_isTheServerRestarted() throws IOException {
    LoopbackServer before = another().start();
    RawClient old = RawClient.bound(before, "juliet", "secret1", "balcony");
    int port = before.address().getPort();
    before.close();
    try (LoopbackServer after = another().port(port).start();
        RawClient client = RawClient.bound(after, "juliet", "secret1", "balcony")) {
      assertThat(after.address()).isEqualTo(before.address());
      assertThat(after.certificate()).isEqualTo(before.certificate());
      client.ping();
    }
    old.close();
  }

  @Test
  void start_takenPort_isAnError() {
    int port = first.address().getPort();

    assertThatThrownBy(() -> another().port(port).start())
        .isInstanceOf(XmppException.class)
        .hasMessageContaining("Cannot listen on 127.0.0.1, port " + port);
  }

  @Test
  void disconnectAll_sessions_areCutWithoutAWordAndMayComeAgain() throws IOException {
    try (LoopbackServer server = another().start();
        RawClient client = RawClient.bound(server, "juliet", "secret1", "balcony")) {
      server.disconnectAll();
      assertThat(server.sessions()).isEmpty();
      assertThat(client.isCut()).isTrue();

      try (RawClient again = RawClient.bound(server, "juliet", "secret1", "balcony")) {
        assertThat(again.jid()).isEqualTo("juliet@example.org/balcony");
        again.ping();
      }
    }
  }

  @Test
  void connection_thatDoesNotLogIn_isCut() throws IOException {
    try (LoopbackServer server = another().authenticationTimeout(Duration.ofMillis(100)).start();
        RawClient mute = new RawClient(server)) {
      assertThat(mute.isCut()).isTrue();
    }
  }

  @Test
  void connection_aboveTheBound_isClosed() throws IOException {
    try (LoopbackServer server = another().maxConnections(1).start();
        RawClient one = RawClient.bound(server, "juliet", "secret1", "balcony");
        RawClient two = new RawClient(server)) {
      assertThat(two.isCut()).isTrue();
      one.ping();
    }
  }

  @Test
  void session_thatDoesNotRead_isCutAndStallsNobody() throws IOException {
    Socket small = new Socket();
    small.setReceiveBufferSize(4096);
    try (LoopbackServer server = another().maxQueuedBytes(100_000).start();
        RawClient deaf = new RawClient(server, small);
        RawClient juliet = RawClient.bound(server, "juliet", "secret1", "balcony")) {
      deaf.open();
      deaf.startTls();
      deaf.open();
      deaf.logIn("SCRAM-SHA-256", "romeo", "secret2");
      deaf.bind("deaf");
      String message =
          "<message to='romeo@example.org/deaf'><body>" + "x".repeat(90_000) + "</body></message>";
      String ping = "<iq type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq>";
      String answers = "";
      // The kernel's buffers take some megabytes before the server's queue fills.
      for (int i = 0; i < 1000 && !answers.contains("service-unavailable"); i++) {
        juliet.send(message + ping);
        answers = juliet.receiveThrough("<iq type='result' id='1' to='" + juliet.jid() + "'/>");
      }

      assertThat(answers).contains("service-unavailable");
      assertThat(server.sessions()).containsExactly(Jid.of(juliet.jid()));
      juliet.ping();
    }
  }
}
