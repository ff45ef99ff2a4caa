package dev.bobbin.xmpp.core.internal.dial;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The JDK's trust manager, and besides: the dates of the server's own certificate, since the JDK
 * checks nothing more of a certificate that is an anchor itself, and so takes a self-signed one
 * that has expired; and its name, so that no client certificate is shown to the wrong server.
 */
final class ServerTrust extends X509ExtendedTrustManager {
  private static final String HINT =
      ". If its authority is a private one, give the authority's certificate to trust(...)";

  private final X509ExtendedTrustManager jdk;
  private final String domain;

  ServerTrust(X509ExtendedTrustManager jdk, String domain) {
    this.jdk = jdk;
    this.domain = domain;
  }

  @FunctionalInterface
  private interface Check {
    void run() throws CertificateException;
  }

  private void check(X509Certificate[] chain, Check trusted) throws CertificateException {
    try {
      trusted.run();
      chain[0].checkValidity();
    } catch (CertificateException e) {
      throw RefusedCertificate.because(e, HINT);
    }
    ReferenceIdentity.of(domain).check(chain[0]);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain, () -> jdk.checkServerTrusted(chain, authType));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain, () -> jdk.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, () -> jdk.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    jdk.checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    jdk.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    jdk.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return jdk.getAcceptedIssuers();
  }
}
