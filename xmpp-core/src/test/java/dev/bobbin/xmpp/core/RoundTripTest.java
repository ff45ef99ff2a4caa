package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.ConnectionException.Reason;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often the two sides of a login wait for each other, beside the handshake of TLS. */
@Timeout(60)
class RoundTripTest {
  private static final String BOUND =
      "<iq type='result' id='ID'><bind xmlns='"
          + Peer.BIND
          + "'><jid>"
          + Peer.ME
          + "</jid></bind></iq>";

  private static String success(ServerScram scram, String lastResponse) throws Exception {
    return "<success xmlns='" + Peer.SASL + "'>" + scram.success(lastResponse) + "</success>";
  }

  private static ServerScram challenge(Peer peer) throws Exception {
    ServerScram scram = new ServerScram("SCRAM-SHA-256", "r0m30");
    peer.send(
        "<challenge xmlns='"
            + Peer.SASL
            + "'>"
            + scram.challenge(peer.content("auth"))
            + "</challenge>");
    return scram;
  }

  @Test
  void login_withoutPipelining_takesTheSevenOfTheRfc() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.login();
              assertThat(peer.turns()).isEqualTo(7);
              peer.closeInOrder();
            })) {
      try (XmppClient client = server.client().build()) {
        client.connect().get(20, TimeUnit.SECONDS);
      }
      server.finish();
    }
  }

  @Test
  void login_pipelined_takesFiveAndBindsWithTheLastResponse() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.startTls();
              peer.open(Peer.PIPELINING);
              ServerScram scram = challenge(peer);
              String response = peer.content("response");
              assertThat(peer.hasMore()).as("one write, hence one record of TLS").isTrue();
              peer.readHeader();
              assertThat(peer.hasMore()).isTrue();
              String id = peer.bindRequest();
              // Split where the old stream's parser would choke on what is the new one's.
              peer.send(success(scram, response) + Peer.HEADER.substring(0, 60));
              peer.send(Peer.HEADER.substring(60) + Peer.BINDING + BOUND.replace("ID", id));
              assertThat(peer.turns()).isEqualTo(5);
              peer.closeInOrder();
            })) {
      try (XmppClient client = server.client().build()) {
        assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);
      }
      server.finish();
    }
  }

  @Test
  void login_pipelined_answeredInOneWriteOrInPieces_isTheSame() throws Exception {
    for (int piece : new int[] {1, 7, 100_000}) {
      try (ScriptedServer server =
          new ScriptedServer(
              peer -> {
                peer.startTls();
                peer.open(Peer.PIPELINING);
                ServerScram scram = challenge(peer);
                String response = peer.content("response");
                peer.readHeader();
                String all =
                    success(scram, response)
                        + Peer.HEADER
                        + Peer.BINDING
                        + BOUND.replace("ID", peer.bindRequest());
                for (int at = 0; at < all.length(); at += piece) {
                  peer.send(all.substring(at, Math.min(all.length(), at + piece)));
                }
                peer.closeInOrder();
              })) {
        try (XmppClient client = server.client().build()) {
          assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);
        }
        server.finish();
      }
    }
  }

  @Test
  void login_pipelinedWithAWrongSignature_readsNothingBehindIt() throws Exception {
    new FailedLogin(
            "wrong signature",
            Reason.AUTHENTICATION,
            "Authentication was given up: the server's SCRAM signature is wrong: it may be an"
                + " impostor...",
            peer -> {
              peer.startTls();
              peer.open(Peer.PIPELINING);
              challenge(peer);
              peer.content("response");
              peer.readHeader();
              String id = peer.bindRequest();
              peer.send(
                  "<success xmlns='"
                      + Peer.SASL
                      + "'>dj1BQUFB</success>"
                      + Peer.HEADER
                      + Peer.BINDING
                      + BOUND.replace("ID", id));
            })
        .check();
  }

  @Test
  void login_pipelinedToOneWhoAsksForMore_saysSo() throws Exception {
    new FailedLogin(
            "another challenge",
            Reason.PROTOCOL,
            "The server announced pipelining and wants more than the last response",
            peer -> {
              peer.startTls();
              peer.open(Peer.PIPELINING);
              ServerScram scram = challenge(peer);
              peer.send(success(scram, peer.content("response")).replace("success", "challenge"));
            })
        .check();
  }

  @Test
  void login_pipeliningAnnouncedInTheClear_isNotBelieved() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.open(
                  Peer.STARTTLS.replace(
                      "</stream:features>",
                      "<pipelining xmlns='urn:xmpp:features:pipelining'/></stream:features>"));
              peer.expect("<starttls xmlns='" + Peer.TLS + "'/>");
              peer.send("<proceed xmlns='" + Peer.TLS + "'/>");
              peer.handshake();
              peer.authenticate();
              peer.open(Peer.BINDING);
              peer.bound(peer.bindRequest(), Peer.ME);
              assertThat(peer.turns()).isEqualTo(7);
              peer.closeInOrder();
            })) {
      try (XmppClient client = server.client().build()) {
        client.connect().get(20, TimeUnit.SECONDS);
      }
      server.finish();
    }
  }
}
