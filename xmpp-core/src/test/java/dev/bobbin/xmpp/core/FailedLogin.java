package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.ConnectionState;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A login that a server spoils, and what is told of that.
 *
 * @param name what the server does, in words
 * @param reason the reason told
 * @param message the message told; only its beginning where it ends in three dots
 * @param script what the server does
 */
record FailedLogin(String name, Reason reason, String message, ScriptedServer.Script script) {
  /**
   * Has a client meet that server. Each time: the reason and the message; the server sees the
   * connection closed; nothing about the account was said in the clear; and the state is right.
   */
  ConnectionException check() throws Exception {
    AtomicReference<String> clear = new AtomicReference<>("nothing");
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  script.run(peer);
                  peer.readToEnd();
                  clear.set(peer.readInTheClear());
                });
        XmppClient client = server.client().build()) {
      ConnectionException failure = ConnectFailureTest.failureOf(client);

      assertThat(client.state()).isEqualTo(ConnectionState.DISCONNECTED);
      if (message.endsWith("...")) {
        assertThat(failure).hasMessageStartingWith(message.substring(0, message.length() - 3));
      } else {
        assertThat(failure).hasMessage(message);
      }
      assertThat(failure.reason()).isEqualTo(reason);
      server.finish();
      assertThat(clear.get()).contains("<stream:stream").doesNotContain("juliet", " from=", "r0m");
      return failure;
    }
  }

  /**
   * Has a client meet that server. Each time: the reason and the message word for word; the server
   * sees the connection closed; the same client can connect again; and no thread outlives it. For
   * tests that run alone.
   */
  void checkThatNothingStays() throws Exception {
    Set<Thread> before = BobbinThreads.now();
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              script.run(peer);
              peer.readToEnd();
            },
            peer -> {
              peer.login();
              peer.closeInOrder();
            })) {
      try (XmppClient client = server.client().build()) {
        ConnectionException failure = ConnectFailureTest.failureOf(client);

        assertThat(failure).hasMessage(message);
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);
      }
      server.finish();
    }
    BobbinThreads.assertGone(before);
  }

  @Override
  public String toString() {
    return name;
  }
}
