package dev.bobbin.xmpp.bob.spi;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps bits of binary by {@link BobKey}: a map, and no more.
 *
 * <p>What this does not do: check hashes, decide who may read, or know what a peer is. Those are
 * the plugin's.
 *
 * @implSpec Safe for use by several threads. Different keys are different entries, whatever
 *     characters their content-ids hold. {@code BobStoreContract} of the module {@code
 *     xep0231-testkit} says all of this as tests. After {@link #close} every method that has to do
 *     with items throws {@link IllegalStateException}. Data that was damaged where it is kept
 *     counts as absent, or the method throws {@link IOException}: what was never put is never given
 *     out.
 */
public interface BobStore extends AutoCloseable {
  /**
   * Keeps an item, in place of the one that its key had.
   *
   * @param item the item; one that has expired already is as good as absent
   * @throws IOException when it cannot be kept; the old item is then still there, whole
   * @implSpec Returns once the item is durable, where the store is persistent. A full store makes
   *     room for any item by pushing received ones out, so that strangers cannot keep the
   *     application from hosting; a hosted one is never pushed out. Where that is not enough, the
   *     store refuses the item with {@link StoreFullException}. An item of more than {@link
   *     StoreContext#maxItemBytes()} bytes, or whose content-id carries the hash of other data, may
   *     be refused with {@link ItemRefusedException}; none is ever kept in part.
   */
  void put(StoredBob item) throws IOException;

  /**
   * Keeps an item, as {@link #put} does, if its key has exactly what is expected there. So whoever
   * has looked at an item can replace it, and does not replace what others have put since. To
   * remove an item only if it is still the same, put one that has expired.
   *
   * @param expected what {@link #get} is to give for the key of the item; null for nothing, be it
   *     that there is none, or that it has expired, or is damaged
   * @param item the item
   * @return whether it was so, and the item is kept; false leaves the store as it is
   * @throws IOException as {@link #put} does
   * @implSpec A store overrides this to look and to put in one step, so that of many callers that
   *     expect the same, one only is told true, and a put of another thread is never lost in
   *     between. {@code BobStores.copy} and counters take that for granted. Where nothing is
   *     expected, and something is kept that another version or another bound of this store can
   *     give out, it throws {@link ItemRefusedException}: that is no damage to be replaced unseen.
   *     This default calls {@link #get}, compares, and calls {@link #put}: what is put between
   *     these two is lost.
   */
  default boolean putIf(@Nullable StoredBob expected, StoredBob item) throws IOException {
    if (!get(item.key()).equals(Optional.ofNullable(expected))) {
      return false;
    }
    put(item);
    return true;
  }

  /**
   * Looks an item up.
   *
   * @param key its key
   * @return the item as it was put; empty when there is none or it has expired
   * @throws IOException when that cannot be told
   */
  Optional<StoredBob> get(BobKey key) throws IOException;

  /**
   * Removes an item.
   *
   * @param key its key
   * @return whether there was one that had not expired
   * @throws IOException when it cannot be removed; it is then still there, whole
   */
  boolean delete(BobKey key) throws IOException;

  /**
   * Lists keys, for copying and sweeping. Keys that are there during the whole scan are listed
   * exactly once; keys that come or go meanwhile, or have expired, may be listed or not.
   *
   * @param cursor null to begin, then {@link Page#next()} of the page before
   * @param limit the greatest number of keys wanted, at least 1
   * @return a page; it may hold fewer keys, even none, and still have a next one
   * @throws IOException when the store cannot be read
   * @throws IllegalArgumentException when the cursor is not one of this store's, or the limit is
   *     less than 1
   */
  Page<BobKey> scan(@Nullable String cursor, int limit) throws IOException;

  /**
   * Says why {@link #get} gives nothing for a key although something is kept there: damaged data,
   * or an item that this store is too old or too narrowly bounded to give out. For whoever copies
   * or checks a store; an item that has expired is nothing.
   *
   * @param key the key
   * @return the reason, to be shown to people; holds none of the data. Empty when there is an item,
   *     or nothing, or the store cannot tell
   * @throws IOException when that cannot be looked up
   * @implSpec This default cannot tell.
   */
  default Optional<String> damage(BobKey key) throws IOException {
    return Optional.empty();
  }

  /**
   * How full the store is, for a gauge or a log.
   *
   * @return what is known at this moment, without blocking; empty when the store does not count
   * @implSpec This default does not count. After {@link #close} it may still tell what it knew.
   */
  default Optional<StoreUsage> usage() {
    return Optional.empty();
  }

  /**
   * Where the items are, for people: said once in the log when the store is opened.
   *
   * @return such as {@code /var/lib/bot/bob}; never holds a secret
   */
  default String place() {
    String name = getClass().getSimpleName();
    return name.isEmpty() ? getClass().getName() : name;
  }

  /**
   * Whether methods may block.
   *
   * @return false only when they never do: then they are called without a change of threads, even
   *     by the thread that reads the connection
   */
  default boolean blocks() {
    return true;
  }

  /**
   * Frees what the store holds. Idempotent, and safe while others use the store.
   *
   * @throws IOException when that fails; what was put is safe all the same
   * @implSpec A call that is under way meanwhile ends as if it had come before or after, or, since
   *     a backend may have been cut off in the middle of it, with an {@link IOException}. It never
   *     hangs, and what was acknowledged is kept.
   */
  @Override
  void close() throws IOException;
}
