package dev.bobbin.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What our client meets on a real server, beyond what the server in the test's process does. */
@Timeout(60)
class ProsodyClientTest {
  private static final Map<String, String> ACCOUNTS = Map.of("juliet", "r0m30", "romeo", "jul13t");
  private static final XmlElement PING = XmlElement.of("ping", "urn:xmpp:ping");

  private static ProsodyServer server;

  @BeforeAll
  static void start() {
    ServerRequirement.require("prosody");
    server = ProsodyServer.start("example.org", ACCOUNTS);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static XmppClientBuilder client(ProsodyServer at, String jid, String password) {
    return XmppClient.builder(Jid.of(jid), password)
        .host("127.0.0.1", at.port())
        .trust(at.certificate());
  }

  private static AbstractThrowableAssert<?, ?> assertConnectFails(
      XmppClientBuilder builder, Reason reason) {
    try (XmppClient client = builder.build()) {
      return assertThatThrownBy(() -> client.connect().get(30, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
  }

  @Test
  void connect_accountKeptBySha1_logsIn() {
    try (XmppClient juliet = client(server, "juliet@example.org/balcony", "r0m30").build()) {
      assertThat(juliet.connect().join()).hasToString("juliet@example.org/balcony");
    }
  }

  @Test
  void connect_accountKeptBySha256_logsIn() {
    try (ProsodyServer sha256 =
            ProsodyServer.builder("example.org")
                .account("juliet", "r0m30")
                .passwordHash("SHA-256")
                .start();
        XmppClient juliet = client(sha256, "juliet@example.org/balcony", "r0m30").build()) {
      assertThat(juliet.connect().join()).hasToString("juliet@example.org/balcony");
    }
  }

  /** Prosody leaves both addresses out of the result of binding a resource. */
  @Test
  void connect_noResourceAsked_takesTheServersChoice() {
    try (XmppClient juliet = client(server, "juliet@example.org", "r0m30").build()) {
      Jid self = juliet.connect().join();

      assertThat(self.bare()).hasToString("juliet@example.org");
      assertThat(self.resource()).isPresent();
    }
  }

  @Test
  void connect_wrongPassword_isRefused() {
    assertConnectFails(client(server, "juliet@example.org", "wrong"), Reason.WRONG_CREDENTIALS)
        .hasMessageContaining("not-authorized");
  }

  @Test
  void connect_untrustedCertificate_isRefused() {
    assertConnectFails(
        XmppClient.builder(Jid.of("juliet@example.org"), "r0m30").host("127.0.0.1", server.port()),
        Reason.CERTIFICATE);
  }

  @Test
  void connect_certificateForAnotherDomain_isRefused() {
    try (ProsodyServer other =
        ProsodyServer.builder("example.org")
            .account("juliet", "r0m30")
            .certificateFor("elsewhere.example")
            .start()) {
      assertConnectFails(client(other, "juliet@example.org", "r0m30"), Reason.CERTIFICATE)
          .hasMessageContaining("example.org");
    }
  }

  @Test
  void connect_domainThatTheServerDoesNotServe_isRefused() {
    assertConnectFails(client(server, "juliet@elsewhere.example", "r0m30"), Reason.STREAM_ERROR)
        .hasMessageContaining("host-unknown");
  }

  @Test
  void request_toAnotherAccount_isAnswered() {
    try (XmppClient juliet = client(server, "juliet@example.org/balcony", "r0m30").build();
        XmppClient romeo = client(server, "romeo@example.org/orchard", "jul13t").build()) {
      romeo.onRequest(
          "ping", "urn:xmpp:ping", request -> CompletableFuture.completedFuture(request.result()));
      juliet.connect().join();
      romeo.connect().join();

      Iq answer = juliet.request(Iq.get(romeo.self(), PING)).join();

      assertThat(answer.type()).isEqualTo(Iq.Type.RESULT);
      assertThat(answer.from()).contains(Jid.of("romeo@example.org/orchard"));
      assertThat(answer.to()).contains(Jid.of("juliet@example.org/balcony"));
    }
  }

  @Test
  void request_toTheServer_isAnswered() {
    try (XmppClient juliet = client(server, "juliet@example.org/balcony", "r0m30").build()) {
      juliet.connect().join();

      assertThat(juliet.request(Iq.get(Jid.of("example.org"), PING)).join().type())
          .isEqualTo(Iq.Type.RESULT);
    }
  }

  /** Prosody's error for one's own bare JID has no {@code from}: it must not count as forged. */
  @Test
  void request_toOwnBareJid_errorWithoutFromIsItsAnswer() {
    try (XmppClient juliet = client(server, "juliet@example.org/balcony", "r0m30").build()) {
      juliet.connect().join();

      assertThatThrownBy(
              () ->
                  juliet
                      .request(
                          Iq.get(
                              Jid.of("juliet@example.org"),
                              XmlElement.of("nothing", "urn:example:nothing")))
                      .get(10, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              StanzaErrorException.class,
              e -> assertThat(e.condition()).isEqualTo(Condition.SERVICE_UNAVAILABLE));
    }
  }

  @Test
  void request_whenTheServerIsKilled_failsInsteadOfWaiting() throws Exception {
    try (ProsodyServer doomed = ProsodyServer.start("example.org", ACCOUNTS);
        XmppClient juliet = client(doomed, "juliet@example.org/balcony", "r0m30").build();
        XmppClient romeo = client(doomed, "romeo@example.org/orchard", "jul13t").build()) {
      CountDownLatch asked = new CountDownLatch(1);
      romeo.onRequest(
          "ping",
          "urn:xmpp:ping",
          request -> {
            asked.countDown();
            return new CompletableFuture<>();
          });
      juliet.connect().join();
      romeo.connect().join();
      CompletableFuture<Iq> waiting = juliet.request(Iq.get(romeo.self(), PING));
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

      doomed.kill();

      assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              ConnectionException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.DISCONNECTED));
      assertThatThrownBy(() -> juliet.disconnected().get(10, TimeUnit.SECONDS))
          .cause()
          .isInstanceOf(ConnectionException.class);
    }
  }

  @Test
  void disconnected_whenTheServerShutsDown_saysSo() throws Exception {
    ProsodyServer closing = ProsodyServer.start("example.org", ACCOUNTS);
    Path certificate = closing.certificate();
    try (XmppClient juliet = client(closing, "juliet@example.org/balcony", "r0m30").build()) {
      assertThat(certificate).exists();
      juliet.connect().join();

      closing.close();

      assertThatThrownBy(() -> juliet.disconnected().get(10, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STREAM_ERROR))
          .hasMessageContaining("system-shutdown");
    } finally {
      closing.close();
    }
  }
}
