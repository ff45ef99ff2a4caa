package dev.bobbin.xmpp.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** Does the TLS handshakes of one server, and remembers what clients asked for. Thread-safe. */
final class TlsServer {
  /** The name for client connections of XEP-0368. */
  private static final String XMPP_CLIENT = "xmpp-client";

  private final TlsSettings settings;
  private final SSLContext context;
  private final Recent<Handshake> handshakes = new Recent<>();

  TlsServer(TlsSettings settings, ServerIdentity identity) {
    this.settings = settings;
    this.context = identity.serverContext(settings.clientAuthorities());
  }

  List<Handshake> handshakes() {
    return handshakes.list();
  }

  /**
   * Blocks until the handshake is done.
   *
   * @param early what has been read from the socket already, which belongs to the handshake
   */
  SSLSocket accept(Socket socket, byte[] early, boolean direct) throws IOException {
    SSLSocket secure =
        (SSLSocket)
            context.getSocketFactory().createSocket(socket, new ByteArrayInputStream(early), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setProtocols(settings.protocols().toArray(new String[0]));
    parameters.setWantClientAuth(!settings.clientAuthorities().isEmpty());
    secure.setSSLParameters(parameters);
    List<String> offered = new ArrayList<>();
    secure.setHandshakeApplicationProtocolSelector(
        (handshaking, names) -> {
          // Comes once more after a HelloRetryRequest.
          offered.clear();
          offered.addAll(names);
          return direct ? selected(names) : "";
        });
    secure.startHandshake();
    SSLSession session = secure.getSession();
    handshakes.add(
        new Handshake(
            direct,
            serverName(session),
            offered,
            session.getProtocol(),
            clientCertificate(session)));
    return secure;
  }

  /** Null, which the JDK turns into the alert no_application_protocol (RFC 7301 section 3.2). */
  @SuppressWarnings("NullAway") // The selector's interface knows no null.
  private static String selected(List<String> names) {
    return names.contains(XMPP_CLIENT) ? XMPP_CLIENT : null;
  }

  private static Optional<String> serverName(SSLSession session) {
    if (session instanceof ExtendedSSLSession extended) {
      for (SNIServerName name : extended.getRequestedServerNames()) {
        if (name instanceof SNIHostName host) {
          return Optional.of(host.getAsciiName());
        }
      }
    }
    return Optional.empty();
  }

  /** The certificate that the client has shown, which an authority has vouched for. */
  static Optional<X509Certificate> clientCertificate(SSLSession session) {
    try {
      Certificate[] shown = session.getPeerCertificates();
      return shown[0] instanceof X509Certificate own ? Optional.of(own) : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }
}
