package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.Page;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.bob.spi.StoreUsage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
 * <p>What this does not do: keep items from other users of the machine beyond that and the
 * permissions of what it makes (files of 0600, directories of 0700).
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
 * are renamed into place. Threads that change the same key take turns by one of 64 locks, chosen by
 * the key's name. A turn spans the forcing of the disk, and nobody waits in it for a Python program
 * to finish its file; keys that share a lock by chance wait for each other, which costs time only.
 *
 * <p>Several processes, or several stores in one process, may have the same directory: there is no
 * lock among them, and the last rename wins; only a file that must be new ({@link #putIf}) is
 * linked instead, and the first one wins. A reader may briefly see an item whose writer is about to
 * fail.
 *
 * <p>An expired item is removed by the {@link #get} that comes upon it, or in the background,
 * unless it was replaced in the meantime; with it goes what a Python program had put before it, and
 * what that has put since is there then. For other processes' sake it is renamed aside, looked at
 * again and put back if it has not expired after all. One that a crash has left aside is put back
 * when a store is opened in that directory.
 *
 * <h2>Room</h2>
 *
 * <p>The files together are bounded in number and in bytes ({@link JsonFileBobStoreProvider}), each
 * counted with its length; those that are damaged or foreign too. A hosted item is never evicted,
 * and is refused when it does not fit beside the other hosted ones; so is a received one. Otherwise
 * received ones make room, about the oldest first by the time of their files' last modification.
 * What is damaged or foreign is never removed. A refusal changes nothing; only where other threads
 * take the room that was made, time after time, it comes after some received ones have gone.
 *
 * <p>A directory of up to 1,000 files is counted when the store is opened, a larger one afterwards,
 * in the background; meanwhile only what was counted so far is known, so that more may be taken
 * than the bounds allow. Then the counts are exact in what this store does; what other processes do
 * is noticed when the files are counted again. Each process keeps the bounds by its own counts.
 *
 * <p>In the background, on the executor of the context (with {@link #open(Path)}, on the JDK's
 * common pool), the files are gone through again and again: counted, and removed where they have
 * expired. That takes a fifth of one thread at most, and a hundredth in the long run; a small
 * directory is gone through every ten minutes. Expired items are never given out meanwhile.
 *
 * <p>{@link #close} ends that, and waits up to a second for a file that is just being looked at.
 * Calls that are under way end as if it had not been called. A store that is forgotten without
 * being closed ends as well.
 */
public final class JsonFileBobStore implements BobStore {
  private final Path directory;
  private final ItemReader reader;
  private final RawNames raw;
  private final Quota quota;
  private final CountedDirectory hosted;
  private final CountedDirectory received;
  private final KeyListing listing;
  private final Expiry expiry;
  private final Changes changes;
  private final Upkeep upkeep;
  private volatile boolean closed;

  private JsonFileBobStore(Path directory, StoreParts parts) {
    this.directory = directory;
    int maxItemBytes = parts.maxItemBytes();
    FileOperations files = parts.files();
    ItemFormat format = new ItemFormat(ItemReader.maxFileBytes(maxItemBytes));
    DamageLog damage = new DamageLog(parts.warn());
    Turns turns = new Turns();
    reader = new ItemReader(format, maxItemBytes, damage, parts.pause());
    quota = new Quota(directory, parts.limits());
    hosted = new CountedDirectory(new ItemDirectory(directory, files), quota, quota.hosted());
    received =
        new CountedDirectory(
            new ItemDirectory(directory.resolve(StoreDirectory.RECEIVED), files),
            quota,
            quota.received());
    raw = new RawNames(hosted, reader);
    ItemNames names = new ItemNames(hosted.files(), received.files(), reader, raw);
    listing = new KeyListing(hosted.files(), received.files(), names, raw);
    expiry = new Expiry(parts.clock(), reader, raw, turns);
    Eviction eviction = new Eviction(received, names, reader, turns, quota);
    changes = new Changes(format, maxItemBytes, reader, raw, damage, turns, expiry, eviction);
    upkeep =
        new Upkeep(
            directory,
            new DirectoryWalk(hosted, names, reader, expiry, turns),
            new DirectoryWalk(received, names, reader, expiry, turns),
            eviction,
            listing,
            parts.background(),
            parts.warn());
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
    return open(directory, StoreParts.standard());
  }

  /**
   * Opens a store in a directory with all that a context gives but the setting {@code directory}.
   * Blocks.
   *
   * @param directory an absolute path; made if it is missing
   * @param context clock, executor, limits and settings
   * @return the store
   * @throws IOException when the directory cannot be made or written into, or others may write into
   *     it or put another one in its place, and that is not allowed; the message says why
   * @throws IllegalArgumentException when the path is relative, or a setting's value bad
   */
  public static JsonFileBobStore open(Path directory, StoreContext context) throws IOException {
    return open(directory, StoreParts.of(context));
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
    return open(
        directory,
        new StoreParts(
            false,
            clock,
            maxItemBytes,
            files,
            warn,
            pause,
            Limits.DEFAULT,
            Upkeep.Background.NONE));
  }

  static JsonFileBobStore open(Path directory, StoreParts parts) throws IOException {
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
    Path real = StoreDirectory.prepare(place, parts.mayBeShared(), parts.files());
    JsonFileBobStore store = new JsonFileBobStore(real, parts);
    store.upkeep.begin();
    return store;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException when it cannot be kept, is too large or has another hash than its
   *     content-id says; the message names the file or the content-id
   */
  @Override
  public void put(StoredBob item) throws IOException {
    Objects.requireNonNull(item, "item");
    requireOpen();
    changes.put(directory(item.key()), item);
  }

  /**
   * {@inheritDoc}
   *
   * <p>That is one step among the threads of this store. Among several processes that use this
   * class it is one only where nothing is expected and there is no file yet: of those who put one
   * then, one only does. Otherwise, that is also where an expired or damaged file is, or one under
   * a raw name, a put of another process between the look and the rename is lost. A Python program
   * looks at nothing before it writes.
   *
   * @throws dev.bobbin.xmpp.bob.spi.ItemRefusedException as {@link #put} does; also when nothing is
   *     expected, and a file is there that a later version has written, or a store that takes
   *     larger items
   */
  @Override
  public boolean putIf(@Nullable StoredBob expected, StoredBob item) throws IOException {
    Objects.requireNonNull(item, "item");
    Optional<StoredBob> wanted = Optional.ofNullable(expected);
    // Waits here, if at all, for who is writing the file in place: nothing waits in the turn.
    return get(item.key()).equals(wanted) && changes.putIf(directory(item.key()), wanted, item);
  }

  @Override
  public Optional<StoredBob> get(BobKey key) throws IOException {
    Objects.requireNonNull(key, "key");
    requireOpen();
    CountedDirectory place = directory(key);
    Path file = place.file(key.safeName());
    Optional<StoredBob> ours = reader.item(file, key);
    if (ours.filter(expiry::isPast).isPresent()) {
      expiry.remove(place, key.safeName(), key);
      ours = reader.item(file, key);
    }
    if (expiry.unexpired(ours).isEmpty() && raw.file(key).isPresent()) {
      if (expiry.givesWay(ours, key, file)) {
        Optional<StoredBob> pythons = raw.item(key);
        if (pythons.isPresent()) {
          return expiry.unexpired(pythons);
        }
      }
      // A put brings ours before it takes Python's away, and may have come between the two looks.
      ours = reader.item(file, key);
    }
    return expiry.unexpired(ours);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The reason is that of the log, which is not told again.
   */
  @Override
  public Optional<String> damage(BobKey key) throws IOException {
    Objects.requireNonNull(key, "key");
    requireOpen();
    Path file = directory(key).file(key.safeName());
    Found ours = reader.look(file, key);
    if (!expiry.givesWay(Optional.ofNullable(ours.item()), key, file)) {
      return Optional.empty();
    }
    Found pythons = raw.look(key);
    if (expiry.unexpired(Optional.ofNullable(pythons.item())).isPresent()) {
      return Optional.empty();
    }
    return Stream.of(ours, pythons)
        .map(Found::damage)
        .filter(Objects::nonNull)
        .findFirst()
        .map(DamagedFileException::getMessage);
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
    return changes.delete(directory(key), key);
  }

  /**
   * {@inheritDoc}
   *
   * <p>An item that another process puts again while names are read may be left out, on file
   * systems such as tmpfs that do not show all that is renamed meanwhile.
   */
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
    upkeep.close();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Bytes are the lengths of the files, hosted and received ones; damaged and foreign files
   * count as well. See <em>Room</em> above for how exact that is. What was known last once the
   * store is closed.
   */
  @Override
  public Optional<StoreUsage> usage() {
    return Optional.of(quota.usage());
  }

  private CountedDirectory directory(BobKey key) {
    return key.shelf() instanceof Shelf.Hosted ? hosted : received;
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
