package dev.bobbin.xmpp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.security.AlgorithmParameters;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5929 section 4.1, on certificates of which all but the signature's algorithm is nonsense. */
class CertificateHashTest {
  /** A certificate whose signature names this algorithm, given as the DER of its identifier. */
  private static X509Certificate signedWith(String algorithm) throws Exception {
    String name =
        sequence(
            "310f300d06035504030c06" + HexFormat.of().formatHex("juliet".getBytes("US-ASCII")));
    String key =
        sequence(
            sequence("06072a8648ce3d0201" + "06082a8648ce3d030107")
                + "03420004"
                // The generator of P-256.
                + "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");
    String validity = sequence("170d" + ascii("260101000000Z") + "170d" + ascii("360101000000Z"));
    String body = sequence("a003020102" + "020101" + algorithm + name + validity + name + key);
    String whole = sequence(body + algorithm + "03020000");
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(HexFormat.of().parseHex(whole)));
  }

  private static String ascii(String text) throws Exception {
    return HexFormat.of().formatHex(text.getBytes("US-ASCII"));
  }

  private static String sequence(String content) {
    int length = content.length() / 2;
    String size = length < 128 ? "%02x".formatted(length) : "82%04x".formatted(length);
    return "30" + size + content;
  }

  @ParameterizedTest
  @CsvSource({
    // MD5 and SHA-1 with RSA, SHA-1 with ECDSA: replaced.
    "06092a864886f70d0101040500, SHA-256",
    "06092a864886f70d0101050500, SHA-256",
    "06072a8648ce3d0401, SHA-256",
    // SHA-256, -384, -512 and -224 with ECDSA, SHA-512 with RSA: their own.
    "06082a8648ce3d040302, SHA-256",
    "06082a8648ce3d040303, SHA-384",
    "06082a8648ce3d040304, SHA-512",
    "06082a8648ce3d040301, SHA-224",
    "06092a864886f70d01010d0500, SHA-512",
    // SHA-512/256 with RSA.
    "06092a864886f70d0101100500, SHA-512/256"
  })
  void of_signature_isItsHash(String algorithm, String hash) throws Exception {
    X509Certificate certificate = signedWith(sequence(algorithm));

    assertThat(CertificateHash.of(certificate))
        .hasValue(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
  }

  @ParameterizedTest
  @CsvSource({"SHA-1, SHA-256", "SHA-256, SHA-256", "SHA-384, SHA-384"})
  void of_pss_isTheHashOfItsParameters(String named, String hash) throws Exception {
    AlgorithmParameters pss = AlgorithmParameters.getInstance("RSASSA-PSS");
    pss.init(new PSSParameterSpec(named, "MGF1", new MGF1ParameterSpec(named), 32, 1));
    String parameters = HexFormat.of().formatHex(pss.getEncoded());
    X509Certificate certificate = signedWith(sequence("06092a864886f70d01010a" + parameters));

    assertThat(CertificateHash.of(certificate))
        .hasValue(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
  }

  @Test
  void of_signatureWithoutAHash_isUndefined() throws Exception {
    assertThat(CertificateHash.of(signedWith(sequence("06032b6570")))).isEmpty();
  }
}
