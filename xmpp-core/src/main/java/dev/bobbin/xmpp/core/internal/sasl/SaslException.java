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
}
