package dev.bobbin.xmpp.core.internal.sasl;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * {@code tls-server-end-point} (<a href="https://www.rfc-editor.org/rfc/rfc5929#section-4.1">RFC
 * 5929 section 4.1</a>): the server's certificate, hashed as its signature is, and by SHA-256 where
 * that is MD5 or SHA-1. Where the signature has no single hash function the RFC leaves it
 * undefined, and there is none here: EdDSA, and RSASSA-PSS with two different ones.
 */
final class ServerEndPoint {
  private static final Pattern SIGNATURE =
      Pattern.compile("(MD2|MD5|SHA-?1|SHA3-\\d{3}|SHA-?\\d{3}(?:/\\d{3})?)(?:with.+)?");

  private ServerEndPoint() {}

  static byte @Nullable [] data(SSLSession session) {
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate certificate
          ? hash(certificate)
          : null;
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }

  /** Null where it is undefined, or this JDK lacks the hash. */
  static byte @Nullable [] hash(X509Certificate certificate) {
    try {
      String algorithm =
          digest(
              certificate.getSigAlgName().equals("RSASSA-PSS")
                  ? pssDigest(certificate.getSigAlgParams())
                  : certificate.getSigAlgName());
      return algorithm == null
          ? null
          : MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
    } catch (GeneralSecurityException | IOException e) {
      return null;
    }
  }

  /** The hash to use for a signature algorithm by the JDK's name; null where it is undefined. */
  static @Nullable String digest(@Nullable String signature) {
    Matcher hash = SIGNATURE.matcher(signature == null ? "" : signature);
    if (!hash.matches()) {
      return null;
    }
    String name = hash.group(1);
    return switch (name) {
      case "MD2", "MD5", "SHA1", "SHA-1" -> "SHA-256";
      default ->
          name.startsWith("SHA3") || name.startsWith("SHA-") ? name : "SHA-" + name.substring(3);
    };
  }

  private static @Nullable String pssDigest(byte @Nullable [] der)
      throws GeneralSecurityException, IOException {
    if (der == null) {
      return null;
    }
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
    parameters.init(der);
    PSSParameterSpec pss = parameters.getParameterSpec(PSSParameterSpec.class);
    return pss.getMGFParameters() instanceof MGF1ParameterSpec mask
            && mask.getDigestAlgorithm().equals(pss.getDigestAlgorithm())
        ? pss.getDigestAlgorithm()
        : null;
  }
}
