package dev.bobbin.xmpp.bob.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a listing.
 *
 * @param items what this part holds
 * @param next the cursor of the next part; null when this was the last
 * @param <T> what is listed
 */
public record Page<T>(List<T> items, @Nullable String next) {
  /**
   * Copies the items.
   *
   * @param items what this part holds
   * @param next the cursor of the next part; null when this was the last
   */
  public Page {
    items = List.copyOf(items);
  }
}
