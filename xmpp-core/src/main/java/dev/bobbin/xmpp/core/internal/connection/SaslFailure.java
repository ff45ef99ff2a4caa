package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.xml.XmlElement;

/**
 * What a server's {@code <failure/>} means (<a
 * href="https://www.rfc-editor.org/rfc/rfc6120#section-6.5">RFC 6120 section 6.5</a>).
 */
final class SaslFailure {
  private SaslFailure() {}

  /** Makes the error to report; the advice is for when it is our proof that was not taken. */
  static ConnectionException of(XmlElement failure, Jid account, String credentialsAdvice) {
    String condition =
        failure.children().stream()
            .filter(
                child ->
                    child.namespace().equals(SaslElements.SASL) && !child.name().equals("text"))
            .findFirst()
            .map(Remote::name)
            .orElse("no condition");
    String text =
        failure
            .child("text", SaslElements.SASL)
            .map(XmlElement::text)
            .filter(said -> !said.isEmpty())
            .map(said -> " ('" + Remote.text(said) + "')")
            .orElse("");
    String advice = advice(condition, credentialsAdvice);
    return new ConnectionException(
        reason(condition),
        "The server refused to log in "
            + account
            + ": "
            + condition
            + text
            + (advice.isEmpty() ? "" : ". " + advice)
            + " (docs/errors.md#login-refused)",
        null);
  }

  private static Reason reason(String condition) {
    return switch (condition) {
      case "not-authorized" -> Reason.WRONG_CREDENTIALS;
      case "account-disabled" -> Reason.ACCOUNT_DISABLED;
      case "credentials-expired" -> Reason.CREDENTIALS_EXPIRED;
      case "temporary-auth-failure" -> Reason.TEMPORARY_AUTH_FAILURE;
      default -> Reason.AUTHENTICATION;
    };
  }

  private static String advice(String condition, String credentialsAdvice) {
    return switch (condition) {
      case "not-authorized" -> credentialsAdvice;
      case "credentials-expired" -> "Set a new password at the server";
      case "temporary-auth-failure" -> "Try again later";
      case "encryption-required" -> "TLS is on: the server has to be mended";
      case "mechanism-too-weak" -> "Name a stronger one by mechanisms(...), or none";
      case "invalid-authzid" -> "See that the certificate is for this account";
      default -> "";
    };
  }
}
