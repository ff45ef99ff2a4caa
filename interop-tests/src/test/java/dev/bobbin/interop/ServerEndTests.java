package dev.bobbin.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.RealServer;
import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.XmppClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What becomes of a connection when its server goes away. */
abstract class ServerEndTests extends OnARealServer {
  ServerEndTests(ServerSoftware software) {
    super(software);
  }

  private RealServer mortal() {
    software.require();
    return software.builder("example.org").accounts(SharedServers.ACCOUNTS).start();
  }

  private XmppClient connect(RealServer at, Jid jid) {
    XmppClient client = client(at, jid, UnaryOperator.identity());
    await(client.connect());
    return client;
  }

  @Test
  void request_whenTheServerIsKilled_failsInsteadOfWaiting() throws Exception {
    try (RealServer doomed = mortal()) {
      XmppClient juliet = connect(doomed, JULIET);
      XmppClient nurse = connect(doomed, NURSE);
      CountDownLatch asked = new CountDownLatch(1);
      nurse.onRequest(
          "ping",
          "urn:xmpp:ping",
          request -> {
            asked.countDown();
            return new CompletableFuture<>();
          });
      CompletableFuture<Iq> waiting =
          juliet.request(Iq.get(NURSE, XmlElement.of("ping", "urn:xmpp:ping")));
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

      doomed.kill();

      assertThatThrownBy(() -> await(waiting))
          .isInstanceOfSatisfying(
              ConnectionException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.DISCONNECTED));
      assertThatThrownBy(() -> await(juliet.disconnected()))
          .isInstanceOf(ConnectionException.class);
    }
  }

  /** A busy server may be gone before it has said why: then the connection was lost. */
  @Test
  void disconnected_whenTheServerShutsDown_saysSo() {
    try (RealServer closing = mortal()) {
      XmppClient juliet = connect(closing, JULIET);

      closing.close();

      assertThatThrownBy(() -> await(juliet.disconnected()))
          .isInstanceOfSatisfying(
              ConnectionException.class,
              e -> {
                if (e.reason() != Reason.DISCONNECTED) {
                  assertThat(e.reason()).isEqualTo(Reason.STREAM_ERROR);
                  assertThat(e).hasMessageContaining("system-shutdown");
                }
              });
    }
  }
}
