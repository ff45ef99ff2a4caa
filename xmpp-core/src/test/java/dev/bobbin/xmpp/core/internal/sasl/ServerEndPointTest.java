package dev.bobbin.xmpp.core.internal.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates and their hashes as openssl made them. */
class ServerEndPointTest {
  private static X509Certificate certificate(String file) throws Exception {
    try (InputStream pem = ServerEndPointTest.class.getResourceAsStream(file + ".pem")) {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(Objects.requireNonNull(pem, file));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ecdsa-sha256, aa257f4e73327f12127d34cb7d28f9f068ff9d4c505e7d222c190bae0668bad7",
    "ecdsa-sha384,"
        + " 2082055504ec69606a7746915d593073d681895a1356a5eb8b3bb422895ff4ba"
        + "5041fb4647e10b210bc3f72844fbad36",
    "rsa-sha512,"
        + " 7695623f4635c4cc19058ada72082ad4277c7f56f3604c35b705a76e5a7b7348"
        + "040433a4735dd53664f713bbfa918016f94a98266bb3c6cfcf5280f78f5108fb",
    // Weak ones count as SHA-256.
    "rsa-sha1, a9fc22d0608c6206c70a6dfc65d4e5d130dc0659d0bfc76504301d6cee2e56a9",
    "rsa-md5, 9387b9a0a6e5d223f02bf9572d8271e67fc0d43fdfa6ec72612f605810f1e921",
    "pss-sha384,"
        + " 84b5fae16dbcccde30aa7ba49b91bb4b46166d6f76e3d82d95abca91340da5fc"
        + "41fca12239f0f7ddddab760115eb3439",
  })
  void hash_signatureWithOneHash_isByThat(String file, String expected) throws Exception {
    assertThat(ServerEndPoint.hash(certificate(file))).isEqualTo(HexFormat.of().parseHex(expected));
  }

  @ParameterizedTest
  @CsvSource({"ed25519", "pss-mixed"})
  void hash_signatureWithoutOneHash_isUndefined(String file) throws Exception {
    assertThat(ServerEndPoint.hash(certificate(file))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "SHA256withRSA, SHA-256",
    "SHA224withECDSA, SHA-224",
    "SHA512/256withRSA, SHA-512/256",
    "SHA3-384withRSA, SHA3-384",
    "SHA-512, SHA-512",
    "SHA1withDSA, SHA-256",
    "MD2withRSA, SHA-256",
    "Ed448, ",
    "RSASSA-PSS, ",
    "1.2.840.113549.1.1.99, ",
    "HSS/LMS, ",
    "ML-DSA-65, ",
  })
  void digest_nameOfTheJdk_isThatOfItsHash(String signature, String expected) {
    assertThat(ServerEndPoint.digest(signature)).isEqualTo(expected);
  }
}
