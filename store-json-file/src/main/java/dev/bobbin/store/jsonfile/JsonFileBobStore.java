package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.ItemRefusedException;
import dev.bobbin.xmpp.bob.spi.Page;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps each item in a JSON file of its own: hosted items in the directory, under {@link
 * BobKey#safeName()}, received ones in its subdirectory {@code _received}.
 *
 * <p>The files of hosted items have the form that the walk-through of slixmpp's internal API uses,
 * so that a Python program can share the directory, for content-ids that are their own names. Where
 * they are not, what the Python program has put is found here as well, until it is put or deleted
 * here; what is put here it does not find.
 *
 * <p>A damaged file counts as absent and is named in the log; reading never changes it, nor does
 * anything but {@link #put} and {@link #delete}, which name it again. The same holds for a file
 * that a later version of this library has written in a format of its own; this version reads the
 * formats of all earlier ones, and none rewrites a file because it has read it. Items of more than
 * {@link StoreContext#maxItemBytes()} are refused, and so are items whose content-id carries the
 * hash of other data, since reading would take them for damaged.
 *
 * <p>On a system with POSIX permissions, a directory into which others may write is refused, unless
 * that is allowed. On others, such as Windows, nothing is checked.
 *
 * <p>What this does not do: bound the number of items, or keep them from other users of the machine
 * beyond that and the permissions of what it makes (files of 0600, directories of 0700).
 *
 * <h2>Durability</h2>
 *
 * <p>{@link #put} and {@link #delete} return once the disk has the change: {@link ItemDirectory}
 * says how. An error means that nothing has changed; should the disk not even let a change be taken
 * back, the message says what is there instead, and where the old item is. A thread that is
 * interrupted gets an {@link java.io.InterruptedIOException} and stays interrupted; it holds no
 * descriptor that others use, so they do not notice. On systems without POSIX permissions, such as
 * Windows, directories cannot be forced, and a power failure may take back the last changes; where
 * somebody has a file open there, replacing and removing it is tried again for about a second.
 *
 * <h2>Concurrency</h2>
 *
 * <p>Readers take no lock: a name always leads to a whole file, the old or the new one, since files
 * are renamed into place. Threads that change the same key take turns by one of {@value #STRIPES}
 * locks, chosen by the key's name. A turn spans the forcing of the disk, and nobody waits in it for
 * a Python program to finish its file; keys that share a lock by chance wait for each other, which
 * costs time only.
 *
 * <p>Several processes, or several stores in one process, may have the same directory: there is no
 * lock among them, and the last rename wins; only a file that must be new ({@link #putIf}) is
 * linked instead, and the first one wins. A reader may briefly see an item whose writer is about to
 * fail.
 *
 * <p>An expired item is removed by the {@link #get} that comes upon it, unless it was replaced in
 * the meantime: it is renamed aside, looked at again and put back if it has not expired after all.
 * One that a crash has left aside is put back when a store is opened in that directory. So listing
 * all keys and getting each one sweeps the store.
 *
 * <p>{@link #close} only marks the store: it holds nothing open. Calls that are under way end as if
 * it had not been called.
 */
public final class JsonFileBobStore implements BobStore {
  private static final Logger LOG = LoggerFactory.getLogger(JsonFileBobStore.class);
  private static final int STRIPES = 64;

  private final Path directory;
  private final InstantSource clock;
  private final int maxItemBytes;
  private final ItemFormat format;
  private final ItemReader reader;
  private final DamageLog damage;
  private final ItemDirectory hosted;
  private final ItemDirectory received;
  private final RawNames raw;
  private final KeyListing listing;
  private final Lock[] stripes =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(Lock[]::new);
  private volatile boolean closed;

  private JsonFileBobStore(
      Path directory,
      InstantSource clock,
      int maxItemBytes,
      FileOperations files,
      Consumer<String> warn,
      ItemReader.Pause pause) {
    this.directory = directory;
    this.clock = clock;
    this.maxItemBytes = maxItemBytes;
    format = new ItemFormat(ItemReader.maxFileBytes(maxItemBytes));
    damage = new DamageLog(warn);
    reader = new ItemReader(format, maxItemBytes, damage, pause);
    hosted = new ItemDirectory(directory, files);
    received = new ItemDirectory(directory.resolve(StoreDirectory.RECEIVED), files);
    raw = new RawNames(hosted, reader);
    listing = new KeyListing(hosted, received, reader, raw);
  }

  /**
   * Opens a store in a directory, for items of at most {@value StoreContext#DEFAULT_MAX_ITEM_BYTES}
   * bytes. Blocks.
   *
   * @param directory an absolute path; made if it is missing
   * @return the store
   * @throws IOException when the directory cannot be made or written into, or others may write into
   *     it or put another one in its place; the message says why
   * @throws IllegalArgumentException when the path is relative
   */
  public static JsonFileBobStore open(Path directory) throws IOException {
    return open(
        directory,
        InstantSource.system(),
        StoreContext.DEFAULT_MAX_ITEM_BYTES,
        new DiskOperations(),
        LOG::warn);
  }

  /**
   * Opens a store in a directory with the clock and the greatest size of an item from a context, of
   * whose settings only {@code allow-shared-directory} counts. Blocks.
   *
   * @param directory an absolute path; made if it is missing
   * @param context clock, limits and that setting
   * @return the store
   * @throws IOException when the directory cannot be made or written into, or others may write into
   *     it or put another one in its place, and that is not allowed; the message says why
   * @throws IllegalArgumentException when the path is relative, or the setting neither true nor
   *     false
   */
  public static JsonFileBobStore open(Path directory, StoreContext context) throws IOException {
    return open(
        directory,
        context.settings().flag(JsonFileBobStoreProvider.ALLOW_SHARED_DIRECTORY, false),
        context.clock(),
        context.maxItemBytes(),
        new DiskOperations(),
        LOG::warn,
        ItemReader.Pause.SLEEP);
  }

  static JsonFileBobStore open(
      Path directory,
      InstantSource clock,
      int maxItemBytes,
      FileOperations files,
      Consumer<String> warn)
      throws IOException {
    return open(directory, clock, maxItemBytes, files, warn, ItemReader.Pause.SLEEP);
  }

  static JsonFileBobStore open(
      Path directory,
      InstantSource clock,
      int maxItemBytes,
      FileOperations files,
      Consumer<String> warn,
      ItemReader.Pause pause)
      throws IOException {
    return open(directory, false, clock, maxItemBytes, files, warn, pause);
  }

  private static JsonFileBobStore open(
      Path directory,
      boolean mayBeShared,
      InstantSource clock,
      int maxItemBytes,
      FileOperations files,
      Consumer<String> warn,
      ItemReader.Pause pause)
      throws IOException {
    Objects.requireNonNull(directory, "directory");
    if (!directory.isAbsolute()) {
      throw new IllegalArgumentException(
          "'"
              + directory
              + "' is no place for a store of JSON files: give an absolute path"
              + " (docs/errors.md#store-directory)");
    }
    Path place = directory.normalize();
    // A link that is changed later on must not lead this store elsewhere.
    Path real = StoreDirectory.prepare(place, mayBeShared, files);
    return new JsonFileBobStore(real, clock, maxItemBytes, files, warn, pause);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException when it cannot be kept, is too large or has another hash than its
   *     content-id says; the message names the file or the content-id
   */
  @Override
  public void put(StoredBob item) throws IOException {
    put(item, false);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Where nothing is expected, that is one step also among processes: of those who put a file
   * that is not there yet, one only does. Where an item is expected it is one step among the
   * threads of this store, and a put of another process between the look and the rename is lost.
   */
  @Override
  public boolean putIf(@Nullable StoredBob expected, StoredBob item) throws IOException {
    Objects.requireNonNull(item, "item");
    Optional<StoredBob> wanted = Optional.ofNullable(expected);
    // Waits here, if at all, for who is writing the file in place: nothing waits under the lock.
    if (!get(item.key()).equals(wanted)) {
      return false;
    }
    String name = item.key().safeName();
    Path file = directory(item.key()).file(name);
    Lock turn = stripe(name);
    turn.lock();
    try {
      Optional<StoredBob> there =
          reader.itemAtOnce(file, item.key()).filter(found -> !isExpired(found));
      return there.equals(wanted) && put(item, Files.notExists(file, LinkOption.NOFOLLOW_LINKS));
    } finally {
      turn.unlock();
    }
  }

  /**
   * Puts an item.
   *
   * @return false when there is a file, and was to be none
   */
  private boolean put(StoredBob item, boolean mustBeNew) throws IOException {
    Objects.requireNonNull(item, "item");
    requireOpen();
    requireReadable(item);
    BobKey key = item.key();
    String name = key.safeName();
    byte[] content = format.encode(item);
    ItemDirectory place = directory(key);
    Lock turn = stripe(name);
    turn.lock();
    try {
      if (item.isExpiredAt(clock.instant())) {
        removeAll(place, name, key);
      } else if (mustBeNew) {
        place.create(name, content);
        removeOutdated(key);
      } else {
        DamagedFileException damaged = damageAt(place.file(name), key);
        place.replace(name, content);
        if (damaged != null) {
          damage.replaced(place.file(name), damaged);
        }
        removeOutdated(key);
      }
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      turn.unlock();
    }
    damage.forget(place.file(name));
    return true;
  }

  /** Why there is no item in a file that is about to be replaced; null when nothing is lost. */
  private @Nullable DamagedFileException damageAt(Path file, BobKey key) {
    try {
      return reader.lookAtOnce(file, key).damage();
    } catch (IOException e) {
      return DamagedFileException.because("it could not be read");
    }
  }

  /** A Python program must not go on giving out what was replaced. */
  private void removeOutdated(BobKey key) {
    try {
      raw.remove(key);
    } catch (IOException e) {
      damage.outdated(hosted.file(key.cid().value()), e);
    }
  }

  /** Returns the item that was there, if any; what is damaged is removed as well. */
  private Optional<StoredBob> removeAll(ItemDirectory place, String name, BobKey key)
      throws IOException {
    Found found = reader.lookAtOnce(place.file(name), key);
    // First, or a failure in between would bring it back.
    Optional<StoredBob> pythons = raw.remove(key);
    boolean removed = place.remove(name);
    if (removed && found.damage() != null) {
      damage.removed(place.file(name), found.damage());
    }
    return found.item() == null ? pythons : Optional.of(found.item());
  }

  private void requireReadable(StoredBob item) throws IOException {
    int size = item.bob().data().size();
    if (size > maxItemBytes) {
      throw new ItemRefusedException(
          "An item of "
              + size
              + " bytes is larger than this store takes, "
              + maxItemBytes
              + " bytes; raise the plugin's limit (docs/errors.md#item-too-large)");
    }
    if (item.key().cid().isVerifiable() && !item.key().cid().matches(item.bob().data())) {
      throw new ItemRefusedException(
          item.key().cid()
              + " is not the hash of the item's data; name it by its own hash, or by a content-id"
              + " that carries none (docs/errors.md#hash-mismatch)");
    }
  }

  @Override
  public Optional<StoredBob> get(BobKey key) throws IOException {
    Objects.requireNonNull(key, "key");
    requireOpen();
    String name = key.safeName();
    ItemDirectory place = directory(key);
    Optional<StoredBob> item = reader.item(place.file(name), key);
    if (item.isEmpty()) {
      return raw.item(key).filter(pythons -> !isExpired(pythons));
    }
    if (isExpired(item.get())) {
      removeExpired(place, name, key);
      return Optional.empty();
    }
    return item;
  }

  private void removeExpired(ItemDirectory place, String name, BobKey key)
      throws NotPutBackException {
    Lock turn = stripe(name);
    turn.lock();
    try {
      place.removeIf(
          name, file -> reader.itemAtOnce(file, key).filter(this::isExpired).isPresent());
    } catch (NotPutBackException e) {
      throw e;
    } catch (IOException e) {
      LOG.debug("{} has expired and is still there: {}", name, Problems.reason(e));
    } finally {
      turn.unlock();
    }
  }

  private boolean isExpired(StoredBob item) {
    return item.isExpiredAt(clock.instant());
  }

  /**
   * {@inheritDoc}
   *
   * <p>A damaged file is removed as well, with a warning, and counts as none.
   */
  @Override
  public boolean delete(BobKey key) throws IOException {
    Objects.requireNonNull(key, "key");
    requireOpen();
    String name = key.safeName();
    ItemDirectory place = directory(key);
    // Waits here, if at all, for who is writing the file in place: nothing waits under the lock.
    reader.look(place.file(name), key);
    Optional<Path> pythons = raw.file(key);
    if (pythons.isPresent()) {
      reader.look(pythons.get(), key);
    }
    Lock turn = stripe(name);
    turn.lock();
    try {
      return removeAll(place, name, key).filter(item -> !isExpired(item)).isPresent();
    } finally {
      turn.unlock();
    }
  }

  @Override
  public Page<BobKey> scan(@Nullable String cursor, int limit) throws IOException {
    requireOpen();
    return listing.page(cursor, limit);
  }

  @Override
  public String place() {
    return directory.toString();
  }

  @Override
  public void close() {
    closed = true;
  }

  private ItemDirectory directory(BobKey key) {
    return key.shelf() instanceof Shelf.Hosted ? hosted : received;
  }

  private Lock stripe(String name) {
    return stripes[Math.floorMod(name.hashCode(), STRIPES)];
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "The store in "
              + directory
              + " is closed; open another one (docs/errors.md#store-closed)");
    }
  }
}
