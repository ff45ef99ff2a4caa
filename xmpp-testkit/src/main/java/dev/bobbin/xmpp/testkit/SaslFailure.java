package dev.bobbin.xmpp.testkit;

/**
 * Why an authentication failed: a condition of RFC 6120 section 6.5, and where SCRAM has a name of
 * its own for it (RFC 5802 section 7) that as its text.
 */
final class SaslFailure extends Exception {
  static final String INVALID_AUTHZID = "invalid-authzid";
  static final String MALFORMED_REQUEST = "malformed-request";
  static final String NOT_AUTHORIZED = "not-authorized";

  private static final long serialVersionUID = 1L;

  private final String condition;
  private final String text;

  SaslFailure(String condition) {
    this(condition, "");
  }

  SaslFailure(String condition, String text) {
    super(text.isEmpty() ? condition : condition + ": " + text);
    this.condition = condition;
    this.text = text;
  }

  static void unless(boolean fact, String condition) throws SaslFailure {
    unless(fact, condition, "");
  }

  static void unless(boolean fact, String condition, String text) throws SaslFailure {
    if (!fact) {
      throw new SaslFailure(condition, text);
    }
  }

  /** The texts are this package's own and need no escapes. */
  String toXml() {
    String said = text.isEmpty() ? "" : "<text xml:lang='en'>" + text + "</text>";
    return "<failure xmlns='"
        + SaslNegotiation.NAMESPACE
        + "'><"
        + condition
        + "/>"
        + said
        + "</failure>";
  }
}
