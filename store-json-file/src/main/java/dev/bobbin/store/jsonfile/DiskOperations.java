package dev.bobbin.store.jsonfile;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;

/**
 * The steps on the real file system.
 *
 * <p>Where a file that somebody has open can be neither replaced nor removed, as on Windows, these
 * two are tried again, {@value #RETRIES} times within about a second: whoever reads an item has it
 * open for less. Elsewhere such an error does not pass.
 */
final class DiskOperations implements FileOperations {
  static final int RETRIES = 10;

  private static final FileAttribute<?>[] NONE = {};
  private final ItemReader.Pause pause;

  DiskOperations() {
    this(ItemReader.Pause.SLEEP);
  }

  DiskOperations(ItemReader.Pause pause) {
    this.pause = pause;
  }

  /** Whether the file system has an owner, a group and others; if so, a directory can be synced. */
  static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  static FileAttribute<?>[] permissions(Path path, String permissions) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : NONE;
  }

  @Override
  public FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        permissions(file, "rw-------"));
  }

  @Override
  public void write(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      if (channel.write(buffer) == 0) {
        throw new IOException("the file system takes no more bytes");
      }
    }
  }

  @Override
  public void force(FileChannel channel) throws IOException {
    channel.force(true);
  }

  @Override
  public boolean link(Path file, Path second) throws IOException {
    try {
      Files.createLink(second, file);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      // FAT and some network file systems have no links: a copy is as good, only slower.
      return copy(file, second);
    }
  }

  private static boolean copy(Path file, Path second) throws IOException {
    if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      Files.copy(file, second, StandardCopyOption.COPY_ATTRIBUTES, NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return false;
    }
    // Unlike a link, it has bytes of its own, which take the place of the file's in an undo.
    try (FileChannel channel = FileChannel.open(second, StandardOpenOption.READ, NOFOLLOW_LINKS)) {
      channel.force(true);
      return true;
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    retrying(from, () -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
  }

  /** One step, where the file system has links: a link never takes the place of a file. */
  @Override
  public void renameIfFree(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      FileOperations.super.renameIfFree(from, to);
    }
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    // Windows opens no directories, so a power failure may undo the last renames there.
    if (isPosix(directory)) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    retrying(file, () -> Files.deleteIfExists(file));
  }

  /** A step that an open file can be in the way of. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private void retrying(Path file, Step step) throws IOException {
    for (int failed = 0; true; failed++) {
      try {
        step.run();
        return;
      } catch (FileSystemException e) {
        if (failed == RETRIES || isPosix(file) || !mayPass(e)) {
          throw e;
        }
      }
      try {
        pause.pause(Duration.ofMillis(1L << failed));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException(e.getMessage()).initCause(e);
      }
    }
  }

  /** Windows tells of an open file by either; the other subclasses say more. */
  private static boolean mayPass(FileSystemException e) {
    return e instanceof AccessDeniedException || e.getClass() == FileSystemException.class;
  }
}
