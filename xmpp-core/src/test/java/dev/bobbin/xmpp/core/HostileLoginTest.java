package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that spoil a login once TLS is up: around SASL, and while a resource is bound. */
@Timeout(60)
class HostileLoginTest {
  private static final String RULES = "The server broke the rules of the stream: ...";
  private static final String INSTEAD = " instead of a resource of juliet@example.org";
  private static final String CLOSED = "The server closed the stream while logging in";

  private static FailedLogin features(String name, Reason reason, String message, String xml) {
    return new FailedLogin(
        name,
        reason,
        message,
        peer -> {
          peer.startTls();
          peer.open(xml);
        });
  }

  private static FailedLogin toAuth(String name, Reason reason, String message, String answer) {
    return new FailedLogin(
        name,
        reason,
        message,
        peer -> {
          peer.startTls();
          peer.open(Peer.MECHANISMS);
          peer.readUntil("</auth>");
          peer.send(answer);
        });
  }

  private static FailedLogin afterSuccess(String name, Reason reason, String message, String xml) {
    return new FailedLogin(
        name,
        reason,
        message,
        peer -> {
          peer.startTls();
          peer.authenticate();
          peer.readHeader();
          peer.send(xml);
        });
  }

  /** With the id of the request where the text says so. */
  private static FailedLogin toBind(String name, String message, String answer) {
    return new FailedLogin(
        name,
        Reason.PROTOCOL,
        message,
        peer -> {
          peer.startTls();
          peer.authenticate();
          peer.open(Peer.BINDING);
          peer.send(answer.replace("ID", peer.bindRequest()));
        });
  }

  private static FailedLogin bound(String name, String message, String content) {
    return toBind(
        name,
        message,
        "<iq type='result' id='ID'><bind xmlns='" + Peer.BIND + "'>" + content + "</bind></iq>");
  }

  private static String jid(String jid) {
    return "<jid>" + jid + "</jid>";
  }

  static Stream<FailedLogin> aroundSasl() {
    return Stream.of(
        features(
            "a message before the features",
            Reason.PROTOCOL,
            "The server sent <message/> before its features",
            "<message/>" + Peer.MECHANISMS),
        features("the end instead of features", Reason.DISCONNECTED, CLOSED, "</stream:stream>"),
        features("the end and more", Reason.DISCONNECTED, CLOSED, "</stream:stream><message/>"),
        toAuth(
            "features again",
            Reason.PROTOCOL,
            "The server answered <features/> during authentication",
            Peer.MECHANISMS),
        toAuth(
            "success of another namespace",
            Reason.PROTOCOL,
            "The server answered <success/> during authentication",
            "<success xmlns='urn:x'/>"),
        toAuth(
            "a result of binding",
            Reason.PROTOCOL,
            "The server answered <iq/> during authentication",
            "<iq type='result' id='1'><bind xmlns='" + Peer.BIND + "'/></iq>"),
        toAuth("the end", Reason.DISCONNECTED, CLOSED, "</stream:stream>"),
        afterSuccess("a stanza before the header", Reason.PROTOCOL, RULES, "<message/>"),
        afterSuccess("the old stream's end", Reason.PROTOCOL, RULES, "</stream:stream>"),
        afterSuccess(
            "a stanza before the features",
            Reason.PROTOCOL,
            "The server sent <message/> before its features",
            Peer.HEADER + "<message/>" + Peer.BINDING),
        afterSuccess(
            "no version",
            Reason.PROTOCOL,
            "The server broke the rules of the stream: XMPP version is not 1.0",
            Peer.HEADER.replace(" version='1.0'>", ">") + Peer.BINDING),
        afterSuccess(
            "mechanisms again",
            Reason.PROTOCOL,
            "The server offers no resource binding (RFC 6120 section 7)",
            Peer.HEADER + Peer.MECHANISMS),
        afterSuccess("the end", Reason.DISCONNECTED, CLOSED, Peer.HEADER + "</stream:stream>"),
        afterSuccess(
            "the end instead of a binding",
            Reason.DISCONNECTED,
            CLOSED,
            Peer.HEADER + Peer.BINDING + "</stream:stream>"));
  }

  /**
   * TCP ends below TLS, which does not say that it ends (RFC 8446 section 6.1). Whoever stands in
   * between can do that, and the JDK reads it as an end like any other: so what came before must
   * not be taken for all of an answer.
   */
  private static FailedLogin cut(String name, ScriptedServer.Script before) {
    return new FailedLogin(
        "cut " + name,
        Reason.DISCONNECTED,
        "The server closed the connection while logging in",
        peer -> {
          peer.startTls();
          before.run(peer);
          peer.raw().shutdownOutput();
        });
  }

  static Stream<FailedLogin> tcpEndsInsideTls() {
    return Stream.of(
        cut("before the header", Peer::readHeader),
        cut("after the header", peer -> peer.open("")),
        cut(
            "in the middle of the features",
            peer -> peer.open(Peer.MECHANISMS.substring(0, Peer.MECHANISMS.length() / 2))),
        cut("after the features", peer -> peer.open(Peer.MECHANISMS)),
        cut("after <success/>", Peer::authenticate),
        cut(
            "in the middle of the second features",
            peer -> {
              peer.authenticate();
              peer.open("<stream:features>");
            }),
        cut(
            "instead of a binding",
            peer -> {
              peer.authenticate();
              peer.open(Peer.BINDING);
              peer.bindRequest();
            }));
  }

  static Stream<FailedLogin> binding() {
    return Stream.of(
        toBind("features", "The server answered <features/> to resource binding", Peer.BINDING),
        toBind("presence", "The server answered <presence/> to resource binding", "<presence/>"),
        toBind(
            "a request",
            "The server answered resource binding with another id",
            "<iq type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq>"),
        toBind(
            "a request of that id",
            "The server answered resource binding with an iq of type set",
            "<iq type='set' id='ID'><ping xmlns='urn:xmpp:ping'/></iq>"),
        toBind(
            "no id",
            "The server answered resource binding with another id",
            "<iq type='result'><bind xmlns='" + Peer.BIND + "'>" + jid(Peer.ME) + "</bind></iq>"),
        toBind(
            "no type",
            "The server answered <iq/> to resource binding",
            "<iq id='ID'><bind xmlns='" + Peer.BIND + "'>" + jid(Peer.ME) + "</bind></iq>"),
        toBind(
            "another's address as the sender",
            "The answer to resource binding came from romeo@example.net/x and not from the server",
            "<iq type='result' id='ID' from='romeo@example.net/x'><bind xmlns='"
                + Peer.BIND
                + "'>"
                + jid(Peer.ME)
                + "</bind></iq>"),
        toBind(
            "a long address as the sender",
            "The answer to resource binding came from romeo@example.net/"
                + "x".repeat(182)
                + "... and not from the server",
            "<iq type='result' id='ID' from='romeo@example.net/"
                + "x".repeat(1000)
                + "'><bind xmlns='"
                + Peer.BIND
                + "'>"
                + jid(Peer.ME)
                + "</bind></iq>"),
        toBind(
            "no JID as the sender",
            "The server answered <iq/> to resource binding",
            "<iq type='result' id='ID' from='a@@b'><bind xmlns='"
                + Peer.BIND
                + "'>"
                + jid(Peer.ME)
                + "</bind></iq>"),
        toBind(
            "binding of another namespace",
            "The server bound no JID" + INSTEAD,
            "<iq type='result' id='ID'><bind xmlns='urn:x'>" + jid(Peer.ME) + "</bind></iq>"),
        toBind(
            "two payloads",
            "The server bound no JID" + INSTEAD,
            "<iq type='result' id='ID'><bind xmlns='"
                + Peer.BIND
                + "'>"
                + jid(Peer.ME)
                + "</bind><bind xmlns='"
                + Peer.BIND
                + "'/></iq>"),
        bound("nothing", "The server bound no JID" + INSTEAD, ""),
        bound(
            "two JIDs",
            "The server bound 2 JIDs" + INSTEAD,
            jid(Peer.ME) + jid("juliet@example.org/chamber")),
        bound("an empty JID", "The server bound what is no JID" + INSTEAD + ": ...", jid("")),
        bound(
            "a malformed JID",
            "The server bound what is no JID" + INSTEAD + ": 'a@@b/c' is no JID: ...",
            jid("a@@b/c")),
        bound(
            "a bare JID",
            "The server bound juliet@example.org" + INSTEAD,
            jid("juliet@example.org")),
        bound(
            "a long JID of another",
            "The server bound romeo@example.org/" + "x".repeat(182) + "..." + INSTEAD,
            jid("romeo@example.org/" + "x".repeat(1000))),
        bound("a domain", "The server bound example.org" + INSTEAD, jid("example.org")),
        bound(
            "a domain with a resource",
            "The server bound example.org/balcony" + INSTEAD,
            jid("example.org/balcony")),
        bound(
            "another user",
            "The server bound romeo@example.org/balcony" + INSTEAD,
            jid("romeo@example.org/balcony")),
        bound(
            "another domain",
            "The server bound juliet@example.net/balcony" + INSTEAD,
            jid("juliet@example.net/balcony")),
        toBind(
            "an error without a condition",
            "The server refused to bind a resource: undefined-condition (cancel)",
            "<iq type='error' id='ID'/>"));
  }

  @ParameterizedTest
  @MethodSource({"aroundSasl", "binding", "tcpEndsInsideTls"})
  void connect_spoiledAfterTls_saysWhy(FailedLogin login) throws Exception {
    login.check();
  }

  @ParameterizedTest
  @EnumSource(
      value = Condition.class,
      names = {"BAD_REQUEST", "CONFLICT", "NOT_ALLOWED", "RESOURCE_CONSTRAINT"})
  void connect_bindingRefused_carriesTheCondition(Condition condition) throws Exception {
    ConnectionException failure =
        toBind(
                "refused",
                "The server refused to bind a resource: " + condition.elementName() + " (...",
                "<iq type='error' id='ID'><error><"
                    + condition.elementName()
                    + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>")
            .check();

    assertThat(failure.getCause())
        .isInstanceOfSatisfying(
            StanzaErrorException.class, e -> assertThat(e.condition()).isEqualTo(condition));
  }

  @Test
  void connect_boundTwice_theSecondIsAnAnswerToNothing() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.startTls();
                  peer.authenticate();
                  peer.open(Peer.BINDING);
                  String id = peer.bindRequest();
                  peer.bound(id, Peer.ME);
                  peer.bound(id, "juliet@example.org/other");
                  String ping = Peer.id(peer.readUntil("</iq>"));
                  peer.send("<iq type='result' id='" + ping + "'/>");
                  peer.closeInOrder();
                });
        XmppClient client = server.client().build()) {
      client.connect().get(20, TimeUnit.SECONDS);
      client.request(Iq.get(null, Conversation.PING)).get(20, TimeUnit.SECONDS);

      assertThat(client.self()).hasToString(Peer.ME);
    }
  }
}
