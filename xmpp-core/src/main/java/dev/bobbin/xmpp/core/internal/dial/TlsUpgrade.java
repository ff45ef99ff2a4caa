package dev.bobbin.xmpp.core.internal.dial;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import java.io.IOException;
import java.net.IDN;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Puts TLS 1.2 or later on a connected socket, and checks the certificate against the domain of the
 * JID, never against the host that was connected to (<a
 * href="https://www.rfc-editor.org/rfc/rfc6120#section-13.7.2">RFC 6120 section 13.7.2</a>).
 */
public final class TlsUpgrade {
  private TlsUpgrade() {}

  /**
   * Does the handshake. Blocks.
   *
   * @param socket a connected socket
   * @param context what to trust
   * @param domain the domain of the JID
   * @return the socket over it
   * @throws ConnectionException when the certificate is not accepted, or the handshake fails
   * @throws IOException when the connection is lost
   */
  public static SSLSocket upgrade(Socket socket, SSLContext context, String domain)
      throws IOException {
    String name =
        domain.startsWith("[") ? domain.substring(1, domain.length() - 1) : IDN.toASCII(domain);
    SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(socket, name, socket.getPort(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    SNIHostName sni = serverName(name);
    if (sni != null) {
      parameters.setServerNames(List.of(sni));
    }
    tls.setSSLParameters(parameters);
    try {
      tls.startHandshake();
      return tls;
    } catch (SSLException e) {
      CertificateException refused = certificateProblem(e);
      if (refused != null) {
        throw new ConnectionException(
            Reason.CERTIFICATE,
            "The server's certificate is not accepted for '"
                + domain
                + "': "
                + refused.getMessage()
                + " (docs/errors.md#certificate)",
            e);
      }
      throw new ConnectionException(
          Reason.TLS,
          "The TLS handshake with the server of '"
              + domain
              + "' failed: "
              + e.getMessage()
              + " (docs/errors.md#tls-handshake)",
          e);
    }
  }

  private static @Nullable SNIHostName serverName(String name) {
    try {
      return name.indexOf(':') >= 0 || name.matches("[0-9.]+") ? null : new SNIHostName(name);
    } catch (IllegalArgumentException e) {
      // A name that DNS allows and SNI does not, such as one with an underscore.
      return null;
    }
  }

  private static @Nullable CertificateException certificateProblem(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 10; depth++) {
      if (cause instanceof CertificateException found) {
        return found;
      }
      cause = cause.getCause();
    }
    return null;
  }
}
