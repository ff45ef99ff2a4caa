package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that add to their first SCRAM message, and sign all of it. */
@Timeout(60)
class ScramExtensionTest {
  @ParameterizedTest
  @ValueSource(strings = {"", ",d=Zm9v", ",d=a==,x=\u00FC b", ",M=1,d=2,k=other,z=AAAA,j=1"})
  void connect_serverSendsOptionalExtensions_signsThemAndLogsIn(String extensions)
      throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.startTls();
                  peer.open(Peer.MECHANISMS);
                  ServerScram scram = new ServerScram("SCRAM-SHA-256", "r0m30");
                  String challenge = scram.challenge(peer.content("auth"), extensions);
                  peer.send("<challenge xmlns='" + Peer.SASL + "'>" + challenge + "</challenge>");
                  String signature = scram.success(peer.content("response"));
                  assertThat(signature).as("the client's proof is right").isNotNull();
                  peer.send("<success xmlns='" + Peer.SASL + "'>" + signature + "</success>");
                  peer.open(Peer.BINDING);
                  peer.bound(peer.bindRequest(), Peer.ME);
                  peer.closeInOrder();
                });
        XmppClient client = server.client().build()) {
      assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);
      client.close();
      server.finish();
    }
  }
}
