package dev.bobbin.store.jsonfile;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What processes that died have left under hidden names, seen to when a store is opened.
 *
 * <p>A file that was held to see whether it has expired is put back at once, unless there is
 * another one of its own name: it may be an item that was put just before. Nothing is lost if its
 * holder is alive, who then finds it put back.
 *
 * <p>The others are removed once their names are an hour old (and nobody holds a lock on them, for
 * those being written): a change takes milliseconds. Putting them back would be wrong, since the
 * item may have been deleted in the meantime. Should a process have been suspended for that hour in
 * the middle of a change that then fails, it says that what was there before is gone.
 */
final class Leftovers {
  static final Duration STALE = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  private final Path directory;
  private final FileOperations files;
  private final Instant now;

  Leftovers(Path directory, FileOperations files, Instant now) {
    this.directory = directory;
    this.files = files;
    this.now = now;
  }

  /** Best effort, since a lock only spares the file from being taken for a dead writer's. */
  static void lock(FileChannel channel) throws IOException {
    try {
      channel.tryLock();
    } catch (IOException | OverlappingFileLockException e) {
      // A file system without locks still has the age to go by.
      if (!channel.isOpen()) {
        throw e;
      }
    }
  }

  void seeTo() throws IOException {
    Path place = HiddenName.directory(directory);
    try (DirectoryStream<Path> hidden = Files.newDirectoryStream(place, HiddenName.GLOB)) {
      for (Path file : hidden) {
        Optional<HiddenName> name = HiddenName.parse(String.valueOf(file.getFileName()));
        if (name.isPresent() && Files.isRegularFile(file, NOFOLLOW_LINKS)) {
          seeTo(file, name.get());
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private void seeTo(Path file, HiddenName name) {
    try {
      switch (name.kind()) {
        case HELD -> HeldFile.putBack(file, directory, name.item(), files);
        case UNFINISHED -> {
          if (isStale(name) && !isLocked(file)) {
            files.delete(file);
          }
        }
        case REPLACED, REMOVED -> {
          if (isStale(name)) {
            files.delete(file);
          }
        }
      }
    } catch (IOException e) {
      LOG.warn("{} is left as it is: {}", file, Problems.reason(e));
    }
  }

  private boolean isStale(HiddenName name) {
    return name.made().plus(STALE).isBefore(now);
  }

  private static boolean isLocked(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }
}
