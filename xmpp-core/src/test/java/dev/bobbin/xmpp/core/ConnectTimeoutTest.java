package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that fall silent or drip, and clients that are closed while they connect. */
@Timeout(60)
class ConnectTimeoutTest {
  /** Long enough for every step that does go on, on a busy machine. */
  private static final Duration STEP = Duration.ofMillis(2500);

  private static Map<String, ScriptedServer.Script> silentSteps() {
    Map<String, ScriptedServer.Script> steps = new LinkedHashMap<>();
    steps.put("waiting for the server's stream features", peer -> {});
    steps.put("waiting for the server's answer to STARTTLS", peer -> peer.open(Peer.STARTTLS));
    steps.put(
        "waiting for the TLS handshake",
        peer -> {
          peer.open(Peer.STARTTLS);
          peer.readUntil("tls'/>");
          peer.send("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        });
    steps.put("waiting for the server's SASL mechanisms", Peer::startTls);
    steps.put(
        "authenticating by SCRAM-SHA-256",
        peer -> {
          peer.startTls();
          peer.open(Peer.MECHANISMS);
        });
    steps.put(
        "waiting for the outcome of SCRAM-SHA-256",
        peer -> {
          peer.startTls();
          peer.open(Peer.MECHANISMS);
          String challenge =
              new ServerScram("SCRAM-SHA-256", "r0m30").challenge(peer.content("auth"));
          peer.send("<challenge xmlns='" + Peer.SASL + "'>" + challenge + "</challenge>");
        });
    steps.put(
        "waiting for the server's features after login",
        peer -> {
          peer.startTls();
          peer.authenticate();
        });
    steps.put(
        "waiting for the server to bind a resource",
        peer -> {
          peer.startTls();
          peer.authenticate();
          peer.open(Peer.BINDING);
        });
    return steps;
  }

  @Test
  void connect_silenceAtAnyStep_timesOutNamingTheStep() throws Exception {
    List<AutoCloseable> open = new ArrayList<>();
    Map<String, CompletableFuture<Jid>> attempts = new LinkedHashMap<>();
    List<ScriptedServer> servers = new ArrayList<>();
    for (Map.Entry<String, ScriptedServer.Script> step : silentSteps().entrySet()) {
      ScriptedServer server =
          new ScriptedServer(
              peer -> {
                step.getValue().run(peer);
                peer.readToEnd();
              });
      XmppClient client = server.client().stepTimeout(STEP).build();
      servers.add(server);
      open.add(client);
      attempts.put(step.getKey(), client.connect());
    }

    for (Map.Entry<String, CompletableFuture<Jid>> attempt : attempts.entrySet()) {
      assertTimedOut(attempt.getValue(), "2500 ms while " + attempt.getKey());
    }
    for (ScriptedServer server : servers) {
      server.finish();
      server.close();
    }
    for (AutoCloseable client : open) {
      client.close();
    }
  }

  private static void assertTimedOut(CompletableFuture<Jid> attempt, String how) {
    assertThat(attempt)
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT))
        .withMessage("Timed out after " + how + " (docs/errors.md#timed-out)");
  }

  @Test
  void connect_serverThatDripsBytes_timesOutAsAWhole() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.readHeader();
                  try {
                    while (!over.await(20, TimeUnit.MILLISECONDS)) {
                      peer.send(" ");
                    }
                  } catch (SocketException e) {
                    // The client closed, as it should.
                  }
                  peer.readToEnd();
                });
        XmppClient client = server.client().loginTimeout(Duration.ofMillis(1000)).build()) {
      assertTimedOut(client.connect(), "1000 ms while waiting for the server's stream features");
      over.countDown();
      server.finish();
    }
  }

  @Test
  void connect_featuresThatNeverEnd_timeOutThoughBytesCome() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.open("<stream:features>");
                  try {
                    while (!over.await(20, TimeUnit.MILLISECONDS)) {
                      peer.send("<a/>");
                    }
                  } catch (SocketException e) {
                    // The client closed, as it should.
                  }
                  peer.readToEnd();
                });
        XmppClient client = server.client().stepTimeout(Duration.ofMillis(1500)).build()) {
      assertTimedOut(client.connect(), "1500 ms while waiting for the server's stream features");
      over.countDown();
      server.finish();
    }
  }

  @Test
  void close_whileConnecting_failsTheAttemptAndClosesTheSocket() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.startTls();
              peer.readHeader();
              reached.countDown();
              peer.readToEnd();
            })) {
      XmppClient client = server.client().build();
      CompletableFuture<Jid> attempt = client.connect();
      assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();

      client.close();

      assertNotConnected(attempt, "The client was closed while connecting");
      server.finish();
      assertNotConnected(client.connect(), "The client was closed");
      assertThat(client.self()).isEqualTo(Jid.of("juliet@example.org"));
    }
  }

  private static void assertNotConnected(CompletableFuture<Jid> attempt, String message) {
    assertThat(attempt)
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_CONNECTED))
        .withMessage(message);
  }

  @Test
  void close_atAnyMomentOfConnecting_leavesNothingOpen() throws Exception {
    // Each turn closes a step later, so that some close as the login succeeds.
    for (int step = 0; step < 6; step++) {
      CountDownLatch closeNow = new CountDownLatch(1);
      int turn = step;
      try (ScriptedServer server =
          new ScriptedServer(
              peer -> {
                try {
                  countAt(turn == 0, closeNow);
                  peer.startTls();
                  countAt(turn == 1, closeNow);
                  peer.authenticate();
                  countAt(turn == 2, closeNow);
                  peer.open(Peer.BINDING);
                  String id = peer.bindRequest();
                  countAt(turn >= 3, closeNow);
                  peer.bound(id, Peer.ME);
                  peer.readToEnd();
                } catch (java.io.IOException | AssertionError e) {
                  // The client was closed before; what this turn is about is asserted below.
                }
              })) {
        XmppClient client = server.client().build();
        CompletableFuture<Jid> attempt = client.connect();
        assertThat(closeNow.await(20, TimeUnit.SECONDS)).isTrue();
        client.close();

        server.finish();
        assertThat(attempt.handle((jid, failure) -> true).get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(client.self()).isEqualTo(Jid.of("juliet@example.org"));
      }
    }
  }

  private static void countAt(boolean here, CountDownLatch latch) {
    if (here) {
      latch.countDown();
    }
  }

  @Test
  void connect_whileConnecting_isAnError() throws Exception {
    try (ScriptedServer server = new ScriptedServer(Peer::readToEnd);
        XmppClient client = server.client().build()) {
      CompletableFuture<Jid> first = client.connect();

      org.assertj.core.api.Assertions.assertThatThrownBy(client::connect)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("The client is connected or connecting already");
      assertThat(first).isNotDone();
    }
  }

  @Test
  void connect_runtimeClosed_isAClearError() throws Exception {
    XmppRuntime runtime = XmppRuntime.create();
    runtime.close();
    try (ScriptedServer server = new ScriptedServer();
        XmppClient client = server.client().runtime(runtime).build()) {
      assertNotConnected(client.connect(), "The client's runtime was closed");
    }
  }
}
