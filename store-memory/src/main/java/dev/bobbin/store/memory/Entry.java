package dev.bobbin.store.memory;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An item in its place.
 *
 * @param number its place in the order of listing; stays when the item is replaced
 * @param item the item
 * @param bytes what it counts as
 */
record Entry(long number, StoredBob item, long bytes) {
  /** Two hash tables, two trees, the item, its key and its data: some 450 bytes, rounded up. */
  static final int OVERHEAD_BYTES = 512;

  /** Soonest to expire first; of use only among entries that expire. */
  static final Comparator<Entry> BY_EXPIRY =
      Comparator.comparing(Entry::expiry).thenComparingLong(Entry::number);

  Entry(long number, StoredBob item) {
    this(number, item, count(item));
  }

  boolean isHosted() {
    return item.key().shelf() instanceof Shelf.Hosted;
  }

  private Instant expiry() {
    return Objects.requireNonNull(item.expiresAt());
  }

  static long count(StoredBob item) {
    long characters = item.bob().cid().value().length() + (long) item.bob().type().length();
    characters += length(item.origin());
    if (item.key().shelf() instanceof Shelf.From from) {
      characters += length(from.sender());
    }
    return OVERHEAD_BYTES + 2 * characters + item.bob().data().size();
  }

  private static long length(@Nullable Jid jid) {
    return jid == null ? 0 : jid.toString().length();
  }
}
