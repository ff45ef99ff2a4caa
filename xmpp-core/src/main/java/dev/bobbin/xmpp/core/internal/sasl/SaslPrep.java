package dev.bobbin.xmpp.core.internal.sasl;

import com.ongres.saslprep.SASLprep;

/**
 * SASLprep (<a href="https://www.rfc-editor.org/rfc/rfc4013">RFC 4013</a>) as <a
 * href="https://www.rfc-editor.org/rfc/rfc5802#section-5.1">RFC 5802</a> wants it: a password is a
 * stored string, so that code points that Unicode 3.2 does not assign are refused in it; a user
 * name is a query, and may hold them.
 */
final class SaslPrep {
  private SaslPrep() {}

  /** Prepares a password into a new array. Printable ASCII never reaches the library's strings. */
  static char[] password(char[] raw) throws SaslException {
    try {
      char[] prepared = isPrintableAscii(raw) ? raw.clone() : new SASLprep().prepareStored(raw);
      if (prepared.length > 0) {
        return prepared;
      }
    } catch (RuntimeException e) {
      // Of any class when nothing is left. Not the cause: its message may quote the password.
    }
    throw new SaslException(
        "the password is empty, or holds a character that SASLprep (RFC 4013) forbids");
  }

  static String userName(String name) throws SaslException {
    try {
      return new SASLprep().prepareQuery(name);
    } catch (RuntimeException e) {
      throw new SaslException("the user name holds a character that SASLprep (RFC 4013) forbids");
    }
  }

  private static boolean isPrintableAscii(char[] text) {
    for (char c : text) {
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }
}
