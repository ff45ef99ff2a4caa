package dev.bobbin.xmpp.bob.spi;

import dev.bobbin.xmpp.api.XmppException;
import org.jspecify.annotations.Nullable;

/** A store cannot be chosen or opened; the message lists what was found and says what to do. */
public final class StoreException extends XmppException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what happened and what to do
   * @param cause what led to it, or null
   */
  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
