package dev.bobbin.xmpp.caps;

/** An answer that must not be hashed. The message quotes nothing of it. */
final class IllFormedInfoException extends Exception {
  private static final long serialVersionUID = 1;

  IllFormedInfoException(String message) {
    super(message);
  }
}
