package dev.bobbin.store.memory;

import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.HeapSize;
import dev.bobbin.xmpp.bob.spi.Page;
import dev.bobbin.xmpp.bob.spi.StoreFullException;
import dev.bobbin.xmpp.bob.spi.StoreUsage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps items in memory, within a bound on their bytes and on their number.
 *
 * <p>What this does not do: outlive the process, or share the room fairly among senders, which is
 * the plugin's.
 *
 * <h2>Concurrency</h2>
 *
 * <p>One lock guards everything. Under it there are a bounded number of look-ups in hash tables and
 * trees, no I/O and no foreign code: the clock is read before the lock is taken. At most {@value
 * Entries#MOST_SWEPT} entries that have expired are removed in passing, a page is made of {@value
 * Entries#LARGEST_PAGE} entries at most, and a put removes what its item needs as room, which is
 * one entry for each 576 bytes at most. Therefore no method blocks for longer than that, which is
 * what {@link #blocks()} promises, and the bounds hold whenever the lock is free: room is made
 * before an item is added, never after. Striped or lock-free tables would be faster, but could hold
 * the bounds, the order of use and the order of listing together only approximately.
 *
 * <h2>Room</h2>
 *
 * <p>What has expired is never given out. It goes first, some of it at each call, and more where
 * room is wanted, found by an order of expiry. Then received items go, the least recently used
 * first; reading counts as a use, be it by one who copies, and listing does not. Hosted items are
 * never evicted: one that would not fit beside the other hosted ones is refused, and so is a
 * received one that would not fit even if it were the only one. A refusal changes nothing.
 *
 * <h2>Listing</h2>
 *
 * <p>A key gets a number when it comes, and keeps it while it is there, replaced or not. Listing is
 * in the order of numbers and the cursor is a number, so that nothing that stays is left out or
 * listed twice.
 */
public final class MemoryBobStore implements BobStore {
  private final long maxBytes;
  private final int maxEntries;
  private final InstantSource clock;
  private final Object lock = new Object();
  private Entries entries = new Entries();
  private boolean closed;

  MemoryBobStore(long maxBytes, int maxEntries, InstantSource clock) {
    this.maxBytes = maxBytes;
    this.maxEntries = maxEntries;
    this.clock = clock;
  }

  /**
   * Makes a store with the default bounds, for use in code. {@link MemoryBobStoreProvider} makes
   * one with other bounds or another clock.
   *
   * @return an empty store
   */
  public static MemoryBobStore create() {
    return MemoryBobStoreProvider.openDefault();
  }

  /**
   * {@inheritDoc}
   *
   * @throws StoreFullException when it does not fit; the message names the bound and the setting
   */
  @Override
  public void put(StoredBob item) throws StoreFullException {
    Objects.requireNonNull(item, "item");
    Instant now = clock.instant();
    synchronized (lock) {
      requireOpen();
      entries.sweep(now);
      keep(item, now);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws StoreFullException when it does not fit; the message names the bound and the setting
   */
  @Override
  public boolean putIf(@Nullable StoredBob expected, StoredBob item) throws StoreFullException {
    Objects.requireNonNull(item, "item");
    Instant now = clock.instant();
    synchronized (lock) {
      if (!find(item.key(), now).equals(Optional.ofNullable(expected))) {
        return false;
      }
      keep(item, now);
      return true;
    }
  }

  private void keep(StoredBob item, Instant now) throws StoreFullException {
    if (item.isExpiredAt(now)) {
      remove(item.key(), now);
      return;
    }
    long bytes = HeapSize.of(item);
    requireRoom(item, bytes, now);
    Entry old = remove(item.key(), now);
    long number = old == null ? entries.nextNumber() : old.number();
    while (entries.bytes() + bytes > maxBytes || entries.count() + 1 > maxEntries) {
      entries.evict(now);
    }
    entries.add(new Entry(number, item, bytes));
  }

  private @Nullable Entry remove(BobKey key, Instant now) {
    Entry entry = entries.get(key, now);
    if (entry != null) {
      entries.remove(entry);
    }
    return entry;
  }

  /** Room beside hosted items, which stay; all that was received could go. */
  private void requireRoom(StoredBob item, long bytes, Instant now) throws StoreFullException {
    Entry old = isHosted(item) ? entries.get(item.key(), now) : null;
    long oldBytes = old == null ? 0 : old.bytes();
    int oldCount = old == null ? 0 : 1;
    long mostBytes = maxBytes - bytes + oldBytes;
    int mostCount = maxEntries - 1 + oldCount;
    while (bytes <= maxBytes
        && (entries.hostedBytes() > mostBytes || entries.hostedCount() > mostCount)
        && entries.dropExpiredHosted(now)) {
      // Expired ones go, as many as are in the way.
    }
    if (entries.hostedBytes() > mostBytes) {
      String taken = entries.hostedBytes() - oldBytes + " of " + maxBytes + " bytes";
      throw full(item, bytes, taken, "max-bytes");
    }
    if (entries.hostedCount() > mostCount) {
      String taken = entries.hostedCount() - oldCount + " of " + maxEntries + " entries";
      throw full(item, bytes, taken, "max-entries");
    }
  }

  private static StoreFullException full(StoredBob item, long bytes, String taken, String setting) {
    String what = isHosted(item) ? "hosted" : "received";
    return new StoreFullException(
        "No room in memory for a "
            + what
            + " item that counts as "
            + bytes
            + " bytes: other hosted items take "
            + taken
            + ". Raise bobbin.bob.memory."
            + setting
            + ", or delete some (docs/errors.md#store-full)");
  }

  private static boolean isHosted(StoredBob item) {
    return item.key().shelf() instanceof Shelf.Hosted;
  }

  @Override
  public Optional<StoredBob> get(BobKey key) {
    Objects.requireNonNull(key, "key");
    Instant now = clock.instant();
    synchronized (lock) {
      return find(key, now);
    }
  }

  private Optional<StoredBob> find(BobKey key, Instant now) {
    requireOpen();
    entries.sweep(now);
    return Optional.ofNullable(entries.get(key, now)).map(Entry::item);
  }

  @Override
  public boolean delete(BobKey key) {
    Objects.requireNonNull(key, "key");
    Instant now = clock.instant();
    synchronized (lock) {
      requireOpen();
      entries.sweep(now);
      return remove(key, now) != null;
    }
  }

  @Override
  public Page<BobKey> scan(@Nullable String cursor, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("A page holds at least 1 key, not " + limit);
    }
    Instant now = clock.instant();
    synchronized (lock) {
      requireOpen();
      long after = cursor == null ? 0 : number(cursor);
      entries.sweep(now);
      return entries.after(after, limit, now);
    }
  }

  private long number(String cursor) {
    if (cursor.matches("[1-9][0-9]{0,17}")) {
      long number = Long.parseLong(cursor);
      if (number <= entries.lastNumber()) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        "'"
            + Quoted.of(cursor)
            + "' is no cursor of this store; begin with null (docs/errors.md#bad-cursor)");
  }

  @Override
  public String place() {
    return "memory, at most " + maxBytes + " bytes in " + maxEntries + " entries";
  }

  @Override
  public boolean blocks() {
    return false;
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      // Not cleared: tables keep the room for as many as they once had.
      entries = new Entries();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "This store in memory is closed; open another one (docs/errors.md#store-closed)");
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Never beyond the bounds; bytes are as {@link MemoryBobStoreProvider#settings()} counts them.
   * What has expired is taken until calls of other methods have removed it. Nothing once the store
   * is closed.
   */
  @Override
  public Optional<StoreUsage> usage() {
    synchronized (lock) {
      return Optional.of(new StoreUsage(entries.bytes(), entries.count(), true, entries.evicted()));
    }
  }
}
