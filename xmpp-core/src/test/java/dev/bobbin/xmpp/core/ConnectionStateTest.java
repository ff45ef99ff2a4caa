package dev.bobbin.xmpp.core;

import static dev.bobbin.xmpp.api.ConnectionState.CONNECTED;
import static dev.bobbin.xmpp.api.ConnectionState.CONNECTING;
import static dev.bobbin.xmpp.api.ConnectionState.DISCONNECTED;
import static dev.bobbin.xmpp.core.Conversation.PING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.ConnectionState;
import dev.bobbin.xmpp.api.StateChange;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Iq;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The state of a client as its application sees it. */
@Timeout(60)
class ConnectionStateTest {
  private static final String ERRORS = "urn:ietf:params:xml:ns:xmpp-streams";

  private final BlockingQueue<StateChange> changes = new LinkedBlockingQueue<>();

  /** All changes up to the next end of a connection. */
  private List<String> untilDisconnected() throws InterruptedException {
    List<String> lines = new ArrayList<>();
    while (true) {
      StateChange change = changes.poll(20, TimeUnit.SECONDS);
      assertThat(change).as("after " + lines).isNotNull();
      lines.add(
          change.to()
              + ": "
              + change.reason()
              + change.failure().map(failure -> " !" + failure.reason()).orElse(""));
      if (change.to() == DISCONNECTED) {
        return lines;
      }
    }
  }

  private static String[] login(ScriptedServer server, String... rest) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "CONNECTING: connecting to the server of 'example.org'",
                "SECURING: a server accepted the connection",
                "AUTHENTICATING: TLS has shown the server's identity",
                "BINDING: server and client have proven who they are",
                "CONNECTED: logged in as juliet@example.org/balcony"));
    lines.addAll(List.of(rest));
    return lines.toArray(String[]::new);
  }

  @Test
  void state_loginAndClose_passesThroughAllWithTheirReasons() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.login();
              peer.closeInOrder();
            })) {
      XmppClient client = server.client().build();
      assertThat(client.state()).isEqualTo(DISCONNECTED);
      client.onStateChange(changes::add);
      client.connect().get(20, TimeUnit.SECONDS);
      assertThat(client.state()).isEqualTo(CONNECTED);
      client.close();

      assertThat(client.state()).isEqualTo(DISCONNECTED);
      assertThat(untilDisconnected())
          .containsExactly(
              login(
                  server,
                  "CLOSING: the client is closing the stream",
                  "DISCONNECTED: the stream was closed in good order"));
    }
  }

  @Test
  void state_endedByTheServer_saysSo() throws Exception {
    String told = "The server ended the stream: conflict (docs/errors.md#stream-error)";
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.login();
                  peer.send("</stream:stream>");
                  peer.readToEnd();
                },
                peer -> {
                  peer.login();
                  peer.send("<stream:error><conflict xmlns='" + ERRORS + "'/></stream:error>");
                  peer.readToEnd();
                },
                peer -> {
                  peer.login();
                  peer.raw().close();
                });
        XmppClient client = server.client().build()) {
      client.onStateChange(changes::add);
      client.connect().get(20, TimeUnit.SECONDS);
      client.disconnected().get(20, TimeUnit.SECONDS);
      assertThat(client.state()).isEqualTo(DISCONNECTED);
      assertThat(untilDisconnected())
          .containsExactly(
              login(
                  server,
                  "CLOSING: the server closed the stream",
                  "DISCONNECTED: the stream was closed in good order"));

      client.connect().get(20, TimeUnit.SECONDS);
      assertThat(untilDisconnected())
          .containsExactly(
              login(
                  server,
                  "CLOSING: " + told + " !STREAM_ERROR",
                  "DISCONNECTED: " + told + " !STREAM_ERROR"));

      client.connect().get(20, TimeUnit.SECONDS);
      List<String> lost = untilDisconnected();
      assertThat(lost).hasSize(6);
      assertThat(lost.get(5))
          .startsWith("DISCONNECTED: The connection was lost: ")
          .endsWith(" !DISCONNECTED");
    }
  }

  @Test
  void state_connectFails_isDisconnectedWhenTheFutureSaysSo() throws Exception {
    try (ScriptedServer server = new ScriptedServer(peer -> peer.open(Peer.MECHANISMS));
        XmppClient client = server.client().build()) {
      client.onStateChange(changes::add);

      assertThat(
              client.connect().handle((jid, failure) -> client.state()).get(20, TimeUnit.SECONDS))
          .isEqualTo(DISCONNECTED);
      assertThat(untilDisconnected())
          .containsExactly(
              "CONNECTING: connecting to the server of 'example.org'",
              "SECURING: a server accepted the connection",
              "DISCONNECTED: The server of 'example.org' offers no STARTTLS, so nothing more was"
                  + " sent. Turn TLS on at the server (docs/errors.md#no-starttls) !NO_STARTTLS");
    }
  }

  @Test
  void state_closedWhileConnecting_saysSo() throws Exception {
    CountDownLatch there = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.readHeader();
              there.countDown();
              peer.readToEnd();
            })) {
      XmppClient client = server.client().build();
      client.onStateChange(changes::add);
      client.connect();
      assertThat(there.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(client.state()).isEqualTo(ConnectionState.SECURING);
      client.close();

      assertThat(client.state()).isEqualTo(DISCONNECTED);
      assertThat(untilDisconnected())
          .endsWith("DISCONNECTED: The client was closed while connecting !NOT_CONNECTED");
    }
  }

  @Test
  void listener_toldOfConnected_canUseTheConnectionAndBlocks_nobody() throws Exception {
    CompletableFuture<String> answered = new CompletableFuture<>();
    CountDownLatch blocked = new CountDownLatch(1);
    try (Conversation talk =
        Conversation.with(
            peer -> {
              String id = Peer.id(peer.readUntil("</iq>"));
              peer.send("<iq type='result' id='" + id + "'/>");
              peer.closeInOrder();
            })) {
      XmppClient client = talk.client();
      client.onStateChange(
          change -> {
            if (change.to() == CONNECTED) {
              String thread = Thread.currentThread().getName();
              client.request(Iq.get(null, PING)).join();
              answered.complete(thread);
              try {
                blocked.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }
          });
      client.onStateChange(changes::add);
      talk.connect();

      assertThat(answered.get(20, TimeUnit.SECONDS)).startsWith("bobbin-worker-");
      client.close();
      assertThat(untilDisconnected()).hasSize(7);
      blocked.countDown();
    }
  }

  @Test
  void listener_thatConnectsAgain_mayDoSo() throws Exception {
    CompletableFuture<Jid> again = new CompletableFuture<>();
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.login();
                  peer.raw().close();
                },
                peer -> {
                  peer.login();
                  peer.closeInOrder();
                });
        XmppClient client = server.client().build()) {
      client.onStateChange(
          change -> {
            if (change.to() == DISCONNECTED && !again.isDone()) {
              again.complete(client.connect().join());
            }
          });
      client.connect().get(20, TimeUnit.SECONDS);

      assertThat(again.get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);
    }
  }

  @Test
  void connect_racesWithClose_everyOutcomeFitsItsStates() throws Exception {
    try (XmppRuntime runtime = XmppRuntime.create()) {
      for (int i = 0; i < 30; i++) {
        int step = i % 6;
        CountDownLatch there = new CountDownLatch(1);
        try (ScriptedServer server =
            new ScriptedServer(peer -> loginTellingOf(step, there, peer))) {
          XmppClient client = server.client().runtime(runtime).build();
          List<StateChange> seen = new ArrayList<>();
          CountDownLatch over = new CountDownLatch(1);
          client.onStateChange(
              change -> {
                seen.add(change);
                if (change.to() == DISCONNECTED) {
                  over.countDown();
                }
              });
          CompletableFuture<Jid> outcome = client.connect();
          assertThat(there.await(20, TimeUnit.SECONDS)).isTrue();
          client.close();

          assertThat(client.state()).isEqualTo(DISCONNECTED);
          assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
          boolean connected = outcome.handle((jid, e) -> e == null).get(20, TimeUnit.SECONDS);
          ConnectionState state = DISCONNECTED;
          for (StateChange change : seen) {
            assertThat(change.from()).isEqualTo(state);
            state = change.to();
          }
          assertThat(seen.get(0).to()).isEqualTo(CONNECTING);
          assertThat(seen.stream().anyMatch(change -> change.to() == CONNECTED))
              .isEqualTo(connected);
          StateChange last = seen.get(seen.size() - 1);
          assertThat(last.failure().map(failure -> failure.reason()))
              .isEqualTo(
                  connected
                      ? java.util.Optional.empty()
                      : java.util.Optional.of(Reason.NOT_CONNECTED));
        }
      }
    }
  }

  /** Logs in, and lets the test go on just when that reaches a step. */
  private static void loginTellingOf(int step, CountDownLatch there, Peer peer) {
    try {
      countAt(step == 0, there);
      peer.startTls();
      countAt(step == 1, there);
      peer.authenticate();
      countAt(step == 2, there);
      peer.open(Peer.BINDING);
      String id = peer.bindRequest();
      countAt(step == 3, there);
      peer.bound(id, Peer.ME);
      countAt(step == 4, there);
      peer.send("<message/>");
      countAt(step == 5, there);
      peer.closeInOrder();
    } catch (Exception e) {
      // The client was closed in the middle of it.
    }
  }

  private static void countAt(boolean here, CountDownLatch latch) {
    if (here) {
      latch.countDown();
    }
  }
}
