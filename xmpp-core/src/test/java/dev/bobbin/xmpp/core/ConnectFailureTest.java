package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong before TLS is up, and that nothing stays of it. */
@Timeout(120)
@Isolated("looks at the threads of the whole JVM")
class ConnectFailureTest {
  private static final String ERROR = "urn:ietf:params:xml:ns:xmpp-streams";

  static String streamError(String condition) {
    return "<stream:error><" + condition + " xmlns='" + ERROR + "'/></stream:error>";
  }

  static Stream<FailedLogin> connect_badBeforeTls_saysWhyAndLeavesNothingOpen() {
    String closed = "The server closed the connection while logging in";
    return Stream.of(
        new FailedLogin(
            "closes at once",
            Reason.DISCONNECTED,
            closed,
            peer -> {
              peer.readHeader();
              peer.raw().shutdownOutput();
            }),
        new FailedLogin(
            "header only",
            Reason.DISCONNECTED,
            closed,
            peer -> {
              peer.readHeader();
              peer.send(Peer.HEADER);
              peer.raw().shutdownOutput();
            }),
        new FailedLogin(
            "closes its stream",
            Reason.DISCONNECTED,
            "The server closed the stream while logging in",
            peer -> peer.open("</stream:stream>")),
        new FailedLogin(
            "stream error",
            Reason.STREAM_ERROR,
            "The server ended the stream: host-unknown (docs/errors.md#stream-error)",
            peer -> peer.open(streamError("host-unknown"))),
        new FailedLogin(
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
        new FailedLogin(
            "no STARTTLS",
            Reason.NO_STARTTLS,
            "The server of 'example.org' offers no STARTTLS, so nothing more was sent. Turn TLS on"
                + " at the server (docs/errors.md#no-starttls)",
            peer -> {
              peer.open(Peer.MECHANISMS);
              assertThat(peer.readToEnd()).isEqualTo("</stream:stream>");
            }),
        new FailedLogin(
            "STARTTLS refused",
            Reason.TLS,
            "The server refused STARTTLS with <failure/>",
            peer -> {
              peer.open(Peer.STARTTLS);
              peer.expect("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
              peer.send("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
            }),
        new FailedLogin(
            "bytes after proceed",
            Reason.PROTOCOL,
            "Bytes came after <proceed/> in the clear: somebody may be injecting them",
            peer -> {
              peer.open(Peer.STARTTLS);
              peer.send("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/><iq type='get'/>");
            }),
        new FailedLogin(
            "one space after proceed",
            Reason.PROTOCOL,
            "Bytes came after <proceed/> in the clear: somebody may be injecting them",
            peer -> {
              peer.open(Peer.STARTTLS);
              peer.send("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/> ");
            }),
        new FailedLogin(
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
        new FailedLogin(
            "no features",
            Reason.PROTOCOL,
            "The server sent <message/> before its features",
            peer -> peer.open("<message/>")),
        new FailedLogin(
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
        new FailedLogin(
            "old version",
            Reason.PROTOCOL,
            "The server broke the rules of the stream: XMPP version is not 1.0",
            peer -> {
              peer.readHeader();
              peer.send(Peer.HEADER.replace(" version='1.0'>", ">"));
              assertThat(peer.readToEnd()).contains("<unsupported-version xmlns='");
            }),
        new FailedLogin(
            "wrong namespace",
            Reason.PROTOCOL,
            "The server broke the rules of the stream: the stream's namespaces are wrong",
            peer -> {
              peer.readHeader();
              peer.send(Peer.HEADER.replace("jabber:client", "jabber:server"));
              assertThat(peer.readToEnd()).contains("<invalid-namespace xmlns='");
            }),
        new FailedLogin(
            "comment",
            Reason.PROTOCOL,
            "The server broke the rules of the stream: a comment",
            peer -> {
              peer.readHeader();
              peer.send(Peer.HEADER + "<!-- c -->");
              assertThat(peer.readToEnd()).contains("<restricted-xml xmlns='");
            }),
        new FailedLogin(
            "too large for somebody unknown",
            Reason.PROTOCOL,
            "The server broke the rules of the stream: an element has more than 8192 bytes",
            peer -> {
              peer.open("<stream:features>" + "x".repeat(9000));
              assertThat(peer.readToEnd()).contains("<policy-violation xmlns='");
            }));
  }

  @ParameterizedTest
  @MethodSource
  void connect_badBeforeTls_saysWhyAndLeavesNothingOpen(FailedLogin login) throws Exception {
    login.checkThatNothingStays();
  }

  static ConnectionException failureOf(XmppClient client) {
    ExecutionException failure =
        catchThrowableOfType(
            ExecutionException.class, () -> client.connect().get(20, TimeUnit.SECONDS));
    assertThat(failure.getCause()).isInstanceOf(ConnectionException.class);
    return (ConnectionException) failure.getCause();
  }
}
