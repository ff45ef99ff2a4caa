package dev.bobbin.xmpp.core.internal.dial;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Puts TLS 1.2 or later on a connected socket, and checks that the certificate is for the domain of
 * the JID. That is checked after the handshake here, whatever the context does: one that was given
 * may trust all. A context of {@link TlsContexts} checks it within the handshake as well; with
 * others, a server of another name has seen the client certificate by then, if there is one.
 */
public final class TlsUpgrade {
  private static final String ALPN = "xmpp-client";
  private static final int MOST_CAUSES = 10;

  private TlsUpgrade() {}

  /**
   * Does the handshake. Blocks.
   *
   * @param socket a connected socket
   * @param context what to trust
   * @param domain the domain of the JID
   * @param direct whether TLS begins with the connection; then the protocol is named by ALPN (<a
   *     href="https://xmpp.org/extensions/xep-0368.html">XEP-0368</a>)
   * @return the socket over it
   * @throws ConnectionException when the certificate is not accepted, or the handshake fails, also
   *     because the connection is lost meanwhile
   * @throws IOException when the connection was lost before
   */
  public static SSLSocket upgrade(Socket socket, SSLContext context, String domain, boolean direct)
      throws IOException {
    ReferenceIdentity server = ReferenceIdentity.of(domain);
    SSLSocket tls =
        (SSLSocket)
            context.getSocketFactory().createSocket(socket, server.name(), socket.getPort(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setProtocols(protocols(parameters.getProtocols()));
    // The JDK's own check knows no SRV-ID, and takes a common name.
    parameters.setEndpointIdentificationAlgorithm(null);
    parameters.setServerNames(server.serverNames());
    parameters.setApplicationProtocols(direct ? new String[] {ALPN} : new String[0]);
    tls.setSSLParameters(parameters);
    try {
      tls.startHandshake();
      checkProtocol(tls.getApplicationProtocol());
      server.check(certificate(tls));
      return tls;
    } catch (RefusedCertificate e) {
      tls.getSession().invalidate();
      throw notAccepted(domain, e, e);
    } catch (IOException e) {
      RefusedCertificate refused = refusal(e);
      throw refused == null ? TlsFailure.inHandshake(domain, e) : notAccepted(domain, refused, e);
    }
  }

  private static ConnectionException notAccepted(
      String domain, RefusedCertificate why, Exception cause) {
    return new ConnectionException(
        Reason.CERTIFICATE,
        "The server's certificate is not accepted for '"
            + domain
            + "': "
            + why.getMessage()
            + " (docs/errors.md#certificate)",
        cause);
  }

  /** What the context has on, but for what is too old. */
  private static String[] protocols(String[] enabled) {
    List<String> modern = List.of("TLSv1.3", "TLSv1.2");
    List<String> kept = modern.stream().filter(Arrays.asList(enabled)::contains).toList();
    if (kept.isEmpty()) {
      throw new ConnectionException(
          Reason.TLS,
          "The TLS context has only "
              + Arrays.asList(enabled)
              + " on; it needs one of "
              + modern
              + " (docs/errors.md#tls-handshake)",
          null);
    }
    return kept.toArray(String[]::new);
  }

  /** Empty is from a server without ALPN; null from a provider without it. */
  private static void checkProtocol(@Nullable String chosen) throws SSLException {
    if (chosen != null && !chosen.isEmpty() && !chosen.equals(ALPN)) {
      throw new SSLException("the server chose another protocol by ALPN");
    }
  }

  private static X509Certificate certificate(SSLSocket tls)
      throws SSLException, RefusedCertificate {
    Certificate[] shown = tls.getSession().getPeerCertificates();
    if (shown.length > 0 && shown[0] instanceof X509Certificate own) {
      return own;
    }
    throw new RefusedCertificate("it is no X.509 certificate", null);
  }

  private static @Nullable RefusedCertificate refusal(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      if (cause instanceof CertificateException found) {
        return RefusedCertificate.because(found, "");
      }
      cause = cause.getCause();
    }
    return null;
  }
}
