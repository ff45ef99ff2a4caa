package dev.bobbin.store.memory;

import dev.bobbin.xmpp.bob.StoredBob;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * An item in its place.
 *
 * @param number its place in the order of listing; stays when the item is replaced
 * @param item the item
 * @param bytes what it counts as, by {@link dev.bobbin.xmpp.bob.spi.HeapSize}
 */
record Entry(long number, StoredBob item, long bytes) {
  /** Soonest to expire first; of use only among entries that expire. */
  static final Comparator<Entry> BY_EXPIRY =
      Comparator.comparing(Entry::expiry).thenComparingLong(Entry::number);

  private Instant expiry() {
    return Objects.requireNonNull(item.expiresAt());
  }
}
