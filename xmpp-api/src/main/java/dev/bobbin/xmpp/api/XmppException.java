package dev.bobbin.xmpp.api;

import org.jspecify.annotations.Nullable;

/** The root of what Bobbin throws: unchecked, with a message that says what to do. */
public class XmppException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what happened, with which value, and what to do
   */
  public XmppException(String message) {
    super(message);
  }

  /**
   * Makes an exception with its cause.
   *
   * @param message what happened, with which value, and what to do
   * @param cause what led to it, or null
   */
  public XmppException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
