package dev.bobbin.xmpp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams that the server ends: to send clients elsewhere, or because a test says so. */
class StreamEndTest {
  private static final String ELSEWHERE = "this domain is served elsewhere";

  private static LoopbackServerBuilder builder() {
    return Servers.builder().account("juliet", "secret1").account("romeo", "secret2");
  }

  private static String seeOther(String target) {
    return "<see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>"
        + target
        + "</see-other-host>";
  }

  /** The server's thread that reads what a client sends. */
  private static Thread readerOf(LoopbackServer server, RawClient client) {
    int port = server.address().getPort();
    String name = "loopback-server " + port + " reader of " + client.localPort();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void redirectTo_firstStream_isAnsweredWithTheHost() throws IOException {
    try (LoopbackServer server =
            builder().redirectTo("xmpp.example.org", 5269).directTls().start();
        RawClient clear = new RawClient(server);
        RawClient direct = RawClient.direct(server, server.clientContext())) {
      for (RawClient client : new RawClient[] {clear, direct}) {
        client.send(RawClient.OPEN);
        client.receiveHeader();

        client.expectStreamError(seeOther("xmpp.example.org:5269"), ELSEWHERE);
      }
    }
  }

  @Test
  void redirectOverTlsTo_clearText_isNotTold() throws IOException {
    try (LoopbackServer server = builder().redirectOverTlsTo("::1", 5222).directTls().start();
        RawClient clear = new RawClient(server);
        RawClient direct = RawClient.direct(server, server.clientContext())) {
      clear.open();
      clear.startTls();
      for (RawClient client : new RawClient[] {clear, direct}) {
        client.send(RawClient.OPEN);
        client.receiveHeader();

        client.expectStreamError(seeOther("[::1]:5222"), ELSEWHERE);
      }
    }
  }

  @Test
  void redirectTo_wrongHeader_isTheOtherError() throws IOException {
    try (LoopbackServer server = builder().redirectTo("127.0.0.1", 5222).start();
        RawClient client = new RawClient(server)) {
      client.send(RawClient.OPEN.replace("example.org", "example.net"));

      client.expectHeaderAndStreamError("host-unknown");
    }
  }

  @ParameterizedTest
  @CsvSource({"a b, 5222", "<x/>, 5222", "'', 5222", "[::1], 5222", "example.org, 0", "a, 65536"})
  void redirectTo_noHostOrPort_isRefused(String host, int port) {
    assertThatIllegalArgumentException().isThrownBy(() -> builder().redirectTo(host, port));
    assertThatIllegalArgumentException().isThrownBy(() -> builder().redirectOverTlsTo(host, port));
  }

  @Test
  void endStreams_sessions_areToldWhyAndGone() throws IOException {
    try (LoopbackServer server = builder().start();
        RawClient juliet = RawClient.bound(server, "juliet", "secret1", "balcony");
        RawClient romeo = RawClient.bound(server, "romeo", "secret2", "orchard")) {
      server.endStreams("conflict", "a <new> one & only");

      assertThat(server.sessions()).isEmpty();
      for (RawClient client : new RawClient[] {juliet, romeo}) {
        client.expectStreamError(
            "<conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>",
            "a &lt;new&gt; one &amp; only");
      }
      // The address is free at once, for who comes back.
      try (RawClient again = RawClient.bound(server, "juliet", "secret1", "balcony")) {
        assertThat(again.jid()).isEqualTo("juliet@example.org/balcony");
        again.ping();
      }
    }
  }

  @Test
  void endStreams_whatAnEndedClientStillSends_isNotActedOn() throws Exception {
    try (LoopbackServer server = builder().start();
        RawClient juliet = RawClient.bound(server, "juliet", "secret1", "balcony")) {
      Thread reader = readerOf(server, juliet);
      server.endStreams("reset", "");
      try (RawClient romeo = RawClient.bound(server, "romeo", "secret2", "orchard")) {
        juliet.send("<message to='romeo@example.org/orchard'/></stream:stream>");
        juliet.expectStreamError("<reset xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>", "");
        juliet.close();
        reader.join(20_000);
        assertThat(reader.isAlive()).isFalse();
        romeo.ping();
      }
    }
  }

  @Test
  void endStreams_clientThatIsLoggingIn_goesOn() throws IOException {
    try (LoopbackServer server = builder().start();
        RawClient client = RawClient.secured(server)) {
      server.endStreams("reset", "");
      client.logIn("SCRAM-SHA-256", "juliet", "secret1");

      assertThat(client.bind("balcony")).isEqualTo("juliet@example.org/balcony");
    }
  }

  @Test
  void endStreams_noConditionOrText_isRefused() {
    try (LoopbackServer server = builder().withoutStartTls().start()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> server.endStreams("a/><b", ""))
          .withMessage("'a/><b' is no condition of a stream error");
      assertThatIllegalArgumentException().isThrownBy(() -> server.endStreams("reset", "\0"));
    }
  }
}
