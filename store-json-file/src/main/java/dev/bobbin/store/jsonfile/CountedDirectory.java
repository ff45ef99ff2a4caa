package dev.bobbin.store.jsonfile;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.bobbin.xmpp.bob.spi.StoreFullException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A directory whose changes are counted and kept within a quota. As with {@link ItemDirectory}, one
 * name is changed by one thread at a time: then what a file was before is what it is looked up as.
 */
final class CountedDirectory {
  private final ItemDirectory directory;
  private final Quota quota;
  private final DirectoryCount count;

  CountedDirectory(ItemDirectory directory, Quota quota, DirectoryCount count) {
    this.directory = directory;
    this.quota = quota;
    this.count = count;
  }

  ItemDirectory files() {
    return directory;
  }

  DirectoryCount count() {
    return count;
  }

  Path file(String name) {
    return directory.file(name);
  }

  /**
   * As {@link ItemDirectory#replace}, if there is room.
   *
   * @param outdated what goes once this file is there
   * @param evicted what went for the sake of this file already
   * @throws StoreFullException when hosted files leave no room
   * @throws NoRoomException when received ones have to be evicted first; nothing has changed
   */
  void replace(String name, byte[] content, Tally outdated, Tally evicted) throws IOException {
    write(name, content, outdated, evicted, directory::replace);
  }

  /**
   * As {@link ItemDirectory#create}, if there is room: see {@link #replace}.
   *
   * @throws FileAlreadyExistsException when there is a file of that name
   */
  void create(String name, byte[] content, Tally outdated, Tally evicted) throws IOException {
    write(name, content, outdated, evicted, directory::create);
  }

  /** How a file comes to its place. */
  @FunctionalInterface
  private interface Writing {
    void write(String name, byte[] content) throws IOException;
  }

  private void write(String name, byte[] content, Tally outdated, Tally evicted, Writing writing)
      throws IOException {
    Tally before = now(name);
    Tally after = Tally.file(content.length);
    Tally reserved = quota.reserve(count, before.plus(outdated), after, evicted);
    boolean done = false;
    try {
      writing.write(name, content);
      done = true;
    } finally {
      // What a change that failed has left is the old file, as a rule.
      quota.settle(count, name, reserved, before, done ? after : nowOr(before, name));
    }
  }

  /** As {@link ItemDirectory#remove}. */
  boolean remove(String name) throws IOException {
    return removing(name, () -> directory.remove(name));
  }

  /** As {@link ItemDirectory#removeIf}. */
  boolean removeIf(String name, ItemDirectory.Condition condition) throws IOException {
    return removing(name, () -> directory.removeIf(name, condition));
  }

  /**
   * As {@link ItemDirectory#evict}.
   *
   * @return what has gone
   */
  Tally evict(String name) throws IOException {
    Tally size = now(name);
    removing(
        name,
        () -> {
          try {
            directory.evict(name);
          } catch (IOException e) {
            throw Problems.notRemoved(file(name), Problems.UNTOUCHED, e);
          }
          return true;
        });
    return size;
  }

  /** How a file goes; tells whether it has gone. */
  @FunctionalInterface
  private interface Removal {
    boolean remove() throws IOException;
  }

  private boolean removing(String name, Removal removal) throws IOException {
    Tally before = now(name);
    boolean removed = false;
    try {
      removed = removal.remove();
      return removed;
    } finally {
      quota.settle(count, name, Tally.NONE, before, removed ? Tally.NONE : nowOr(before, name));
    }
  }

  private Tally now(String name) throws IOException {
    return tally(regular(file(name)));
  }

  private Tally nowOr(Tally otherwise, String name) {
    try {
      return now(name);
    } catch (IOException e) {
      return otherwise;
    }
  }

  static Tally tally(@Nullable BasicFileAttributes attributes) {
    return attributes == null ? Tally.NONE : Tally.file(attributes.size());
  }

  /** Null where there is no regular file, or one that cannot be looked at. */
  static @Nullable BasicFileAttributes attributes(Path file) {
    try {
      return regular(file);
    } catch (IOException e) {
      return null;
    }
  }

  /** Null where there is no regular file. */
  static @Nullable BasicFileAttributes regular(Path file) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
      return attributes.isRegularFile() ? attributes : null;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw Problems.notRead(file, e);
    }
  }
}
