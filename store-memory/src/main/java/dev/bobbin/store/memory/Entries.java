package dev.bobbin.store.memory;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.spi.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The entries in the orders that the store needs: of use, of expiry and of listing. What has
 * expired is never given out, and takes room until it is removed. Not safe for several threads.
 */
final class Entries {
  /** How many that have expired one sweep removes at most. */
  static final int MOST_SWEPT = 64;

  /** How many entries are looked at for a page at most. */
  static final int LARGEST_PAGE = 1_000;

  private final EntryTable hosted = new EntryTable(new HashMap<>());

  /** In the order of use, the least recently used first. */
  private final EntryTable received = new EntryTable(new LinkedHashMap<>(16, 0.75f, true));

  private final TreeMap<Long, Entry> byNumber = new TreeMap<>();
  private long lastNumber;
  private long evicted;

  /** Counts as a use, unless the item is hosted. */
  @Nullable Entry get(BobKey key, Instant now) {
    Entry entry = table(key).get(key);
    if (entry != null && entry.item().isExpiredAt(now)) {
      remove(entry);
      return null;
    }
    return entry;
  }

  private EntryTable table(BobKey key) {
    return key.shelf() instanceof Shelf.Hosted ? hosted : received;
  }

  void add(Entry entry) {
    table(entry.item().key()).add(entry);
    byNumber.put(entry.number(), entry);
  }

  void remove(Entry entry) {
    table(entry.item().key()).remove(entry);
    byNumber.remove(entry.number());
  }

  /** Removes some of what has expired, so that all of it goes within some calls. */
  void sweep(Instant now) {
    for (int i = 0; i < MOST_SWEPT; i++) {
      if (!dropExpired(hosted, now) && !dropExpired(received, now)) {
        return;
      }
    }
  }

  private boolean dropExpired(EntryTable table, Instant now) {
    Entry expired = table.expired(now);
    if (expired != null) {
      remove(expired);
    }
    return expired != null;
  }

  /** Removes a hosted entry that has expired, and tells whether there was one. */
  boolean dropExpiredHosted(Instant now) {
    return dropExpired(hosted, now);
  }

  /**
   * Removes one entry that has expired, or, where there is none, the received one that was not used
   * for the longest time.
   */
  void evict(Instant now) {
    if (!dropExpired(hosted, now) && !dropExpired(received, now)) {
      remove(received.first());
      evicted++;
    }
  }

  /**
   * Keys with numbers above the given one, in their order, and the cursor of the page after them.
   * Does not count as a use: whoever lists all keys must not decide what is evicted next.
   */
  Page<BobKey> after(long number, int limit, Instant now) {
    List<BobKey> keys = new ArrayList<>();
    long last = number;
    int more = Math.min(limit, LARGEST_PAGE);
    for (Entry each : byNumber.tailMap(number, false).values()) {
      if (more-- == 0) {
        return new Page<>(keys, Long.toString(last));
      }
      if (!each.item().isExpiredAt(now)) {
        keys.add(each.item().key());
      }
      last = each.number();
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
    return hosted.bytes() + received.bytes();
  }

  long hostedBytes() {
    return hosted.bytes();
  }

  /** How many received ones had to go that had not expired. */
  long evicted() {
    return evicted;
  }

  int count() {
    return hosted.size() + received.size();
  }

  int hostedCount() {
    return hosted.size();
  }
}
