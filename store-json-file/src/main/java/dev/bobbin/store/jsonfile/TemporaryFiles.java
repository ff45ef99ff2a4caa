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
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of files that are not, or no longer, items: hidden, which no key's name is, and never
 * used twice, by this process or another.
 *
 * <p>A process that dies leaves its own behind. They are removed when a store is opened, once they
 * are an hour old and nobody holds a lock on them: a write takes milliseconds. Should a process
 * have been suspended for that hour in the middle of a write, its write fails, and what it would
 * have replaced stays; so the worst outcome of removing too much is an error, never a loss.
 */
final class TemporaryFiles {
  static final Duration STALE = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(TemporaryFiles.class);
  private static final String PREFIX = ".bobbin-";
  private static final String SUFFIX = ".tmp";

  private TemporaryFiles() {}

  static Path next(Path directory) {
    return directory.resolve(PREFIX + UUID.randomUUID() + SUFFIX);
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

  static void removeStale(Path directory, Instant now) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
      for (Path file : files) {
        removeIfStale(file, now);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static void removeIfStale(Path file, Instant now) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
      Instant written = attributes.lastModifiedTime().toInstant();
      if (attributes.isRegularFile() && written.plus(STALE).isBefore(now) && !isLocked(file)) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.debug("{} is left as it is: {}", file, Problems.reason(e));
    }
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
