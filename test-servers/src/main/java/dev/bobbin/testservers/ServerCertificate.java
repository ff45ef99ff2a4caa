package dev.bobbin.testservers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * A certificate and its key as PEM files.
 *
 * @param certificate the certificate, and after it those of intermediate authorities
 * @param key its private key (PKCS #8)
 */
record ServerCertificate(Path certificate, Path key) {
  /** The first certificate of a PEM file. */
  static X509Certificate read(Path pem) throws IOException {
    try (InputStream in = Files.newInputStream(pem)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (GeneralSecurityException e) {
      throw new IOException("Cannot read " + pem, e);
    }
  }

  /** Both as Java has them: one entry of a key store in memory. */
  KeyStore keyStore(char[] password) throws IOException {
    try (InputStream in = Files.newInputStream(certificate)) {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(in)
              .toArray(Certificate[]::new);
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry("client", privateKey(chain[0]), password, chain);
      return keys;
    } catch (GeneralSecurityException e) {
      throw new IOException("Cannot read " + certificate, e);
    }
  }

  private PrivateKey privateKey(Certificate of) throws IOException, GeneralSecurityException {
    String base64 = Files.readString(key).replaceAll("-----[^-]*-----", "");
    byte[] encoded = Base64.getMimeDecoder().decode(base64);
    return KeyFactory.getInstance(of.getPublicKey().getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }
}
