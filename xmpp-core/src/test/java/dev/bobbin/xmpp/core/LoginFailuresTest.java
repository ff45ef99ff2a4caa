package dev.bobbin.xmpp.core;

import dev.bobbin.xmpp.api.ConnectionException.Reason;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong between TLS and a bound resource, and that nothing stays of it. */
@Timeout(120)
@Isolated("looks at the threads of the whole JVM")
class LoginFailuresTest {
  static Stream<FailedLogin> connect_badAfterTls_saysWhyAndLeavesNothingOpen() {
    String closed = "The server closed the connection while logging in";
    return Stream.of(
        new FailedLogin(
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
        new FailedLogin(
            "no mechanisms",
            Reason.NO_COMMON_MECHANISM,
            "The server offers the SASL mechanisms []; this client uses [SCRAM-SHA-512-PLUS,"
                + " SCRAM-SHA-512, SCRAM-SHA-256-PLUS, SCRAM-SHA-256, SCRAM-SHA-1-PLUS, SCRAM-SHA-1]"
                + " (docs/errors.md#no-common-mechanism)",
            peer -> features(peer, "")),
        new FailedLogin(
            "account disabled",
            Reason.ACCOUNT_DISABLED,
            "The server refused to log in juliet@example.org: account-disabled"
                + " (docs/errors.md#login-refused)",
            peer -> {
              features(peer, mechanisms());
              peer.readUntil("</auth>");
              peer.send("<failure xmlns='" + Peer.SASL + "'><account-disabled/></failure>");
            }),
        new FailedLogin(
            "another answer",
            Reason.PROTOCOL,
            "The server answered <iq/> during authentication",
            peer -> {
              features(peer, mechanisms());
              peer.send("<iq type='get'/>");
            }),
        new FailedLogin(
            "success at once",
            Reason.AUTHENTICATION,
            "Authentication was given up: the server reported success without asking for a proof:"
                + " it may be an impostor (docs/errors.md#authentication-given-up)",
            peer -> {
              features(peer, mechanisms());
              peer.send("<success xmlns='" + Peer.SASL + "'/>");
            }),
        new FailedLogin(
            "no signature",
            Reason.AUTHENTICATION,
            "Authentication was given up: the server's SCRAM signature is wrong: it may be an"
                + " impostor (docs/errors.md#authentication-given-up)",
            peer -> {
              features(peer, mechanisms());
              challenge(peer);
              peer.send("<success xmlns='" + Peer.SASL + "'/>");
            }),
        new FailedLogin(
            "wrong signature in a challenge",
            Reason.AUTHENTICATION,
            "Authentication was given up: the server's SCRAM signature is wrong: it may be an"
                + " impostor (docs/errors.md#authentication-given-up)",
            peer -> {
              features(peer, mechanisms());
              challenge(peer);
              peer.send("<challenge xmlns='" + Peer.SASL + "'>dj1BQUFB</challenge>");
            }),
        new FailedLogin(
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
        new FailedLogin(
            "closes after success",
            Reason.DISCONNECTED,
            closed,
            peer -> {
              peer.startTls();
              peer.authenticate();
              peer.raw().shutdownOutput();
            }),
        new FailedLogin(
            "stream error after success",
            Reason.STREAM_ERROR,
            "The server ended the stream: resource-constraint (docs/errors.md#stream-error)",
            peer -> {
              peer.startTls();
              peer.authenticate();
              peer.open(ConnectFailureTest.streamError("resource-constraint"));
            }),
        new FailedLogin(
            "no binding",
            Reason.PROTOCOL,
            "The server offers no resource binding (RFC 6120 section 7)",
            peer -> {
              peer.startTls();
              peer.authenticate();
              peer.open("<stream:features/>");
            }),
        new FailedLogin(
            "binding refused",
            Reason.PROTOCOL,
            "The server refused to bind a resource: conflict (cancel)",
            peer ->
                peer.send(
                    "<iq type='error' id='"
                        + readyToBind(peer)
                        + "'><error type='cancel'><conflict"
                        + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>")),
        new FailedLogin(
            "a foreign JID",
            Reason.PROTOCOL,
            "The server bound romeo@example.org/balcony instead of a resource of"
                + " juliet@example.org",
            peer -> peer.bound(readyToBind(peer), "romeo@example.org/balcony")),
        new FailedLogin(
            "a bare JID",
            Reason.PROTOCOL,
            "The server bound juliet@example.org instead of a resource of juliet@example.org",
            peer -> peer.bound(readyToBind(peer), "juliet@example.org")),
        new FailedLogin(
            "no JID",
            Reason.PROTOCOL,
            "The server bound no JID instead of a resource of juliet@example.org",
            peer -> peer.send("<iq type='result' id='" + readyToBind(peer) + "'/>")),
        new FailedLogin(
            "a malformed JID",
            Reason.PROTOCOL,
            "The server bound what is no JID instead of a resource of juliet@example.org: 'a@@b/c'"
                + " is no JID: U+0040 is not allowed in the domain part"
                + " (docs/errors.md#malformed-jid)",
            peer -> peer.bound(readyToBind(peer), "a@@b/c")),
        new FailedLogin(
            "another id",
            Reason.PROTOCOL,
            "The server answered resource binding with another id",
            peer -> {
              readyToBind(peer);
              peer.bound("other", Peer.ME);
            }),
        new FailedLogin(
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
  @MethodSource
  void connect_badAfterTls_saysWhyAndLeavesNothingOpen(FailedLogin login) throws Exception {
    login.checkThatNothingStays();
  }
}
