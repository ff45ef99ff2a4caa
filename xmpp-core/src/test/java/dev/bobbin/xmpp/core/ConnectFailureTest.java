package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What goes wrong while connecting. Each time: the reason and the message word for word; the server
 * sees the connection closed; the same client can connect again; and no thread outlives it.
 */
@Timeout(120)
@Isolated("looks at the threads of the whole JVM")
class ConnectFailureTest {
  private static final String ERROR = "urn:ietf:params:xml:ns:xmpp-streams";

  private record Case(String name, Reason reason, String message, ScriptedServer.Script script) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Arguments of(
      String name, Reason reason, String message, ScriptedServer.Script script) {
    return Arguments.of(new Case(name, reason, message, script));
  }

  private static String streamError(String condition) {
    return "<stream:error><" + condition + " xmlns='" + ERROR + "'/></stream:error>";
  }

  static Stream<Arguments> beforeTls() {
    String closed = "The server closed the connection while logging in";
    return Stream.of(
        of(
            "closes at once",
            Reason.DISCONNECTED,
            closed,
            peer -> {
              peer.readHeader();
              peer.raw().shutdownOutput();
            }),
        of(
            "header only",
            Reason.DISCONNECTED,
            closed,
            peer -> {
              peer.readHeader();
              peer.send(Peer.HEADER);
              peer.raw().shutdownOutput();
            }),
        of(
            "closes its stream",
            Reason.DISCONNECTED,
            "The server closed the stream while logging in",
            peer -> peer.open("</stream:stream>")),
        of(
            "stream error",
            Reason.STREAM_ERROR,
            "The server ended the stream: host-unknown (docs/errors.md#stream-error)",
            peer -> peer.open(streamError("host-unknown"))),
        of(
            "stream error with text",
            Reason.STREAM_ERROR,
            "The server ended the stream: conflict: one \uFFFD two (docs/errors.md#stream-error)",
            peer ->
                peer.open(
                    "<stream:error><text xmlns='"
                        + ERROR
                        + "'>one \n two</text><conflict xmlns='"
                        + ERROR
                        + "'/></stream:error>")),
        of(
            "no STARTTLS",
            Reason.NO_STARTTLS,
            "The server of 'example.org' offers no STARTTLS, so nothing more was sent. Turn TLS on"
                + " at the server (docs/errors.md#no-starttls)",
            peer -> {
              peer.open(Peer.MECHANISMS);
              assertThat(peer.readToEnd()).isEmpty();
            }),
        of(
            "STARTTLS refused",
            Reason.TLS,
            "The server refused STARTTLS with <failure/>",
            peer -> {
              peer.open(Peer.STARTTLS);
              peer.expect("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
              peer.send("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
            }),
        of(
            "bytes after proceed",
            Reason.PROTOCOL,
            "Bytes came after <proceed/> in the clear: somebody may be injecting them",
            peer -> {
              peer.open(Peer.STARTTLS);
              peer.send("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/><iq type='get'/>");
            }),
        of(
            "one space after proceed",
            Reason.PROTOCOL,
            "Bytes came after <proceed/> in the clear: somebody may be injecting them",
            peer -> {
              peer.open(Peer.STARTTLS);
              peer.send("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/> ");
            }),
        of(
            "closes instead of the handshake",
            Reason.TLS,
            "The TLS handshake with the server of 'example.org' failed: Remote host terminated the"
                + " handshake (docs/errors.md#tls-handshake)",
            peer -> {
              peer.open(Peer.STARTTLS);
              peer.readUntil("/>");
              peer.send("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
              peer.raw().shutdownOutput();
            }),
        of(
            "no features",
            Reason.PROTOCOL,
            "The server sent <message/> before its features",
            peer -> peer.open("<message/>")),
        of(
            "not XMPP",
            Reason.PROTOCOL,
            "The server broke the rules of the stream: text before the stream's header",
            peer -> {
              peer.readHeader();
              peer.send("SSH-2.0-x\r\n");
              assertThat(peer.readToEnd())
                  .isEqualTo(
                      "<stream:error><not-well-formed xmlns='"
                          + ERROR
                          + "'/></stream:error>"
                          + "</stream:stream>");
            }),
        of(
            "old version",
            Reason.PROTOCOL,
            "The server broke the rules of the stream: XMPP version is not 1.0",
            peer -> {
              peer.readHeader();
              peer.send(Peer.HEADER.replace(" version='1.0'>", ">"));
              assertThat(peer.readToEnd()).contains("<unsupported-version xmlns='");
            }),
        of(
            "wrong namespace",
            Reason.PROTOCOL,
            "The server broke the rules of the stream: the stream's namespaces are wrong",
            peer -> {
              peer.readHeader();
              peer.send(Peer.HEADER.replace("jabber:client", "jabber:server"));
              assertThat(peer.readToEnd()).contains("<invalid-namespace xmlns='");
            }),
        of(
            "comment",
            Reason.PROTOCOL,
            "The server broke the rules of the stream: a comment",
            peer -> {
              peer.readHeader();
              peer.send(Peer.HEADER + "<!-- c -->");
              assertThat(peer.readToEnd()).contains("<restricted-xml xmlns='");
            }),
        of(
            "too large for somebody unknown",
            Reason.PROTOCOL,
            "The server broke the rules of the stream: an element has more than 8192 bytes",
            peer -> {
              peer.open("<stream:features>" + "x".repeat(9000));
              assertThat(peer.readToEnd()).contains("<policy-violation xmlns='");
            }));
  }

  static Stream<Arguments> afterTls() {
    String closed = "The server closed the connection while logging in";
    return Stream.of(
        of(
            "no common mechanism",
            Reason.NO_COMMON_MECHANISM,
            "The server offers the SASL mechanisms [PLAIN, X-OTHER]; this client uses"
                + " [SCRAM-SHA-512-PLUS, SCRAM-SHA-512, SCRAM-SHA-256-PLUS, SCRAM-SHA-256,"
                + " SCRAM-SHA-1-PLUS, SCRAM-SHA-1]. PLAIN is used only when mechanisms(\"PLAIN\")"
                + " names it (docs/errors.md#no-common-mechanism)",
            peer ->
                features(
                    peer,
                    "<mechanisms xmlns='"
                        + Peer.SASL
                        + "'><mechanism>PLAIN</mechanism>"
                        + "<mechanism>X-OTHER</mechanism></mechanisms>")),
        of(
            "no mechanisms",
            Reason.NO_COMMON_MECHANISM,
            "The server offers the SASL mechanisms []; this client uses [SCRAM-SHA-512-PLUS,"
                + " SCRAM-SHA-512, SCRAM-SHA-256-PLUS, SCRAM-SHA-256, SCRAM-SHA-1-PLUS, SCRAM-SHA-1]"
                + " (docs/errors.md#no-common-mechanism)",
            peer -> features(peer, "")),
        of(
            "account disabled",
            Reason.ACCOUNT_DISABLED,
            "The server refused to log in juliet@example.org: account-disabled"
                + " (docs/errors.md#login-refused)",
            peer -> {
              features(peer, mechanisms());
              peer.readUntil("</auth>");
              peer.send("<failure xmlns='" + Peer.SASL + "'><account-disabled/></failure>");
            }),
        of(
            "another answer",
            Reason.PROTOCOL,
            "The server answered <iq/> during authentication",
            peer -> {
              features(peer, mechanisms());
              peer.send("<iq type='get'/>");
            }),
        of(
            "success at once",
            Reason.AUTHENTICATION,
            "Authentication was given up: the server reported success without asking for a proof:"
                + " it may be an impostor (docs/errors.md#authentication-given-up)",
            peer -> {
              features(peer, mechanisms());
              peer.send("<success xmlns='" + Peer.SASL + "'/>");
            }),
        of(
            "no signature",
            Reason.AUTHENTICATION,
            "Authentication was given up: the server's SCRAM signature is wrong: it may be an"
                + " impostor (docs/errors.md#authentication-given-up)",
            peer -> {
              features(peer, mechanisms());
              challenge(peer);
              peer.send("<success xmlns='" + Peer.SASL + "'/>");
            }),
        of(
            "wrong signature in a challenge",
            Reason.AUTHENTICATION,
            "Authentication was given up: the server's SCRAM signature is wrong: it may be an"
                + " impostor (docs/errors.md#authentication-given-up)",
            peer -> {
              features(peer, mechanisms());
              challenge(peer);
              peer.send("<challenge xmlns='" + Peer.SASL + "'>dj1BQUFB</challenge>");
            }),
        of(
            "bytes after success",
            Reason.PROTOCOL,
            "Bytes came after <success/> before the new stream was opened",
            peer -> {
              features(peer, mechanisms());
              ServerScram scram = challenge(peer);
              peer.send(
                  "<success xmlns='"
                      + Peer.SASL
                      + "'>"
                      + scram.success(peer.content("response"))
                      + "</success><challenge xmlns='"
                      + Peer.SASL
                      + "'/>");
            }),
        of(
            "closes after success",
            Reason.DISCONNECTED,
            closed,
            peer -> {
              peer.startTls();
              peer.authenticate();
              peer.raw().shutdownOutput();
            }),
        of(
            "stream error after success",
            Reason.STREAM_ERROR,
            "The server ended the stream: resource-constraint (docs/errors.md#stream-error)",
            peer -> {
              peer.startTls();
              peer.authenticate();
              peer.open(streamError("resource-constraint"));
            }),
        of(
            "no binding",
            Reason.PROTOCOL,
            "The server offers no resource binding (RFC 6120 section 7)",
            peer -> {
              peer.startTls();
              peer.authenticate();
              peer.open("<stream:features/>");
            }),
        of(
            "binding refused",
            Reason.PROTOCOL,
            "The server refused to bind a resource: conflict (cancel)",
            peer ->
                peer.send(
                    "<iq type='error' id='"
                        + readyToBind(peer)
                        + "'><error type='cancel'><conflict"
                        + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>")),
        of(
            "a foreign JID",
            Reason.PROTOCOL,
            "The server bound romeo@example.org/balcony instead of a resource of"
                + " juliet@example.org",
            peer -> peer.bound(readyToBind(peer), "romeo@example.org/balcony")),
        of(
            "a bare JID",
            Reason.PROTOCOL,
            "The server bound juliet@example.org instead of a resource of juliet@example.org",
            peer -> peer.bound(readyToBind(peer), "juliet@example.org")),
        of(
            "no JID",
            Reason.PROTOCOL,
            "The server bound no JID instead of a resource of juliet@example.org",
            peer -> peer.send("<iq type='result' id='" + readyToBind(peer) + "'/>")),
        of(
            "a malformed JID",
            Reason.PROTOCOL,
            "The server bound what is no JID instead of a resource of juliet@example.org: 'a@@b/c'"
                + " is no JID: U+0040 is not allowed in the domain part"
                + " (docs/errors.md#malformed-jid)",
            peer -> peer.bound(readyToBind(peer), "a@@b/c")),
        of(
            "another id",
            Reason.PROTOCOL,
            "The server answered resource binding with another id",
            peer -> {
              readyToBind(peer);
              peer.bound("other", Peer.ME);
            }),
        of(
            "something else than an iq",
            Reason.PROTOCOL,
            "The server answered <message/> to resource binding",
            peer -> {
              readyToBind(peer);
              peer.send("<message/>");
            }));
  }

  private static String mechanisms() {
    return "<mechanisms xmlns='"
        + Peer.SASL
        + "'><mechanism>SCRAM-SHA-256</mechanism></mechanisms>";
  }

  private static void features(Peer peer, String features) throws Exception {
    peer.startTls();
    peer.open("<stream:features>" + features + "</stream:features>");
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

  private static String readyToBind(Peer peer) throws Exception {
    peer.startTls();
    peer.authenticate();
    peer.open(Peer.BINDING);
    return peer.bindRequest();
  }

  @ParameterizedTest
  @MethodSource({"beforeTls", "afterTls"})
  void connect_badServer_saysWhyAndLeavesNothingOpen(Case failing) throws Exception {
    Set<Thread> before = BobbinThreads.now();
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              failing.script.run(peer);
              peer.readToEnd();
            },
            peer -> {
              peer.login();
              peer.closeInOrder();
            })) {
      try (XmppClient client = server.client().build()) {
        ConnectionException failure = failureOf(client);

        assertThat(failure).hasMessage(failing.message);
        assertThat(failure.reason()).isEqualTo(failing.reason);
        assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);
      }
      server.finish();
    }
    BobbinThreads.assertGone(before);
  }

  static ConnectionException failureOf(XmppClient client) {
    ExecutionException failure =
        catchThrowableOfType(
            ExecutionException.class, () -> client.connect().get(20, TimeUnit.SECONDS));
    assertThat(failure.getCause()).isInstanceOf(ConnectionException.class);
    return (ConnectionException) failure.getCause();
  }
}
