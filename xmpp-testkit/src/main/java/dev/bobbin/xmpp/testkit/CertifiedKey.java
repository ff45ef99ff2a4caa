package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.XmppException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key with a self-signed certificate.
 *
 * @param key the key
 * @param certificate its certificate, which is its own trust anchor
 */
record CertifiedKey(PrivateKey key, X509Certificate certificate) {
  private static final String STORE_TYPE = "PKCS12";

  /** Works in a folder of its own in that one, and leaves nothing there. */
  static CertifiedKey create(Keytool.Subject subject, Path temporary) {
    try {
      Path folder = Files.createTempDirectory(temporary, "bobbin-loopback-");
      Path file = folder.resolve("keys.p12");
      Path log = folder.resolve("keytool.log");
      try {
        String password = RandomText.hex(16);
        new Keytool().generate(file, log, password, subject);
        return read(file, password.toCharArray());
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(log);
        Files.deleteIfExists(folder);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new XmppException("Cannot make a certificate for '" + subject.name() + "': " + e, e);
    }
  }

  private static CertifiedKey read(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance(STORE_TYPE);
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, password);
    }
    return new CertifiedKey(
        (PrivateKey) keys.getKey(Keytool.ALIAS, password),
        (X509Certificate) keys.getCertificate(Keytool.ALIAS));
  }

  KeyStore store(char[] password) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance(STORE_TYPE);
    keys.load(null, null);
    keys.setKeyEntry(Keytool.ALIAS, key, password, new Certificate[] {certificate});
    return keys;
  }

  /** What shows the certificate in a handshake. */
  KeyManager[] keyManagers() throws IOException, GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    char[] password = RandomText.hex(16).toCharArray();
    factory.init(store(password), password);
    return factory.getKeyManagers();
  }

  /** What trusts these certificates, and what they have signed, and nothing else. */
  static TrustManager[] trusting(List<X509Certificate> anchors)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(STORE_TYPE);
    store.load(null, null);
    for (X509Certificate anchor : anchors) {
      store.setCertificateEntry("anchor-" + store.size(), anchor);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
