package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * A key with a self-signed certificate for one domain.
 *
 * @param domain what the certificate is for
 * @param own the key and the certificate
 * @param clientContext trusts that certificate and no other
 */
record ServerIdentity(Jid domain, CertifiedKey own, SSLContext clientContext) {
  static ServerIdentity create(Jid domain) {
    return create(domain, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Works in a folder of its own in that one, and leaves nothing there. */
  static ServerIdentity create(Jid domain, Path temporary) {
    CertifiedKey own = CertifiedKey.create(Keytool.Subject.host(domain.domain()), temporary);
    return new ServerIdentity(domain, own, trusting(own.certificate()));
  }

  X509Certificate certificate() {
    return own.certificate();
  }

  /** Proves to be the domain, and trusts clients that one of these vouches for. */
  SSLContext serverContext(List<X509Certificate> clientAuthorities) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManager[] trust =
          clientAuthorities.isEmpty()
              ? new TrustManager[0]
              : CertifiedKey.trusting(clientAuthorities);
      context.init(own.keyManagers(), trust, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime cannot serve TLS", e);
    }
  }

  private static SSLContext trusting(X509Certificate certificate) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, CertifiedKey.trusting(List.of(certificate)), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime cannot trust a certificate", e);
    }
  }
}
