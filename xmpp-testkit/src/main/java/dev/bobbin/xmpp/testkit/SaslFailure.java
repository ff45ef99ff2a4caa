package dev.bobbin.xmpp.testkit;

/** Why an authentication failed: a condition of RFC 6120 section 6.5. */
final class SaslFailure extends Exception {
  private static final long serialVersionUID = 1L;

  SaslFailure(String condition) {
    super(condition);
  }

  String toXml() {
    return "<failure xmlns='" + SaslNegotiation.NAMESPACE + "'><" + getMessage() + "/></failure>";
  }
}
