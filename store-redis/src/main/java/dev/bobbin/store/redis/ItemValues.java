package dev.bobbin.store.redis;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.ItemRefusedException;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which items may be put and until when, and what a value that was found means: by the bounds and
 * the clock of a store.
 *
 * <p>Redis is told when an item expires, rounded up to its milliseconds, and removes it by its own
 * clock. An item that has expired by ours, and is still there, counts as absent; it is left to
 * Redis, whose clock may be the right one.
 *
 * <p>A received item that never expires is told to expire in the year 9999: so the policies {@code
 * volatile-...} of a full Redis may push out all that was received, and nothing that is hosted for
 * ever.
 *
 * <p>Safe for use by several threads.
 */
final class ItemValues {
  private static final long END_OF_9999 = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

  private final InstantSource clock;
  private final int maxItemBytes;
  private final ItemFormat format;

  ItemValues(StoreContext context) {
    clock = context.clock();
    maxItemBytes = context.maxItemBytes();
    format = new ItemFormat(maxItemBytes);
  }

  /** Up to which byte a value is read, that one included, of which no item has so many. */
  int most() {
    return format.maxValueBytes();
  }

  boolean hasExpired(StoredBob item) {
    return item.isExpiredAt(clock.instant());
  }

  /** When Redis is to remove an item, in milliseconds since 1970; 0 for never. */
  static long expiryMillis(StoredBob item) {
    Instant expiresAt = item.expiresAt();
    if (expiresAt == null || expiresAt.getEpochSecond() >= END_OF_9999 / 1000) {
      return item.key().shelf() instanceof Shelf.Hosted ? 0 : END_OF_9999;
    }
    return Math.max(1, expiresAt.plusNanos(999_999).toEpochMilli());
  }

  /** Why reading would take an item for damaged, if it would. */
  Optional<ItemRefusedException> refusal(StoredBob item) {
    return ItemRefusedException.of(item, maxItemBytes);
  }

  /** What a value means that was found under the name of a key. */
  Seen seen(byte @Nullable [] value, BobKey key) {
    if (value == null || value.length == 0) { // As a range of what is not there is.
      return new Seen(new byte[0], Optional.empty(), null);
    }
    try {
      StoredBob item = format.decode(value, key);
      return new Seen(value, Optional.of(item).filter(found -> !hasExpired(found)), null);
    } catch (DamagedValueException e) {
      return new Seen(value, Optional.empty(), e);
    }
  }

  /** What somebody else has put there as a list, say. */
  Seen ofAnotherType() {
    String reason = "it is no string, but of another type of Redis";
    return new Seen(new byte[0], Optional.empty(), new DamagedValueException(reason));
  }
}
