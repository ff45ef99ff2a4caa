package dev.bobbin.store.memory;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The entries in the four orders that the store needs, and what they count as. Not safe for use by
 * several threads.
 */
final class Entries {
  private final Map<BobKey, Entry> hosted = new HashMap<>();

  /** In the order of use, the least recently used first. */
  private final LinkedHashMap<BobKey, Entry> received = new LinkedHashMap<>(16, 0.75f, true);

  private final TreeMap<Long, BobKey> byNumber = new TreeMap<>();
  private final TreeSet<Entry> expiring = new TreeSet<>(Entry.BY_EXPIRY);
  private long hostedBytes;
  private long receivedBytes;
  private long lastNumber;

  /** Counts as a use, unless the item is hosted. */
  @Nullable Entry get(BobKey key) {
    return beside(key).get(key);
  }

  private Map<BobKey, Entry> beside(BobKey key) {
    return key.shelf() instanceof Shelf.Hosted ? hosted : received;
  }

  void add(long number, StoredBob item) {
    Entry entry = new Entry(number, item);
    beside(item.key()).put(item.key(), entry);
    if (entry.isHosted()) {
      hostedBytes += entry.bytes();
    } else {
      receivedBytes += entry.bytes();
    }
    byNumber.put(number, item.key());
    if (item.expiresAt() != null) {
      expiring.add(entry);
    }
  }

  /** Gives what was removed, if there was something. */
  @Nullable Entry remove(BobKey key) {
    Entry entry = beside(key).remove(key);
    if (entry == null) {
      return null;
    }
    if (entry.isHosted()) {
      hostedBytes -= entry.bytes();
    } else {
      receivedBytes -= entry.bytes();
    }
    byNumber.remove(entry.number());
    if (entry.item().expiresAt() != null) {
      expiring.remove(entry);
    }
    return entry;
  }

  /** Each entry is dropped once, so that this costs next to nothing a call. */
  void dropExpired(Instant now) {
    while (!expiring.isEmpty() && expiring.first().item().isExpiredAt(now)) {
      remove(expiring.first().item().key());
    }
  }

  /** Removes the received entry that was not used for the longest time. */
  void evict() {
    Iterator<BobKey> leastRecentFirst = received.keySet().iterator();
    remove(leastRecentFirst.next());
  }

  /**
   * Keys with numbers above the given one, in their order, and the cursor of the page after them.
   * Does not count as a use: whoever lists all keys must not decide what is evicted next.
   */
  Page<BobKey> after(long number, int limit) {
    List<BobKey> keys = new ArrayList<>();
    long last = number;
    for (Map.Entry<Long, BobKey> each : byNumber.tailMap(number, false).entrySet()) {
      if (keys.size() == limit) {
        return new Page<>(keys, Long.toString(last));
      }
      keys.add(each.getValue());
      last = each.getKey();
    }
    return new Page<>(keys, null);
  }

  long nextNumber() {
    return ++lastNumber;
  }

  long lastNumber() {
    return lastNumber;
  }

  long bytes() {
    return hostedBytes + receivedBytes;
  }

  long hostedBytes() {
    return hostedBytes;
  }

  int count() {
    return hosted.size() + received.size();
  }

  int hostedCount() {
    return hosted.size();
  }
}
