package dev.bobbin.xmpp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InterceptorTest {
  private static final Interceptor PASS = (from, stanza) -> List.of(stanza);
  private static final AtomicReference<Interceptor> INTERCEPTOR = new AtomicReference<>(PASS);
  private static LoopbackServer server;

  private RawClient juliet;
  private RawClient romeo;

  @BeforeAll
  static void startServer() {
    server =
        Servers.builder()
            .account("juliet", "secret1")
            .account("romeo", "secret2")
            .intercept((from, stanza) -> INTERCEPTOR.get().route(from, stanza))
            .start();
  }

  @AfterAll
  static void closeServer() {
    server.close();
  }

  @BeforeEach
  void logIn() throws IOException {
    INTERCEPTOR.set(PASS);
    juliet = RawClient.bound(server, "juliet", "secret1", "balcony");
    romeo = RawClient.bound(server, "romeo", "secret2", "orchard");
  }

  @AfterEach
  void logOut() throws IOException {
    server.disconnectAll();
    juliet.close();
    romeo.close();
  }

  private static boolean isMessage(XmlElement stanza) {
    return stanza.is("message", "jabber:client");
  }

  @Test
  void route_eachStanza_isSeenWithItsSenderBeforeItIsRouted() throws IOException {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    INTERCEPTOR.set(
        (from, stanza) -> {
          seen.add(from + " " + stanza.toXml("jabber:client"));
          return List.of(stanza);
        });
    juliet.send("<message from='mallory@example.org' to='romeo@example.org/orchard'/>");
    romeo.expect("<message from='juliet@example.org/balcony' to='romeo@example.org/orchard'/>");

    assertThat(seen)
        .containsExactly(
            "juliet@example.org/balcony "
                + "<message from='juliet@example.org/balcony' to='romeo@example.org/orchard'/>");
  }

  @Test
  void route_nothing_dropsTheStanza() throws IOException {
    INTERCEPTOR.set((from, stanza) -> isMessage(stanza) ? List.of() : List.of(stanza));
    juliet.send("<message to='romeo@example.org/orchard'/>");

    juliet.ping();
    romeo.ping();
  }

  @Test
  void route_several_areRoutedInTheirOrder() throws IOException {
    INTERCEPTOR.set(
        (from, stanza) -> List.of(stanza, stanza.toBuilder().attribute("id", "2").build()));
    juliet.send("<message id='1' to='romeo@example.org/orchard'/>");

    romeo.expect(
        "<message id='1' to='romeo@example.org/orchard' from='juliet@example.org/balcony'/>"
            + "<message id='2' to='romeo@example.org/orchard' from='juliet@example.org/balcony'/>");
  }

  @Test
  void route_anAnswer_reachesTheSenderFromWhomItNames() throws IOException {
    INTERCEPTOR.set(
        (from, stanza) ->
            List.of(
                XmlElement.builder("iq", "jabber:client")
                    .attribute("type", "result")
                    .attribute("id", stanza.attribute("id").orElseThrow())
                    .attribute("from", "capulet@example.net/x")
                    .attribute("to", from.toString())
                    .build()));
    juliet.send("<iq type='get' id='7' to='capulet@example.net/x'><q xmlns='urn:q'/></iq>");

    juliet.expect(
        "<iq type='result' id='7' from='capulet@example.net/x' to='juliet@example.org/balcony'/>");
  }

  @Test
  void route_aMalformedRequestOfItsOwn_isDeliveredAsItIs() throws IOException {
    String request =
        "<iq type='get' from='capulet@example.net/x'"
            + " to='romeo@example.org/orchard'><a xmlns='urn:a'/><b xmlns='urn:b'/></iq>";
    INTERCEPTOR.set(
        (from, stanza) ->
            isMessage(stanza)
                ? List.of(LiteralXml.element(request.replace("<iq", "<iq xmlns='jabber:client'")))
                : List.of(stanza));
    juliet.send("<message to='romeo@example.org/orchard'/>");

    romeo.expect(request);
  }

  @Test
  void route_anException_endsTheSendersStreamAlone() throws IOException {
    INTERCEPTOR.set(
        (from, stanza) -> {
          if (from.equals(Jid.of("juliet@example.org/balcony"))) {
            throw new IllegalStateException("thrown by a test");
          }
          return List.of(stanza);
        });
    juliet.send("<presence/>");
    juliet.expectStreamError("internal-server-error");

    romeo.ping();
  }

  @Test
  void route_whatIsNoStanza_endsTheSendersStream() throws IOException {
    INTERCEPTOR.set((from, stanza) -> List.of(XmlElement.of("message", "urn:other")));
    juliet.send("<presence/>");
    juliet.expectStreamError("internal-server-error");

    INTERCEPTOR.set((from, stanza) -> List.of(XmlElement.of("message", "jabber:client")));
    romeo.send("<presence/>");
    romeo.expectStreamError("internal-server-error");
  }
}
