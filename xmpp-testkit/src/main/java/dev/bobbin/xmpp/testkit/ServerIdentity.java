package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.api.jid.Jid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key with a self-signed certificate for one domain.
 *
 * @param domain what the certificate is for
 * @param certificate the certificate
 * @param serverContext proves to be the domain
 * @param clientContext trusts that certificate and no other
 */
record ServerIdentity(
    Jid domain, X509Certificate certificate, SSLContext serverContext, SSLContext clientContext) {
  private static final String ALIAS = "server";

  static ServerIdentity create(Jid domain) {
    return create(domain, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Works in a folder of its own in that one, and leaves nothing there. */
  static ServerIdentity create(Jid domain, Path temporary) {
    try {
      Path folder = Files.createTempDirectory(temporary, "bobbin-loopback-");
      Path file = folder.resolve("keys.p12");
      Path log = folder.resolve("keytool.log");
      try {
        String password = RandomText.hex(16);
        new Keytool().generate(file, log, ALIAS, password, domain.domain());
        return read(domain, file, password.toCharArray());
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(log);
        Files.deleteIfExists(folder);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new XmppException("Cannot make a certificate for '" + domain + "': " + e, e);
    }
  }

  private static ServerIdentity read(Jid domain, Path file, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, password);
    }
    X509Certificate certificate = (X509Certificate) keys.getCertificate(ALIAS);
    KeyManagerFactory proof =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    proof.init(keys, password);
    SSLContext server = SSLContext.getInstance("TLS");
    server.init(proof.getKeyManagers(), new TrustManager[0], null);

    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    anchors.setCertificateEntry(ALIAS, certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(anchors);
    SSLContext client = SSLContext.getInstance("TLS");
    client.init(null, trust.getTrustManagers(), null);
    return new ServerIdentity(domain, certificate, server, client);
  }
}
