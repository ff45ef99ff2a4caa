package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Hosted items under their bare content-ids, where {@link BobKey#safeName()} is another name: a
 * Python program escapes nothing. They are read and removed, never written.
 *
 * <p>Such a name may lead to another item's file (letter case does not count everywhere), so what
 * has not the content-id that is asked for is neither given out nor removed. A name that is another
 * key's safe name is left to that key.
 */
final class RawNames {
  private static final int MOST_BYTES = 255;

  /** Certainly another key's safe name; found without the cost of reading it, for long listings. */
  private static final Pattern PLAIN =
      Pattern.compile(
          "(?!con|prn|aux|nul|com|lpt)[a-z0-9@+=-](?:[a-z0-9@+=.-]{0,198}[a-z0-9@+=-])?");

  private final CountedDirectory hosted;
  private final ItemReader reader;

  RawNames(CountedDirectory hosted, ItemReader reader) {
    this.hosted = hosted;
    this.reader = reader;
  }

  /** What a Python program has written. One that has expired is an item here. */
  Optional<StoredBob> item(BobKey key) throws IOException {
    Optional<Path> file = file(key);
    return file.isPresent() ? reader.itemOfThatContentId(file.get(), key) : Optional.empty();
  }

  /** As {@link #item}, without a word on damage, which it tells from absence. */
  Found look(BobKey key) throws IOException {
    Optional<Path> file = file(key);
    return file.isPresent() ? reader.lookAtThatContentId(file.get(), key) : Found.NOTHING;
  }

  /** As {@link #item}, without waiting for a writer or a word on damage. */
  Optional<StoredBob> itemAtOnce(BobKey key) throws IOException {
    return Optional.ofNullable(lookAtOnce(key).item());
  }

  /** As {@link #itemAtOnce}; also what is there and no item. */
  Found lookAtOnce(BobKey key) throws IOException {
    Optional<Path> file = file(key);
    return file.isPresent() ? reader.lookAtOnce(file.get(), key) : Found.NOTHING;
  }

  /** Returns what was removed; whatever is not a whole item of that key stays. */
  Optional<StoredBob> remove(BobKey key) throws IOException {
    Optional<StoredBob> item = itemAtOnce(key);
    if (item.isPresent()) {
      hosted.remove(key.cid().value());
    }
    return item;
  }

  /** How much {@link #remove} would take away. */
  Tally size(BobKey key) throws IOException {
    Optional<Path> file = file(key);
    return file.isPresent() && itemAtOnce(key).isPresent()
        ? CountedDirectory.tally(CountedDirectory.attributes(file.get()))
        : Tally.NONE;
  }

  /** Whether a Python program has put it after our own file was written, if there is one. */
  boolean isNewer(BobKey key, Path ours) throws IOException {
    Optional<Path> file = file(key);
    if (file.isEmpty()) {
      return false;
    }
    BasicFileAttributes pythons = CountedDirectory.regular(file.get());
    BasicFileAttributes own = CountedDirectory.regular(ours);
    return pythons != null
        && (own == null || pythons.lastModifiedTime().compareTo(own.lastModifiedTime()) > 0);
  }

  /** The key of which a file would be the raw name; what it holds may tell another story. */
  Optional<BobKey> key(String fileName) {
    if (isTaken(fileName)) {
      return Optional.empty();
    }
    try {
      BobKey key = BobKey.hosted(ContentId.of(fileName));
      return file(key).map(file -> key);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether there is a whole item of that key, which may have expired. */
  boolean holds(BobKey key) throws IOException {
    Optional<Path> file = file(key);
    return file.isPresent() && reader.look(file.get(), key).item() != null;
  }

  /** Where a Python program keeps that item; empty where we do as well, or where it cannot. */
  Optional<Path> file(BobKey key) {
    String name = key.cid().value();
    if (!(key.shelf() instanceof Shelf.Hosted) || isTaken(name)) {
      return Optional.empty();
    }
    try {
      Path file = hosted.file(name);
      // Other systems have other separators.
      boolean oneName = name.equals(String.valueOf(file.getFileName()));
      return oneName ? Optional.of(file) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static boolean isTaken(String name) {
    return PLAIN.matcher(name).matches()
        || name.equals(".")
        || name.equals("..")
        || name.indexOf('/') >= 0
        || name.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES
        || name.startsWith(HiddenName.DIRECTORY)
        || name.startsWith("_h-")
        || name.equalsIgnoreCase(StoreDirectory.RECEIVED)
        || BobKey.ofSafeName(name).isPresent();
  }
}
