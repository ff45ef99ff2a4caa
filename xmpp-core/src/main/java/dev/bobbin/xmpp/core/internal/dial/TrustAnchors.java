package dev.bobbin.xmpp.core.internal.dial;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Certificates of those to trust, from a file. */
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
}
