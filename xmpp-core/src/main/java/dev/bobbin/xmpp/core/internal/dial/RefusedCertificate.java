package dev.bobbin.xmpp.core.internal.dial;

import dev.bobbin.xmpp.api.Quoted;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import org.jspecify.annotations.Nullable;

/** Why a server's certificate is not accepted, in words for whoever wants to connect. */
final class RefusedCertificate extends CertificateException {
  private static final long serialVersionUID = 1L;
  private static final int MOST_CAUSES = 10;
  private static final int MOST_CHARS = 200;

  RefusedCertificate(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Tells apart what a trust manager found wrong.
   *
   * @param refusal what it threw
   * @param ifUntrusted what helps against a missing anchor, and against nothing else
   */
  static RefusedCertificate because(CertificateException refusal, String ifUntrusted) {
    if (refusal instanceof RefusedCertificate known) {
      return known;
    }
    Throwable cause = refusal;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      if (cause instanceof CertificateExpiredException) {
        return new RefusedCertificate(
            "it has expired, or one that it depends on has: " + text(cause), refusal);
      }
      if (cause instanceof CertificateNotYetValidException) {
        return new RefusedCertificate(
            "it is not valid yet, or one that it depends on is not: "
                + text(cause)
                + ". See that this machine's clock is right",
            refusal);
      }
      cause = cause.getCause();
    }
    return new RefusedCertificate("it is not trusted: " + text(refusal) + ifUntrusted, refusal);
  }

  /** The JDK quotes names of the certificate. */
  private static String text(Throwable cause) {
    return Quoted.cut(String.valueOf(cause.getMessage()), MOST_CHARS);
  }
}
