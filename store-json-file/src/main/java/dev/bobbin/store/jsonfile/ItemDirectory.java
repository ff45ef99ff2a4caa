package dev.bobbin.store.jsonfile;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A directory whose files change whole and durably, or not at all.
 *
 * <p>A file is written under a hidden name, forced to the disk, and renamed; then the directory is
 * forced. Until that last step the old file has a second name, also hidden: should forcing the
 * directory fail, the old file is renamed back, and so an error means that nothing has changed; if
 * the disk does not even let that be done, the error says so ({@link Undo}). A descriptor whose
 * forcing failed is never forced again, since the kernel may have forgotten by then what it could
 * not write. Removing a file goes by a hidden name as well, for the same reason.
 *
 * <p>Hidden names are in a directory of their own ({@link HiddenName}), which is forced only when a
 * file that was held is put back. Its other names may come back after a power cut, or be gone: what
 * counts is whether the file has its own name, and {@link Leftovers} removes the rest. A rename
 * between the two directories is one step on the disk also, as journals and logs have it.
 *
 * <p>The caller sees to it that one name is changed by one thread at a time. Other processes may
 * change the same name: the last rename wins. Names are listed while no file of this process is
 * being renamed, because some file systems may leave out, or show twice, what is renamed meanwhile.
 */
final class ItemDirectory {
  private final Path path;
  private final FileOperations files;
  private final ReadWriteLock names = new ReentrantReadWriteLock();

  /** How many files went that nobody has forced, and how many of these were forced since. */
  private final AtomicLong evicted = new AtomicLong();

  private final AtomicLong evictedForGood = new AtomicLong();

  ItemDirectory(Path path, FileOperations files) {
    this.path = path;
    this.files = files;
  }

  Path path() {
    return path;
  }

  Path file(String name) {
    return path.resolve(name);
  }

  /** Whether a file found there is to be removed. */
  @FunctionalInterface
  interface Condition {
    boolean holds(Path file) throws IOException;
  }

  /**
   * Puts a file where there is none of that name: of several processes that do so at once, one.
   *
   * @throws FileAlreadyExistsException when there is one
   */
  void create(String name, byte[] content) throws IOException {
    Path target = file(name);
    Path fresh = HiddenName.unfinished(path);
    try {
      write(fresh, content);
      names.readLock().lock();
      try {
        files.renameIfFree(fresh, target);
      } finally {
        names.readLock().unlock();
      }
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw Problems.notWritten(target, Problems.UNTOUCHED, e);
    } finally {
      files.discard(fresh);
    }
    try {
      force();
    } catch (IOException | RuntimeException e) {
      throw new Undo(path, files, names.readLock()).replaced(target, content, null, e);
    }
  }

  /** Puts a file in place of the one that has that name, if any. */
  void replace(String name, byte[] content) throws IOException {
    Path target = file(name);
    Path fresh = HiddenName.unfinished(path);
    Path old = HiddenName.replaced(path);
    boolean hadOld;
    try {
      write(fresh, content);
      hadOld = files.link(target, old);
      rename(fresh, target);
    } catch (IOException | RuntimeException e) {
      files.discard(fresh);
      files.discard(old);
      throw Problems.notWritten(target, Problems.UNTOUCHED, e);
    }
    try {
      force();
    } catch (IOException | RuntimeException e) {
      throw new Undo(path, files, names.readLock())
          .replaced(target, content, hadOld ? old : null, e);
    }
    if (hadOld) {
      files.discard(old);
    }
  }

  private void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel = files.create(file)) {
      Leftovers.lock(channel);
      files.write(channel, content);
      files.force(channel);
    }
  }

  /**
   * Removes a file; a directory of that name is nothing of ours, and stays.
   *
   * @return whether there was a file
   */
  boolean remove(String name) throws IOException {
    Path target = file(name);
    Path aside = HiddenName.removed(path);
    try {
      if (Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isDirectory()) {
        return false;
      }
      rename(target, aside);
    } catch (NoSuchFileException e) {
      if (Files.isDirectory(HiddenName.directory(path), LinkOption.NOFOLLOW_LINKS)) {
        forceEvicted(target);
        return false;
      }
      throw Problems.notRemoved(target, Problems.UNTOUCHED, e);
    } catch (IOException e) {
      throw Problems.notRemoved(target, Problems.UNTOUCHED, e);
    }
    try {
      force();
    } catch (IOException | RuntimeException e) {
      throw new Undo(path, files, names.readLock()).removed(target, aside, e);
    }
    files.discard(aside);
    return true;
  }

  /**
   * Removes a file for which a condition holds. It is looked at under a hidden name, so that what
   * is removed is what was looked at, even if another process puts a new one meanwhile. Other
   * processes miss it while it is looked at. A crash during that look loses nothing: {@link
   * Leftovers} puts it back. After it the file has a hidden name from which it never comes back,
   * since its key may have been put and deleted by then. Not forced: a power cut may bring back
   * what was there before, of which the condition still holds.
   *
   * @return whether it was removed
   */
  boolean removeIf(String name, Condition condition) throws IOException {
    Path target = file(name);
    Path held = HiddenName.held(path, name);
    try {
      rename(target, held);
    } catch (NoSuchFileException e) {
      return false;
    }
    boolean holds = false;
    try {
      holds = condition.holds(held);
    } finally {
      // An interrupt would close each channel that the way back opens; it is kept for afterwards.
      boolean interrupted = Thread.interrupted();
      try {
        if (holds) {
          files.discard(forGood(held));
        } else {
          HeldFile.putBack(held, path, name, files);
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
    return holds;
  }

  /** Best effort: under its first name it would be put back, should it outlive this. */
  private Path forGood(Path held) {
    Path removed = HiddenName.removed(path);
    try {
      files.rename(held, removed);
      return removed;
    } catch (IOException e) {
      return held;
    }
  }

  /**
   * Removes a file that may be there again after a crash, or may not, until that name is put or
   * removed.
   */
  void evict(String name) throws IOException {
    files.delete(file(name));
    evicted.incrementAndGet();
  }

  /** Whoever removes a name that has none was told that it has none for good. */
  private void forceEvicted(Path target) throws IOException {
    if (evictedForGood.get() < evicted.get()) {
      try {
        force();
      } catch (IOException | RuntimeException e) {
        throw Problems.notRemoved(target, Problems.UNTOUCHED, e);
      }
    }
  }

  private void force() throws IOException {
    long before = evicted.get();
    files.forceDirectory(path);
    evictedForGood.accumulateAndGet(before, Math::max);
  }

  private void rename(Path from, Path to) throws IOException {
    names.readLock().lock();
    try {
      files.rename(from, to);
    } finally {
      names.readLock().unlock();
    }
  }

  /** The least of them above the given one, sorted, at most so many: memory is bounded by that. */
  List<String> namesAfter(String after, int limit, DirectoryNames.Listed listed)
      throws IOException {
    names.writeLock().lock();
    try {
      return DirectoryNames.after(path, after, limit, listed);
    } finally {
      names.writeLock().unlock();
    }
  }
}
