package dev.bobbin.store.jsonfile;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file that was looked at is no longer under its own name; the message says where it is. */
final class NotPutBackException extends IOException {
  private static final long serialVersionUID = 1L;

  NotPutBackException(String message, @Nullable Exception cause) {
    super(message, cause);
  }
}
