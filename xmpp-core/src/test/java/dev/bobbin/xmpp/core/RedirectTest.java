package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.TinyNameServer;
import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.StreamError;
import dev.bobbin.xmpp.core.ScriptedServer.Script;
import java.time.Duration;
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

/** What a client does when a server says see-other-host (RFC 6120 section 4.9.3.19). */
@Timeout(60)
class RedirectTest {
  private static String seeOther(String host) {
    return "<stream:error><see-other-host xmlns='"
        + StreamError.NAMESPACE
        + "'>"
        + host
        + "</see-other-host></stream:error></stream:stream>";
  }

  private static String here(Peer peer) {
    return "127.0.0.1:" + peer.raw().getLocalPort();
  }

  /** Sends the client back to the same port, where the next script runs. */
  private static void redirect(Peer peer) throws Exception {
    peer.startTls();
    peer.open(seeOther(here(peer)));
    assertThat(peer.readToEnd()).isEqualTo("</stream:stream>");
  }

  private static void login(Peer peer) throws Exception {
    peer.login();
    peer.closeInOrder();
  }

  @Test
  void redirect_afterTls_isFollowedAndTold() throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    try (ScriptedServer server = new ScriptedServer(RedirectTest::redirect, RedirectTest::login)) {
      try (XmppClient client = server.client().build()) {
        client.onStateChange(change -> told.add(change.to() + " " + change.reason()));
        assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);

        List<String> states = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
          states.add(told.poll(20, TimeUnit.SECONDS));
        }
        assertThat(states)
            .containsExactly(
                "CONNECTING connecting to the server of 'example.org'",
                "SECURING a server accepted the connection",
                "CONNECTING the server sends us to '127.0.0.1:" + server.port() + "'",
                "SECURING a server accepted the connection",
                "AUTHENTICATING TLS has shown the server's identity",
                "BINDING server and client have proven who they are",
                "CONNECTED logged in as juliet@example.org/balcony");
      }
      server.finish();
    }
  }

  @Test
  void redirect_insteadOfABinding_isFollowed() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.startTls();
              peer.authenticate();
              peer.open(Peer.BINDING);
              peer.bindRequest();
              peer.send(seeOther(here(peer)));
              peer.readToEnd();
            },
            RedirectTest::login)) {
      try (XmppClient client = server.client().build()) {
        assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);
      }
      server.finish();
    }
  }

  @Test
  void redirect_toAName_isLookedUp() throws Exception {
    try (ScriptedServer elsewhere = new ScriptedServer(RedirectTest::login);
        TinyNameServer names =
            TinyNameServer.withRecords(
                new TinyNameServer.Srv(1, 1, elsewhere.port(), "localhost"));
        ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.startTls();
                  peer.open(seeOther("other.example"));
                  peer.readToEnd();
                })) {
      try (XmppClient client = server.client().nameServer(names.address()).build()) {
        assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);
      }
      elsewhere.finish();
    }
  }

  @Test
  void redirect_threeTimes_isFollowedAndNotAFourthTime() throws Exception {
    Script redirect = RedirectTest::redirect;
    try (ScriptedServer server =
            new ScriptedServer(redirect, redirect, redirect, redirect, redirect);
        XmppClient client = server.client().build()) {
      ConnectionException failure = ConnectFailureTest.failureOf(client);

      assertThat(failure)
          .hasMessage(
              "The server ended the stream: see-other-host '127.0.0.1:"
                  + server.port()
                  + "'; it was not followed, since 3 were followed before"
                  + " (docs/errors.md#stream-error)");
      assertThat(failure.streamError().flatMap(StreamError::host))
          .isEqualTo(Optional.of("127.0.0.1:" + server.port()));
    }
  }

  @Test
  void redirect_toAServerWithoutTls_isNotTrusted() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                RedirectTest::redirect,
                peer -> {
                  peer.open(Peer.MECHANISMS);
                  assertThat(peer.readToEnd()).isEqualTo("</stream:stream>");
                });
        XmppClient client = server.client().build()) {
      assertThat(ConnectFailureTest.failureOf(client).reason()).isEqualTo(Reason.NO_STARTTLS);
      server.finish();
    }
  }

  @Test
  void redirect_toAServerOfAnotherDomain_isNotTrusted() throws Exception {
    TestIdentity other = TestIdentity.of("other.example", "-1d");
    try (ScriptedServer elsewhere = new ScriptedServer(other, Peer::startTls);
        ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.startTls();
                  peer.open(seeOther("127.0.0.1:" + elsewhere.port()));
                  peer.readToEnd();
                });
        XmppClient client = server.client().build()) {
      assertThat(ConnectFailureTest.failureOf(client).reason()).isEqualTo(Reason.CERTIFICATE);
    }
  }

  @Test
  void redirect_beforeTls_isNotFollowed() throws Exception {
    new FailedLogin(
            "redirect in the clear",
            Reason.STREAM_ERROR,
            "The server ended the stream: see-other-host 'other.example:5222'; it was not followed,"
                + " since it came before TLS (docs/errors.md#stream-error)",
            peer -> peer.open(seeOther("other.example:5222")))
        .check();
  }

  @Test
  void redirect_whileConnected_isReportedAndNotFollowed() throws Exception {
    try (Conversation talk =
        Conversation.with(
                peer -> {
                  peer.send(seeOther(here(peer)));
                  peer.readToEnd();
                })
            .connect()) {
      assertThat(talk.client().disconnected())
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              ConnectionException.class,
              e ->
                  assertThat(e.streamError().orElseThrow().host().orElseThrow())
                      .startsWith("127.0.0.1:"));
      talk.finish();
    }
  }

  @Test
  void redirect_toOneWhoIsSilent_isWithinTheTimeOfTheLogin() throws Exception {
    try (ScriptedServer server = new ScriptedServer(RedirectTest::redirect, Peer::readToEnd);
        XmppClient client = server.client().loginTimeout(Duration.ofMillis(400)).build()) {
      ConnectionException failure = ConnectFailureTest.failureOf(client);

      assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
      assertThat(failure).hasMessageStartingWith("Timed out after 400 ms while ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "::1|that is neither a domain nor a domain and a port",
        "[::1|that is neither a domain nor a domain and a port",
        "[::1]5222|its port is none",
        "[::g]:5222|that is neither a domain nor a domain and a port",
        "romeo@example.net|that is neither a domain nor a domain and a port",
        "example.net/x|that is neither a domain nor a domain and a port",
        ":5222|that is neither a domain nor a domain and a port",
        "fa\u00DF.example:5222|its host cannot be a name in DNS",
        "fa\u00DF.example|its host cannot be a name in DNS",
        "a b:5222|that is neither a domain nor a domain and a port",
        "localhost:|its port is none",
        "localhost:0|its port is none",
        "localhost:65536|its port is none",
        "localhost:-1|its port is none",
        "localhost:123456|its port is none",
        "localhost:+5222|its port is none",
        "localhost:\u0661|its port is none",
        "localhost:52 22|its port is none"
      })
  void redirect_toNoHost_isRefused(String said, String why) throws Exception {
    new FailedLogin(
            said,
            Reason.STREAM_ERROR,
            "The server ended the stream: see-other-host '"
                + said
                + "'; it was not followed, since "
                + why
                + " (docs/errors.md#stream-error)",
            peer -> {
              peer.startTls();
              peer.open(seeOther(said));
            })
        .check();
  }
}
