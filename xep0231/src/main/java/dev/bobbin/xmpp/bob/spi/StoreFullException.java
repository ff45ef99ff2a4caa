package dev.bobbin.xmpp.bob.spi;

import java.io.IOException;

/**
 * A store has no room for a hosted item, or for a received one beside the hosted ones; what it held
 * before is untouched. There may be room later: once something is deleted or expires, or the bound
 * is raised.
 */
public final class StoreFullException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message which bound was met, and how to raise it
   */
  public StoreFullException(String message) {
    super(message);
  }
}
