package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.ConnectionState;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.internal.dial.TlsUpgrade;
import dev.bobbin.xmpp.core.internal.stream.StreamLimits;
import dev.bobbin.xmpp.core.internal.stream.StreamViolation;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;

/**
 * From a TCP connection to one that is secured (<a
 * href="https://www.rfc-editor.org/rfc/rfc6120#section-5">RFC 6120 section 5</a>). Nothing about
 * the account is said before. For use by one thread.
 */
final class TlsNegotiation {
  private static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";

  private final ConnectionConfig config;
  private final Watchdog watchdog;

  TlsNegotiation(ConnectionConfig config, Watchdog watchdog) {
    this.config = config;
    this.watchdog = watchdog;
  }

  /**
   * Secures a connection, by TLS at once if it is a direct one, and by STARTTLS otherwise. Blocks.
   */
  NegotiationStream secure(Socket raw, boolean direct) throws IOException {
    watchdog.enter(ConnectionState.SECURING, "a server accepted the connection");
    String domain = config.destination().domain();
    if (!direct) {
      NegotiationStream plain = new NegotiationStream(raw, domain, watchdog);
      plain.orLeave(() -> askForTls(plain, domain));
      // From here on nothing is said in the clear, not even why this ends.
      if (plain.hasUnusedBytes()) {
        throw StreamErrors.protocol(
            "Bytes came after <proceed/> in the clear: somebody may be injecting them");
      }
    }
    return new NegotiationStream(handshake(raw, domain, direct), domain, watchdog);
  }

  private XmlElement askForTls(NegotiationStream stream, String domain)
      throws IOException, StreamViolation {
    watchdog.step("waiting for the server's stream features");
    XmlElement features = stream.open(StreamLimits.BEFORE_LOGIN, Optional.empty());
    if (features.child("starttls", TLS).isEmpty()) {
      throw new ConnectionException(
          Reason.NO_STARTTLS,
          "The server of '"
              + domain
              + "' offers no STARTTLS, so nothing more was sent. Turn TLS on at the server"
              + " (docs/errors.md#no-starttls)",
          null);
    }
    watchdog.step("waiting for the server's answer to STARTTLS");
    stream.write(XmlElement.of("starttls", TLS).toXml());
    XmlElement answer = stream.read();
    if (!answer.is("proceed", TLS)) {
      throw new ConnectionException(
          Reason.TLS, "The server refused STARTTLS with <" + Remote.name(answer) + "/>", null);
    }
    return answer;
  }

  private Socket handshake(Socket raw, String domain, boolean direct) throws IOException {
    watchdog.step("waiting for the TLS handshake");
    return TlsUpgrade.upgrade(raw, config.tls(), domain, direct);
  }
}
