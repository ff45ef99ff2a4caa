package dev.bobbin.xmpp.core.internal.sasl;

/** The server's part of an authentication is not acceptable. */
public final class SaslException extends Exception {
  private static final long serialVersionUID = 1L;

  SaslException(String message) {
    super(message);
  }
}
