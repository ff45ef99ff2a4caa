package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.HeapSize;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Received items for as long as the plugin is on, bounded in number and by what they count as.
 *
 * <p>Room is shared by senders. When more comes than fits, the sender whose items take the most
 * loses the one that was not used for the longest time: whoever sends much displaces its own, and
 * nobody loses anything to a sender that has more. What takes the most is counted in bytes where
 * there are too many bytes, and in items where there are too many items. A sender is a bare JID,
 * since resources cost nothing and the occupants of a room are one crowd. What an item counts as is
 * said by {@link HeapSize}, and a sender counts as well.
 *
 * <p>A verified item that one sender brought is not replaced by another's while it lives: the hash
 * says nothing of the media type and of {@code max-age}, which another could spoil. Here a sender
 * is the exact JID, as one occupant must not spoil what another brought.
 *
 * <p>Items whose life is over go when they are looked for, and a bounded number of others with each
 * call; {@link #sweep} is for when nobody calls.
 *
 * <p>One lock guards everything. Under it there are a few look-ups in tables and trees, so that
 * nothing here blocks for longer. What has expired is told of outside it.
 */
final class SessionCache {
  /** What a sender takes at most beside its JID: its own table, and places in three others. */
  static final int SHARE = 384;

  /** How many expired items one call removes at most. */
  static final int MOST_SWEPT = 64;

  /** What one sender has, the least recently used first. */
  private static final class Share {
    final Optional<Jid> sender;
    final long number;
    final LinkedHashMap<BobKey, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    /** What its items count as. */
    long bytes;

    long size;

    Share(Optional<Jid> sender, long number) {
      this.sender = sender;
      this.number = number;
    }

    /** What it counts as itself, while it has items. */
    static long count(Optional<Jid> sender) {
      return SHARE + sender.map(HeapSize::of).orElse(0L);
    }
  }

  /** An item and whose it is. Compared by identity: the number alone tells two from one another. */
  private static final class Entry {
    final StoredBob item;
    final Share share;
    final long number;

    Entry(StoredBob item, Share share, long number) {
      this.item = item;
      this.share = share;
      this.number = number;
    }

    Instant expiry() {
      Instant expiresAt = item.expiresAt();
      return expiresAt == null ? Instant.MAX : expiresAt;
    }
  }

  private final long maxBytes;
  private final int maxEntries;
  private final InstantSource clock;
  private final Consumer<BobKey> expired;
  private final Object lock = new Object();
  private final Map<BobKey, Entry> entries = new HashMap<>();
  private final Map<Optional<Jid>, Share> shares = new HashMap<>();
  private final TreeSet<Share> byBytes =
      new TreeSet<>(
          Comparator.comparingLong((Share share) -> -share.bytes)
              .thenComparingLong(share -> share.number));
  private final TreeSet<Share> bySize =
      new TreeSet<>(
          Comparator.comparingLong((Share share) -> -share.size)
              .thenComparingLong(share -> share.number));

  /** Those that expire, the next one first. */
  private final TreeSet<Entry> mortal =
      new TreeSet<>(
          Comparator.comparing(Entry::expiry).thenComparingLong((Entry entry) -> entry.number));

  private long bytes;
  private long lastNumber;

  /**
   * Makes a cache.
   *
   * @param maxBytes the bound of what all items count as
   * @param maxEntries the bound of their number
   * @param clock decides what has expired
   * @param expired is told of what has; never under the lock
   */
  SessionCache(long maxBytes, int maxEntries, InstantSource clock, Consumer<BobKey> expired) {
    this.maxBytes = maxBytes;
    this.maxEntries = maxEntries;
    this.clock = clock;
    this.expired = expired;
  }

  /** Tells whether the item may be kept: false when another sender's stands under its key. */
  boolean put(StoredBob item) {
    Instant now = clock.instant();
    List<BobKey> gone;
    boolean mayBeKept;
    synchronized (lock) {
      gone = removeExpired(item.key(), now);
      mayBeKept = putUnlessAnothers(item);
    }
    gone.forEach(expired);
    return mayBeKept;
  }

  private boolean putUnlessAnothers(StoredBob item) {
    Entry before = entries.get(item.key());
    if (before != null) {
      if (!Objects.equals(before.item.origin(), item.origin())) {
        return false;
      }
      remove(before);
    }
    Optional<Jid> sender = Optional.ofNullable(item.origin()).map(Jid::bare);
    if (Share.count(sender) + HeapSize.of(item) > maxBytes || maxEntries == 0) {
      return true;
    }
    Share share = shares.computeIfAbsent(sender, who -> new Share(who, ++lastNumber));
    add(new Entry(item, share, ++lastNumber));
    while (bytes > maxBytes) {
      remove(leastRecentlyUsed(byBytes.first()));
    }
    while (entries.size() > maxEntries) {
      remove(leastRecentlyUsed(bySize.first()));
    }
    return true;
  }

  private static Entry leastRecentlyUsed(Share share) {
    return share.entries.values().iterator().next();
  }

  Optional<StoredBob> get(BobKey key) {
    Instant now = clock.instant();
    List<BobKey> gone;
    Optional<StoredBob> found;
    synchronized (lock) {
      gone = removeExpired(key, now);
      Entry entry = entries.get(key);
      found = Optional.ofNullable(entry).map(present -> present.item);
      if (entry != null) {
        // This is what makes it recently used.
        entry.share.entries.get(key);
      }
    }
    gone.forEach(expired);
    return found;
  }

  boolean delete(BobKey key) {
    Instant now = clock.instant();
    List<BobKey> gone;
    boolean was;
    synchronized (lock) {
      gone = removeExpired(key, now);
      Entry entry = entries.get(key);
      was = entry != null;
      if (entry != null) {
        remove(entry);
      }
    }
    gone.forEach(expired);
    return was;
  }

  /** Removes a bounded number of items whose life is over. */
  void sweep() {
    List<BobKey> gone;
    synchronized (lock) {
      gone = removeExpired(clock.instant());
    }
    gone.forEach(expired);
  }

  /** When the next item expires; empty when none will. */
  Optional<Instant> nextExpiry() {
    synchronized (lock) {
      return mortal.isEmpty() ? Optional.empty() : Optional.of(mortal.first().expiry());
    }
  }

  void clear() {
    synchronized (lock) {
      entries.clear();
      shares.clear();
      byBytes.clear();
      bySize.clear();
      mortal.clear();
      bytes = 0;
    }
  }

  /** What all items count as. */
  long bytes() {
    synchronized (lock) {
      return bytes;
    }
  }

  private List<BobKey> removeExpired(Instant now) {
    List<BobKey> gone = new ArrayList<>();
    while (gone.size() < MOST_SWEPT && !mortal.isEmpty() && mortal.first().item.isExpiredAt(now)) {
      gone.add(mortal.first().item.key());
      remove(mortal.first());
    }
    return gone;
  }

  /** However many others have expired, the one that is wanted goes as well. */
  private List<BobKey> removeExpired(BobKey wanted, Instant now) {
    List<BobKey> gone = removeExpired(now);
    @Nullable Entry entry = entries.get(wanted);
    if (entry != null && entry.item.isExpiredAt(now)) {
      gone.add(wanted);
      remove(entry);
    }
    return gone;
  }

  private void add(Entry entry) {
    entries.put(entry.item.key(), entry);
    entry.share.entries.put(entry.item.key(), entry);
    if (entry.item.expiresAt() != null) {
      mortal.add(entry);
    }
    resize(entry.share, HeapSize.of(entry.item), 1);
  }

  private void remove(Entry entry) {
    entries.remove(entry.item.key());
    entry.share.entries.remove(entry.item.key());
    mortal.remove(entry);
    resize(entry.share, -HeapSize.of(entry.item), -1);
  }

  /** Puts a share in its new places in the orders of sizes, or out of them when nothing is left. */
  private void resize(Share share, long moreBytes, int more) {
    if (byBytes.remove(share)) {
      bySize.remove(share);
      bytes -= Share.count(share.sender);
    }
    share.bytes += moreBytes;
    share.size += more;
    bytes += moreBytes;
    if (share.entries.isEmpty()) {
      shares.remove(share.sender);
    } else {
      byBytes.add(share);
      bySize.add(share);
      bytes += Share.count(share.sender);
    }
  }
}
