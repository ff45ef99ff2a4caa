package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.ConnectionException.Reason;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers, or people on the way to one, that spoil a login before TLS is up. */
@Timeout(60)
class HostileTlsTest {
  private static final String PROCEED = "<proceed xmlns='" + Peer.TLS + "'/>";
  private static final String NO_STARTTLS =
      "The server of 'example.org' offers no STARTTLS, so nothing more was sent. Turn TLS on at the"
          + " server (docs/errors.md#no-starttls)";
  private static final String INJECTED =
      "Bytes came after <proceed/> in the clear: somebody may be injecting them";
  private static final String OLD =
      "The server broke the rules of the stream: XMPP version is not 1.0";

  private static FailedLogin header(String name, Reason reason, String message, String header) {
    return new FailedLogin(
        name,
        reason,
        message,
        peer -> {
          peer.readHeader();
          peer.send(header);
          peer.raw().shutdownOutput();
        });
  }

  private static FailedLogin features(String name, Reason reason, String message, String xml) {
    return header(name, reason, message, Peer.HEADER + xml);
  }

  private static FailedLogin answer(String name, Reason reason, String message, String answer) {
    return new FailedLogin(
        name,
        reason,
        message,
        peer -> {
          peer.open(Peer.STARTTLS);
          peer.readUntil("<starttls xmlns='" + Peer.TLS + "'/>");
          peer.send(answer);
          peer.raw().shutdownOutput();
        });
  }

  private static String version(String version) {
    return Peer.HEADER.replace(" version='1.0'>", version + ">") + Peer.STARTTLS;
  }

  static Stream<FailedLogin> headers() {
    return Stream.of(
        header("no version", Reason.PROTOCOL, OLD, version("")),
        header("version 0.9", Reason.PROTOCOL, OLD, version(" version='0.9'")),
        header("version 2.0", Reason.PROTOCOL, OLD, version(" version='2.0'")),
        header("version 1", Reason.PROTOCOL, OLD, version(" version='1'")),
        header("version of digits", Reason.PROTOCOL, OLD, version(" version='1.123456'")),
        header(
            "two headers",
            Reason.DISCONNECTED,
            "The server closed the connection while logging in",
            Peer.HEADER + Peer.HEADER.substring("<?xml version='1.0'?>".length()) + Peer.STARTTLS),
        header(
            "features before a header",
            Reason.PROTOCOL,
            "The server broke the rules of the stream: ...",
            Peer.STARTTLS));
  }

  static Stream<FailedLogin> features() {
    return Stream.of(
        features("empty", Reason.NO_STARTTLS, NO_STARTTLS, "<stream:features/>"),
        features(
            "STARTTLS of another namespace",
            Reason.NO_STARTTLS,
            NO_STARTTLS,
            "<stream:features><starttls xmlns='urn:x'/></stream:features>"),
        features(
            "STARTTLS deeper down",
            Reason.NO_STARTTLS,
            NO_STARTTLS,
            "<stream:features><x xmlns='urn:x'><starttls xmlns='"
                + Peer.TLS
                + "'/></x></stream:features>"),
        features("mechanisms instead", Reason.NO_STARTTLS, NO_STARTTLS, Peer.MECHANISMS),
        features("binding instead", Reason.NO_STARTTLS, NO_STARTTLS, Peer.BINDING),
        features(
            "an iq before them",
            Reason.PROTOCOL,
            "The server sent <iq/> before its features",
            "<iq type='get' id='1'/>" + Peer.STARTTLS),
        features(
            "inside something",
            Reason.PROTOCOL,
            "The server sent <x/> before its features",
            "<x xmlns='urn:x'>" + Peer.STARTTLS + "</x>"),
        features(
            "of another namespace",
            Reason.PROTOCOL,
            "The server sent <features/> before its features",
            "<features xmlns='urn:x'/>"),
        features(
            "proceed before being asked",
            Reason.PROTOCOL,
            "The server sent <proceed/> before its features",
            PROCEED),
        features(
            "the end instead",
            Reason.DISCONNECTED,
            "The server closed the stream while logging in",
            "</stream:stream>and more"),
        features(
            "cut off",
            Reason.DISCONNECTED,
            "The server closed the connection while logging in",
            "<stream:features><starttls"));
  }

  static Stream<FailedLogin> answers() {
    return Stream.of(
        answer(
            "failure",
            Reason.TLS,
            "The server refused STARTTLS with <failure/>",
            "<failure xmlns='" + Peer.TLS + "'/>"),
        answer(
            "proceed of another namespace",
            Reason.TLS,
            "The server refused STARTTLS with <proceed/>",
            "<proceed xmlns='urn:x'/>"),
        answer(
            "features again",
            Reason.TLS,
            "The server refused STARTTLS with <features/>",
            Peer.STARTTLS),
        answer(
            "an iq", Reason.TLS, "The server refused STARTTLS with <iq/>", "<iq type='result'/>"),
        answer("twice", Reason.PROTOCOL, INJECTED, PROCEED + PROCEED),
        answer("with an iq behind", Reason.PROTOCOL, INJECTED, PROCEED + "<iq type='get'/>"),
        answer("with success behind", Reason.PROTOCOL, INJECTED, PROCEED + Peer.HEADER),
        answer("with the end behind", Reason.PROTOCOL, INJECTED, PROCEED + "</stream:stream>"),
        answer("with a line break behind", Reason.PROTOCOL, INJECTED, PROCEED + "\n"),
        answer(
            "the end",
            Reason.DISCONNECTED,
            "The server closed the stream while logging in",
            "</stream:stream>"),
        new FailedLogin(
            "bytes in the clear in a later segment",
            Reason.TLS,
            "The TLS handshake with the server of 'example.org' failed: ...",
            peer -> {
              peer.open(Peer.STARTTLS);
              peer.readUntil("<starttls xmlns='" + Peer.TLS + "'/>");
              peer.send(PROCEED);
              // The client has begun with TLS when the first byte of it is here.
              peer.readUntil("\u0016");
              peer.send("<stream:features><mechanisms xmlns='" + Peer.SASL + "'/>");
            }));
  }

  @ParameterizedTest
  @MethodSource({"headers", "features", "answers"})
  void connect_spoiledBeforeTls_saysWhyAndNothingOfTheAccount(FailedLogin login) throws Exception {
    login.check();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "from='example.org'",
        "from='other.example'",
        "from='a@@b'",
        "from='example.org' to='romeo@example.net'",
        "from='example.org' id=''"
      })
  void connect_addressesOfTheHeader_proveNothingAndAreNotLookedAt(String addresses)
      throws Exception {
    String header = Peer.HEADER.replace("from='example.org' id='s1'", addresses);
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.readHeader();
                  peer.send(header + Peer.STARTTLS);
                  peer.readUntil("<starttls xmlns='" + Peer.TLS + "'/>");
                  peer.send("<proceed xmlns='" + Peer.TLS + "'><x xmlns='urn:x'/></proceed>");
                  peer.handshake();
                  peer.authenticate();
                  peer.open(Peer.BINDING);
                  peer.bound(peer.bindRequest(), Peer.ME);
                  peer.closeInOrder();
                });
        XmppClient client = server.client().build()) {
      assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);
    }
  }
}
