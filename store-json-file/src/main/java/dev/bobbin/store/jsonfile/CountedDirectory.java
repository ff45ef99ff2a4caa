package dev.bobbin.store.jsonfile;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.bobbin.xmpp.bob.spi.StoreFullException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
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
   * @param evicted what went for the sake of this file already
   * @throws StoreFullException when hosted files leave no room
   * @throws NoRoomException when received ones have to be evicted first; nothing has changed
   */
  void replace(String name, byte[] content, Tally evicted) throws IOException {
    write(name, content, evicted, directory::replace);
  }

  /**
   * As {@link ItemDirectory#create}, if there is room: see {@link #replace}.
   *
   * @throws FileAlreadyExistsException when there is a file of that name
   */
  void create(String name, byte[] content, Tally evicted) throws IOException {
    write(name, content, evicted, directory::create);
  }

  /** How a file comes to its place. */
  @FunctionalInterface
  private interface Writing {
    void write(String name, byte[] content) throws IOException;
  }

  private void write(String name, byte[] content, Tally evicted, Writing writing)
      throws IOException {
    Tally before = tally(file(name));
    Tally after = Tally.file(content.length);
    Tally reserved = quota.reserve(count, before, after, evicted);
    boolean done = false;
    try {
      writing.write(name, content);
      done = true;
    } finally {
      // What a change that failed has left is the old file, as a rule.
      quota.settle(count, name, reserved, before, done ? after : tally(file(name)));
    }
  }

  /** As {@link ItemDirectory#remove}. */
  boolean remove(String name) throws IOException {
    Tally before = tally(file(name));
    boolean done = false;
    try {
      boolean removed = directory.remove(name);
      done = true;
      return removed;
    } finally {
      quota.settle(count, name, Tally.NONE, before, done ? Tally.NONE : tally(file(name)));
    }
  }

  /**
   * As {@link ItemDirectory#removeIf}.
   *
   * @return what has gone
   */
  Tally removeIf(String name, ItemDirectory.Condition condition) throws IOException {
    Tally[] removed = {Tally.NONE};
    directory.removeIf(
        name,
        held -> {
          boolean holds = condition.holds(held);
          if (holds) {
            removed[0] = tally(held);
          }
          return holds;
        });
    quota.settle(count, name, Tally.NONE, removed[0], Tally.NONE);
    return removed[0];
  }

  private static Tally tally(Path file) {
    return tally(attributes(file));
  }

  static Tally tally(@Nullable BasicFileAttributes attributes) {
    return attributes == null ? Tally.NONE : Tally.file(attributes.size());
  }

  /** Null where there is no regular file, or one that cannot be looked at. */
  static @Nullable BasicFileAttributes attributes(Path file) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
      return attributes.isRegularFile() ? attributes : null;
    } catch (IOException e) {
      return null;
    }
  }
}
