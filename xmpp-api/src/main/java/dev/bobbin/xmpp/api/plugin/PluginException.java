package dev.bobbin.xmpp.api.plugin;

import dev.bobbin.xmpp.api.XmppException;
import org.jspecify.annotations.Nullable;

/** A plugin cannot be found, turned on or turned off; the message names it and says what to do. */
public final class PluginException extends XmppException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what happened and what to do
   */
  public PluginException(String message) {
    super(message);
  }

  /**
   * Makes the exception with its cause.
   *
   * @param message what happened and what to do
   * @param cause what led to it, or null
   */
  public PluginException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
