package dev.bobbin.xmpp.core.internal.dial;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.Quoted;
import java.io.IOException;
import java.security.Security;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * What is reported when TLS fails for another reason than the server's certificate. In TLS 1.2 a
 * server refuses the client's certificate within the handshake; in TLS 1.3 that is over for the
 * client by then, and the first read afterwards brings the alert (<a
 * href="https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2.4">RFC 8446 section 4.4.2.4</a>).
 */
public final class TlsFailure {
  private static final int MOST_CHARS = 200;
  private static final Pattern OF_OUR_CERTIFICATE =
      Pattern.compile("Received fatal alert: (?:\\w*certificate\\w*|unknown_ca|access_denied)");

  private TlsFailure() {}

  /**
   * Reports a handshake that failed, or broke off.
   *
   * @param domain the domain of the JID
   * @param failure what the JDK threw
   * @return an exception of {@link Reason#TLS}
   */
  public static ConnectionException inHandshake(String domain, IOException failure) {
    return failure("The TLS handshake", domain, failure);
  }

  /**
   * Reports that the server ended TLS with an alert, or broke its rules.
   *
   * @param domain the domain of the JID
   * @param failure what the JDK threw
   * @return an exception of {@link Reason#TLS}
   */
  public static ConnectionException afterHandshake(String domain, SSLException failure) {
    return failure("TLS", domain, failure);
  }

  private static ConnectionException failure(String what, String domain, IOException failure) {
    String said = Quoted.cut(String.valueOf(failure.getMessage()), MOST_CHARS);
    return new ConnectionException(
        Reason.TLS,
        what
            + " with the server of '"
            + domain
            + "' failed: "
            + said
            + advice(failure, said)
            + " (docs/errors.md#tls-handshake)",
        failure);
  }

  private static String advice(IOException failure, String said) {
    if (OF_OUR_CERTIFICATE.matcher(said).find()) {
      return ". The server wants a client certificate that it takes: give it one by"
          + " clientCertificate(...)";
    }
    if (said.startsWith("Unsupported or unrecognized SSL message")) {
      return ". The server speaks without TLS there: for a port that begins with STARTTLS use"
          + " host(...)";
    }
    // Who closes while we still write has read enough, and the JDK leaves its alert unread then.
    boolean unclear = !(failure instanceof SSLException) || said.endsWith("handshake_failure");
    return hint(Security.getAlgorithms("KeyFactory"))
        + (unclear
            ? ". The server may want a client certificate that it takes: see clientCertificate(...)"
            : "");
  }

  /** What may be missing; package-private for its test. */
  static String hint(Set<String> keyFactories) {
    return keyFactories.contains("EC")
        ? ""
        : ". This Java has no elliptic curves, which most servers use: add its module jdk.crypto.ec";
  }
}
