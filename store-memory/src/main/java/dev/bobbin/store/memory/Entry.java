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
  /**
   * What an entry takes at most beside data, names and JIDs: places in two hash tables and two
   * trees, some 160 bytes, and the objects that an item is made of.
   */
  static final int OVERHEAD_BYTES = 576;

  /** A JID is five objects, of which four are texts. */
  static final int JID_BYTES = 256;

  /** Most texts are held twice, and one character beyond Latin-1 makes two bytes of each. */
  static final int CHARACTER_BYTES = 4;

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
    long names = CHARACTER_BYTES * characters + count(item.origin());
    if (item.key().shelf() instanceof Shelf.From from) {
      names += count(from.sender());
    }
    return OVERHEAD_BYTES + names + item.bob().data().size();
  }

  private static long count(@Nullable Jid jid) {
    return jid == null ? 0 : JID_BYTES + (long) CHARACTER_BYTES * jid.toString().length();
  }
}
