package dev.bobbin.xmpp.bob.spi;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;

/**
 * What an item takes of the heap at most while it is kept there, for a store or cache that is
 * bounded by it: many senders of tiny items, or long names, must not take several times the bound.
 *
 * <p>An item counts as the bytes of its data, four for each character of its content-id, media type
 * and JIDs, 256 for each JID, and 576 for the objects around them, places in four tables or trees
 * included. That is no less than it takes as long as references are compressed (heaps below 32
 * GiB), and up to twice as much.
 */
public final class HeapSize {
  /** Objects that an item is made of, and some 160 bytes for its places. */
  private static final int ITEM = 576;

  /** Five objects, of which four are texts. */
  private static final int JID = 256;

  /** Most texts are held twice, and one character beyond Latin-1 makes two bytes of each. */
  private static final int CHARACTER = 4;

  private HeapSize() {}

  /**
   * What an item counts as.
   *
   * @param item the item
   * @return a number of bytes, more than its data has
   */
  public static long of(StoredBob item) {
    long characters = item.key().cid().value().length() + (long) item.bob().type().length();
    long jids = item.origin() == null ? 0 : of(item.origin());
    if (item.key().shelf() instanceof Shelf.From from) {
      jids += of(from.sender());
    }
    return ITEM + CHARACTER * characters + jids + item.bob().data().size();
  }

  /**
   * What a JID counts as, within an item or beside it, as the key of a table of senders.
   *
   * @param jid the JID
   * @return a number of bytes
   */
  public static long of(Jid jid) {
    return JID + (long) CHARACTER * jid.toString().length();
  }
}
