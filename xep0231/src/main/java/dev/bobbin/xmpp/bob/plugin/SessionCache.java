package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Received items for as long as the plugin is on, bounded by what they count as.
 *
 * <p>Room is shared by senders. When more comes than fits, the sender whose items take the most
 * loses the one that was not used for the longest time: whoever sends much displaces its own, and
 * nobody loses anything to a sender that has more. A sender is a bare JID, since resources cost
 * nothing and the occupants of a room are one crowd.
 *
 * <p>A verified item that one sender brought is not replaced by another's while it lives: the hash
 * says nothing of the media type and of {@code max-age}, which another could spoil.
 *
 * <p>One lock guards everything. Under it there are a few look-ups in tables and trees, so that
 * nothing here blocks for longer.
 */
final class SessionCache {
  /** What an empty item costs: key, entry and objects, rounded up. */
  static final int OVERHEAD = 512;

  private static final Comparator<Share> HEAVIEST_FIRST =
      Comparator.comparingLong((Share share) -> -share.bytes)
          .thenComparingLong(share -> share.number);

  /** What one sender has, the least recently used first. */
  private static final class Share {
    final Optional<Jid> sender;
    final long number;
    final LinkedHashMap<BobKey, StoredBob> items = new LinkedHashMap<>(16, 0.75f, true);
    long bytes;

    Share(Optional<Jid> sender, long number) {
      this.sender = sender;
      this.number = number;
    }
  }

  private final long maxBytes;
  private final InstantSource clock;
  private final Object lock = new Object();
  private final Map<BobKey, Share> owners = new HashMap<>();
  private final Map<Optional<Jid>, Share> shares = new HashMap<>();
  private final TreeSet<Share> bySize = new TreeSet<>(HEAVIEST_FIRST);
  private long bytes;
  private long lastNumber;

  SessionCache(long maxBytes, InstantSource clock) {
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  /** Tells whether the item may be kept: false when another sender's stands under its key. */
  boolean put(StoredBob item) {
    Instant now = clock.instant();
    Optional<Jid> sender = Optional.ofNullable(item.origin()).map(Jid::bare);
    synchronized (lock) {
      Share owner = owners.get(item.key());
      if (owner != null) {
        StoredBob before = owner.items.get(item.key());
        if (before != null && !owner.sender.equals(sender) && !before.isExpiredAt(now)) {
          return false;
        }
        remove(owner, item.key());
      }
      if (count(item) > maxBytes) {
        return true;
      }
      Share share = shares.computeIfAbsent(sender, who -> new Share(who, ++lastNumber));
      share.items.put(item.key(), item);
      owners.put(item.key(), share);
      resize(share, count(item));
      while (bytes > maxBytes) {
        Share heaviest = bySize.first();
        remove(heaviest, heaviest.items.keySet().iterator().next());
      }
      return true;
    }
  }

  Optional<StoredBob> get(BobKey key) {
    Instant now = clock.instant();
    synchronized (lock) {
      Share owner = owners.get(key);
      StoredBob item = owner == null ? null : owner.items.get(key);
      if (owner != null && item != null && item.isExpiredAt(now)) {
        remove(owner, key);
        return Optional.empty();
      }
      return Optional.ofNullable(item);
    }
  }

  boolean delete(BobKey key) {
    Instant now = clock.instant();
    synchronized (lock) {
      Share owner = owners.get(key);
      return owner != null && remove(owner, key).filter(item -> !item.isExpiredAt(now)).isPresent();
    }
  }

  void clear() {
    synchronized (lock) {
      owners.clear();
      shares.clear();
      bySize.clear();
      bytes = 0;
    }
  }

  /** What all items count as. */
  long bytes() {
    synchronized (lock) {
      return bytes;
    }
  }

  private Optional<StoredBob> remove(Share share, BobKey key) {
    Optional<StoredBob> item = Optional.ofNullable(share.items.remove(key));
    owners.remove(key);
    item.ifPresent(gone -> resize(share, -count(gone)));
    return item;
  }

  /** Puts a share in its new place in the order of sizes, or out of it when nothing is left. */
  private void resize(Share share, long change) {
    bySize.remove(share);
    share.bytes += change;
    bytes += change;
    if (share.items.isEmpty()) {
      shares.remove(share.sender);
    } else {
      bySize.add(share);
    }
  }

  private static long count(StoredBob item) {
    Jid origin = item.origin();
    int chars =
        item.key().cid().value().length()
            + item.bob().type().length()
            + (origin == null ? 0 : origin.toString().length());
    return OVERHEAD + 2L * chars + item.bob().data().size();
  }
}
