package dev.bobbin.xmpp.core.internal.dial;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS that trusts given certificates and no others. */
public final class TrustAnchors {
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  private TrustAnchors() {}

  /**
   * Reads certificates.
   *
   * @param file certificates in PEM
   * @return the certificates, at least one
   * @throws IllegalArgumentException when the file cannot be read or holds no certificate
   */
  public static List<X509Certificate> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] pem = in.readNBytes(MOST_BYTES + 1);
      if (pem.length > MOST_BYTES) {
        // Cut, it would hold fewer anchors than its owner put there.
        throw new IllegalArgumentException(
            "'" + file + "' is larger than 4 MiB, which no list of anchors needs");
      }
      List<X509Certificate> anchors = new ArrayList<>();
      for (Certificate found :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))) {
        anchors.add((X509Certificate) found);
      }
      if (anchors.isEmpty()) {
        throw new IllegalArgumentException("'" + file + "' holds no certificate in PEM");
      }
      return anchors;
    } catch (IOException | CertificateException e) {
      throw new IllegalArgumentException("Cannot read certificates from '" + file + "': " + e, e);
    }
  }

  /**
   * Makes a TLS context.
   *
   * @param anchors whom to trust, at least one
   * @return a context that trusts what these certificates sign, and themselves
   */
  public static SSLContext context(List<X509Certificate> anchors) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (int i = 0; i < anchors.size(); i++) {
        store.setCertificateEntry("anchor-" + i, anchors.get(i));
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, dated(trust.getTrustManagers()), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("This JDK cannot make a TLS context", e);
    }
  }

  private static TrustManager[] dated(TrustManager[] managers) {
    return Arrays.stream(managers)
        .map(
            manager ->
                manager instanceof X509ExtendedTrustManager jdk ? new DatedTrust(jdk) : manager)
        .toArray(TrustManager[]::new);
  }
}
