package dev.bobbin.xmpp.core.internal.sasl;

import org.jspecify.annotations.Nullable;

/** An authentication cannot go on: the server's part is not acceptable, or ours is missing. */
public final class SaslException extends Exception {
  private static final long serialVersionUID = 1L;

  SaslException(String message) {
    this(message, null);
  }

  SaslException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Tells where something unexpected happened, and not what it said: that may be a secret. */
  static SaslException unexpected(RuntimeException thrown) {
    SaslException told =
        new SaslException("the client failed unexpectedly with " + thrown.getClass().getName());
    told.setStackTrace(thrown.getStackTrace());
    return told;
  }
}
