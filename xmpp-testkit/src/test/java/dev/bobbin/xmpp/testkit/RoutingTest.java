package dev.bobbin.xmpp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest {
  private static final String UNAVAILABLE =
      "<error type='cancel'>"
          + "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";
  private static final String BAD_REQUEST =
      "<error type='modify'><bad-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";

  private static LoopbackServer server;

  private RawClient juliet;
  private RawClient romeo;

  @BeforeAll
  static void startServer() {
    server =
        Servers.builder()
            .account("juliet", "secret1")
            .account("romeo", "secret2")
            .gateway("gateway.example.org", Jid.of("romeo@example.org/orchard"))
            .start();
  }

  @AfterAll
  static void closeServer() {
    server.close();
  }

  @BeforeEach
  void logIn() throws IOException {
    juliet = RawClient.bound(server, "juliet", "secret1", "balcony");
    romeo = RawClient.bound(server, "romeo", "secret2", "orchard");
  }

  /** Waits for the end of both sessions, so that the next test finds their resources free. */
  @AfterEach
  void logOut() throws IOException {
    server.disconnectAll();
    juliet.close();
    romeo.close();
  }

  @Test
  void bind_sameResource_getsASuffixAndBothStay() throws IOException {
    try (RawClient second = RawClient.bound(server, "juliet", "secret1", "balcony")) {
      assertThat(second.jid()).matches("juliet@example\\.org/balcony-[0-9a-f]{8}");
      juliet.ping();
      second.ping();
      assertThat(server.sessions())
          .containsExactlyInAnyOrder(
              Jid.of(juliet.jid()), Jid.of(second.jid()), Jid.of(romeo.jid()));
    }
  }

  @Test
  void bind_conflictOfTheLongestResource_getsAGeneratedOne() throws IOException {
    String longest = "r".repeat(1023);
    try (RawClient first = RawClient.bound(server, "juliet", "secret1", longest);
        RawClient second = RawClient.bound(server, "juliet", "secret1", longest)) {
      assertThat(first.jid()).isEqualTo("juliet@example.org/" + longest);
      assertThat(second.jid()).matches("juliet@example\\.org/[0-9a-f]{16}");
    }
  }

  @Test
  void bind_noResource_getsAGeneratedOne() throws IOException {
    try (RawClient second = RawClient.bound(server, "juliet", "secret1", "")) {
      assertThat(second.jid()).matches("juliet@example\\.org/[0-9a-f]{16}");
    }
  }

  @Test
  void bind_resourceThatIsNone_isABadRequestAndMayBeTriedAgain() throws IOException {
    try (RawClient second = RawClient.secured(server)) {
      second.logIn("SCRAM-SHA-256", "juliet", "secret1");
      second.send(
          "<iq type='set' id='b0'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>"
              + "r".repeat(1024)
              + "</resource></bind></iq>");
      second.expect("<iq type='error' id='b0'>" + BAD_REQUEST + "</iq>");

      assertThat(second.bind("tomb")).isEqualTo("juliet@example.org/tomb");
    }
  }

  @Test
  void iq_toAFullJid_reachesItAndItsAnswerComesBack() throws IOException {
    juliet.send("<iq type='get' id='1' to='romeo@example.org/orchard'><q xmlns='urn:q'/></iq>");
    romeo.expect(
        "<iq type='get' id='1' to='romeo@example.org/orchard' from='juliet@example.org/balcony'>"
            + "<q xmlns='urn:q'/></iq>");
    romeo.send("<iq type='result' id='1' to='juliet@example.org/balcony'/>");
    juliet.expect(
        "<iq type='result' id='1' to='juliet@example.org/balcony'"
            + " from='romeo@example.org/orchard'/>");
  }

  @Test
  void from_spoofed_isReplacedByTheSender() throws IOException {
    for (String spoofed : new String[] {"mallory@example.org/x", "juliet@example.org", ""}) {
      juliet.send("<message from='" + spoofed + "' to='romeo@example.org/orchard'/>");
      romeo.expect("<message from='juliet@example.org/balcony' to='romeo@example.org/orchard'/>");
    }
  }

  @Test
  void gateway_stanzasForItsDomain_reachItAndItSpeaksForThem() throws IOException {
    for (String served : List.of("mona@gateway.example.org", "lisa@gateway.example.org/x")) {
      juliet.send("<iq type='get' id='1' to='" + served + "'><q xmlns='urn:q'/></iq>");
      romeo.expect(
          "<iq type='get' id='1' to='"
              + served
              + "' from='juliet@example.org/balcony'><q xmlns='urn:q'/></iq>");
      romeo.send(
          "<iq type='result' id='1' to='juliet@example.org/balcony' from='" + served + "'/>");
      juliet.expect(
          "<iq type='result' id='1' to='juliet@example.org/balcony' from='" + served + "'/>");
    }
    juliet.send("<message from='mona@gateway.example.org' to='romeo@example.org/orchard'/>");
    romeo.expect("<message from='juliet@example.org/balcony' to='romeo@example.org/orchard'/>");
  }

  @Test
  void gateway_presence_reachesItAndIsNotItsOwnWhenItSpeaksForAnother() throws IOException {
    juliet.send("<presence type='subscribe' to='mona@gateway.example.org'/>");
    romeo.expect(
        "<presence type='subscribe' to='mona@gateway.example.org'"
            + " from='juliet@example.org/balcony'/>");

    romeo.send("<presence/>");
    romeo.send("<presence type='unavailable' from='mona@gateway.example.org'/>");
    romeo.ping();
    juliet.send("<message to='romeo@example.org'/>");
    romeo.expect("<message to='romeo@example.org' from='juliet@example.org/balcony'/>");
  }

  @Test
  void gateway_ofTheServersDomainOrABareJid_isRefused() {
    LoopbackServerBuilder builder = LoopbackServer.builder("example.org");

    assertThatThrownBy(() -> builder.gateway("example.org", Jid.of("a@example.org/b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'example.org' is the server's own domain");
    assertThatThrownBy(() -> builder.gateway("gateway.example.org", Jid.of("a@example.org")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'a@example.org' is bare; name the client's full JID");
  }

  @Test
  void iq_toOneself_comesBack() throws IOException {
    juliet.send("<iq type='set' id='1' to='juliet@example.org/balcony'><q xmlns='urn:q'/></iq>");
    juliet.expect(
        "<iq type='set' id='1' to='juliet@example.org/balcony' from='juliet@example.org/balcony'>"
            + "<q xmlns='urn:q'/></iq>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "romeo@example.org/tomb",
        "romeo@example.org",
        "mercutio@example.org",
        "mercutio@example.org/x",
        "example.org/x"
      })
  void iq_toNobody_isServiceUnavailable(String to) throws IOException {
    juliet.send("<iq type='get' id='1' to='" + to + "'><q xmlns='urn:q'/></iq>");
    juliet.expect(
        "<iq type='error' id='1' from='"
            + to
            + "' to='juliet@example.org/balcony'>"
            + UNAVAILABLE
            + "</iq>");
  }

  @Test
  void iq_toAnotherServer_isRemoteServerNotFound() throws IOException {
    juliet.send("<iq type='get' id='1' to='a@example.net/x'><q xmlns='urn:q'/></iq>");
    juliet.expect(
        "<iq type='error' id='1' from='a@example.net/x' to='juliet@example.org/balcony'>"
            + "<error type='cancel'>"
            + "<remote-server-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"romeo@example.org/tomb", "romeo@example.org", "example.org", "a@b.c/d"})
  void replyOrError_toNobody_isDropped(String to) throws IOException {
    juliet.send("<iq type='result' id='1' to='" + to + "'/>");
    juliet.send("<iq type='error' id='1' to='" + to + "'>" + BAD_REQUEST + "</iq>");
    juliet.send("<message type='error' to='" + to + "'>" + BAD_REQUEST + "</message>");

    juliet.ping();
  }

  @Test
  void iq_malformedAddress_isJidMalformed() throws IOException {
    juliet.send("<iq type='get' id='1' to='a@@b'><q xmlns='urn:q'/></iq>");
    juliet.expect(
        "<iq type='error' id='1' from='a@@b' to='juliet@example.org/balcony'>"
            + "<error type='modify'>"
            + "<jid-malformed xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
  }

  @Test
  void iq_notAsRfc6120WantsIt_isABadRequest() throws IOException {
    juliet.send("<iq type='ask' id='1'><q xmlns='urn:q'/></iq>");
    juliet.expect("<iq type='error' id='1' to='" + juliet.jid() + "'>" + BAD_REQUEST + "</iq>");
    juliet.send("<iq id='2'/>");
    juliet.expect("<iq type='error' id='2' to='" + juliet.jid() + "'>" + BAD_REQUEST + "</iq>");
    juliet.send("<iq type='get' id='3'/>");
    juliet.expect("<iq type='error' id='3' to='" + juliet.jid() + "'>" + BAD_REQUEST + "</iq>");
    juliet.send("<iq type='get' id='4'><q xmlns='urn:q'/><q xmlns='urn:q'/></iq>");
    juliet.expect("<iq type='error' id='4' to='" + juliet.jid() + "'>" + BAD_REQUEST + "</iq>");
    juliet.send("<iq type='get'><q xmlns='urn:q'/></iq>");
    juliet.expect("<iq type='error' to='" + juliet.jid() + "'>" + BAD_REQUEST + "</iq>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"romeo@example.org", "romeo@example.org/tomb"})
  void message_toABareJidOrAnAbsentResource_reachesAllAvailable(String to) throws IOException {
    try (RawClient tower = RawClient.bound(server, "romeo", "secret2", "tower");
        RawClient silent = RawClient.bound(server, "romeo", "secret2", "silent")) {
      romeo.becomeAvailable();
      tower.becomeAvailable();
      romeo.expect("<presence from='romeo@example.org/tower' to='romeo@example.org/orchard'/>");
      juliet.send("<message type='chat' to='" + to + "'><body>hi</body></message>");
      String seen =
          "<message type='chat' to='"
              + to
              + "' from='juliet@example.org/balcony'><body>hi</body></message>";

      romeo.expect(seen);
      tower.expect(seen);
      juliet.ping();
      silent.ping();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"romeo@example.org", "romeo@example.org/tomb", "mercutio@example.org"})
  void message_toNobodyAvailable_isServiceUnavailable(String to) throws IOException {
    juliet.send("<message type='chat' id='1' to='" + to + "'><body>hi</body></message>");
    juliet.expect(
        "<message type='error' id='1' from='"
            + to
            + "' to='juliet@example.org/balcony'>"
            + UNAVAILABLE
            + "</message>");
  }

  @Test
  void message_afterUnavailablePresence_isServiceUnavailable() throws IOException {
    romeo.becomeAvailable();
    romeo.send("<presence type='unavailable'/>");
    romeo.ping();
    juliet.send("<message to='romeo@example.org'/>");
    juliet.expect(
        "<message type='error' from='romeo@example.org' to='juliet@example.org/balcony'>"
            + UNAVAILABLE
            + "</message>");
  }

  @Test
  void message_withoutTo_isToOnesOwnAccount() throws IOException {
    juliet.becomeAvailable();
    juliet.send("<message><body>note</body></message>");
    juliet.expect("<message from='juliet@example.org/balcony'><body>note</body></message>");
  }

  @Test
  void presence_directed_isRouted() throws IOException {
    juliet.send("<presence to='romeo@example.org/orchard'><status>hi</status></presence>");
    romeo.expect(
        "<presence to='romeo@example.org/orchard' from='juliet@example.org/balcony'>"
            + "<status>hi</status></presence>");
    romeo.becomeAvailable();
    juliet.send("<presence type='subscribe' to='romeo@example.org'/>");
    romeo.expect(
        "<presence type='subscribe' to='romeo@example.org' from='juliet@example.org/balcony'/>");
  }

  @Test
  void presence_toNobody_isDropped() throws IOException {
    juliet.send("<presence to='romeo@example.org'/><presence to='mercutio@example.org/x'/>");
    juliet.send("<presence to='a@@b'/><presence type='subscribe'/>");

    juliet.ping();
    romeo.ping();
  }

  @Test
  void presence_undirected_reachesOnesOwnOtherSessionsAlone() throws IOException {
    try (RawClient tomb = RawClient.bound(server, "juliet", "secret1", "tomb")) {
      romeo.becomeAvailable();
      tomb.becomeAvailable();
      juliet.send("<presence><show>away</show></presence>");
      juliet.ping();
      tomb.expect(
          "<presence from='juliet@example.org/balcony' to='juliet@example.org/tomb'>"
              + "<show>away</show></presence>");
      romeo.ping();
    }
  }

  @Test
  void connection_lost_isUnavailablePresenceToOnesOwnOtherSessions() throws IOException {
    try (RawClient tomb = RawClient.bound(server, "juliet", "secret1", "tomb")) {
      tomb.becomeAvailable();
      juliet.becomeAvailable();
      tomb.expect("<presence from='juliet@example.org/balcony' to='juliet@example.org/tomb'/>");
      juliet.close();
      tomb.expect(
          "<presence type='unavailable' from='juliet@example.org/balcony'"
              + " to='juliet@example.org/tomb'/>");
    }
  }
}
