package dev.bobbin.xmpp.api.registry;

import dev.bobbin.xmpp.api.XmppException;

/** Nothing serves a call; the message names the method and what would have supplied it. */
public final class NoHandlerException extends XmppException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param method the method that was called
   * @param target what the call was about
   */
  public NoHandlerException(ApiMethod<?, ?> method, ApiTarget target) {
    super(
        "No handler for "
            + method
            + " ("
            + target
            + "). Its default comes with the plugin '"
            + method.plugin()
            + "': turn that on, or register a handler (docs/errors.md#no-handler)");
  }
}
