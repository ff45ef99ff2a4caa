package dev.bobbin.xmpp.testkit;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSession;

/**
 * The hash of a server's certificate: {@code tls-server-end-point} of <a
 * href="https://www.rfc-editor.org/rfc/rfc5929#section-4.1">RFC 5929 section 4.1</a>.
 */
final class CertificateHash {
  /** Such as SHA256withECDSA; the JDK writes SHA512/256 with a slash. */
  private static final Pattern WITH_HASH =
      Pattern.compile("(MD5|SHA3-\\d+|SHA\\d+(?:/\\d+)?)with.+", Pattern.CASE_INSENSITIVE);

  private CertificateHash() {}

  /** Of the certificate that this end has shown. */
  static Optional<byte[]> ofLocal(SSLSession session) {
    Certificate[] shown = session.getLocalCertificates();
    return shown != null && shown[0] instanceof X509Certificate own ? of(own) : Optional.empty();
  }

  /** Empty for a signature without a hash of its own, such as Ed25519: it is not defined for it. */
  static Optional<byte[]> of(X509Certificate certificate) {
    try {
      Optional<String> algorithm = algorithm(certificate);
      if (algorithm.isEmpty()) {
        return Optional.empty();
      }
      MessageDigest digest = MessageDigest.getInstance(algorithm.get());
      return Optional.of(digest.digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "No hash for a certificate signed with " + certificate.getSigAlgName(), e);
    }
  }

  private static Optional<String> algorithm(X509Certificate certificate)
      throws GeneralSecurityException {
    String signature = certificate.getSigAlgName();
    if (signature.equals("RSASSA-PSS")) {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
      try {
        parameters.init(certificate.getSigAlgParams());
      } catch (IOException e) {
        throw new GeneralSecurityException("The parameters of RSASSA-PSS cannot be read", e);
      }
      String hash = parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
      return Optional.of(atLeastSha256(hash));
    }
    Matcher named = WITH_HASH.matcher(signature);
    return named.matches() ? Optional.of(atLeastSha256(named.group(1))) : Optional.empty();
  }

  /** MD5 and SHA-1 are replaced, by the letter of the RFC. */
  private static String atLeastSha256(String hash) {
    String upper = hash.toUpperCase(Locale.ROOT);
    return switch (upper) {
      case "MD5", "SHA1", "SHA-1" -> "SHA-256";
      default -> upper.replaceFirst("^SHA(?=[0-9]{3})", "SHA-");
    };
  }
}
