package dev.bobbin.xmpp.bob.spi;

import java.io.IOException;

/**
 * A store does not take an item as it is, and will not the next time either: it is too large, or
 * its content-id carries the hash of other data. What the store held before is untouched. Where
 * only room is missing, it is a {@link StoreFullException}.
 */
public final class ItemRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message which bound or rule was met, and what to do
   */
  public ItemRefusedException(String message) {
    super(message);
  }
}
