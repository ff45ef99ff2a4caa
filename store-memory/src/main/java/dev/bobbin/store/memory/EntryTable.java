package dev.bobbin.store.memory;

import dev.bobbin.xmpp.bob.BobKey;
import java.time.Instant;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Entries by key, what they count as, and which expires next. Not safe for several threads. */
final class EntryTable {
  private final Map<BobKey, Entry> byKey;
  private final TreeSet<Entry> expiring = new TreeSet<>(Entry.BY_EXPIRY);
  private long bytes;

  /**
   * Makes a table.
   *
   * @param byKey empty; its order is that of {@link #first()}
   */
  EntryTable(Map<BobKey, Entry> byKey) {
    this.byKey = byKey;
  }

  @Nullable Entry get(BobKey key) {
    return byKey.get(key);
  }

  Entry first() {
    return byKey.values().iterator().next();
  }

  /** Gives the one that has expired first, if any has. */
  @Nullable Entry expired(Instant now) {
    return !expiring.isEmpty() && expiring.first().item().isExpiredAt(now)
        ? expiring.first()
        : null;
  }

  void add(Entry entry) {
    byKey.put(entry.item().key(), entry);
    bytes += entry.bytes();
    if (entry.item().expiresAt() != null) {
      expiring.add(entry);
    }
  }

  void remove(Entry entry) {
    byKey.remove(entry.item().key());
    bytes -= entry.bytes();
    if (entry.item().expiresAt() != null) {
      expiring.remove(entry);
    }
  }

  long bytes() {
    return bytes;
  }

  int size() {
    return byKey.size();
  }
}
