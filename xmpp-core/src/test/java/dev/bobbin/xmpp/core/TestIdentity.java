package dev.bobbin.xmpp.core;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * A self-signed certificate with its key. It is put together here, since keytool takes half a
 * second for each, and the JDK has no public way to make one.
 *
 * @param certificate the certificate
 * @param keys holds the key and the certificate, under {@link #PASSWORD}
 * @param context proves to be the one in the certificate, and trusts whom the JDK trusts
 */
public record TestIdentity(X509Certificate certificate, KeyStore keys, SSLContext context) {
  /** Of the keys. */
  public static final String PASSWORD = "only for a test";

  /** For example.org, and valid. */
  public static final TestIdentity EXAMPLE = of("example.org", "-1d");

  /**
   * Makes one that is valid for 30 days.
   *
   * @param host the host that it is for
   * @param start from when on, such as {@code -1d}
   * @return the identity
   */
  public static TestIdentity of(String host, String start) {
    return of(Integer.parseInt(start.replace("d", "")), Der.dnsName(host));
  }

  /**
   * Makes one that is valid for 30 days.
   *
   * @param startDay from when on, in days from now
   * @param names the names that it is for, in DER
   * @return the identity
   */
  public static TestIdentity of(int startDay, byte[]... names) {
    try {
      KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
      pairs.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = pairs.generateKeyPair();
      Instant start = Instant.now().plus(Duration.ofDays(startDay));
      byte[] algorithm = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
      byte[] name =
          Der.sequence(Der.of(0x31, Der.sequence(Der.oid("2.5.4.3"), Der.text(0x0C, "test"))));
      byte[] alternatives = Der.sequence(Der.oid("2.5.29.17"), Der.of(0x04, Der.sequence(names)));
      byte[] content =
          Der.sequence(
              Der.of(0xA0, Der.of(0x02, new byte[] {2})),
              Der.of(0x02, BigInteger.valueOf(System.nanoTime() & Long.MAX_VALUE).toByteArray()),
              algorithm,
              name,
              Der.sequence(Der.time(start), Der.time(start.plus(Duration.ofDays(30)))),
              name,
              pair.getPublic().getEncoded(),
              Der.of(0xA3, Der.sequence(names.length == 0 ? new byte[0] : alternatives)));
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(content);
      byte[] certificate =
          Der.sequence(content, algorithm, Der.of(0x03, new byte[] {0}, signature.sign()));
      X509Certificate read =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(certificate));
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry(
          "server", pair.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {read});
      return new TestIdentity(read, keys, context(keys, (TrustManager[]) null));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Proves to be the one in the certificate, and trusts one other. */
  public SSLContext contextThatTrusts(X509Certificate other) {
    try {
      KeyStore anchors = KeyStore.getInstance("PKCS12");
      anchors.load(null, null);
      anchors.setCertificateEntry("other", other);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(anchors);
      return context(keys, trust.getTrustManagers());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext context(KeyStore keys, TrustManager... trust)
      throws GeneralSecurityException {
    KeyManagerFactory proof =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    proof.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(proof.getKeyManagers(), trust, null);
    return context;
  }
}
