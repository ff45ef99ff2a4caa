package dev.bobbin.store.jsonfile;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The steps that a durable change of a directory is made of, so that tests can let each fail. */
interface FileOperations {
  /** Makes a file that must not exist yet, for its owner alone where the system can say so. */
  FileChannel create(Path file) throws IOException;

  /** Writes all of the bytes. */
  void write(FileChannel channel, byte[] bytes) throws IOException;

  /** Returns once the file's bytes are on the disk. */
  void force(FileChannel channel) throws IOException;

  /**
   * Gives a file a second name, which must not exist yet; a hidden one, since it may come to be a
   * copy, of which a crash leaves a part.
   *
   * @return false when there is no such file
   */
  boolean link(Path file, Path second) throws IOException;

  /** Gives a file another name in one step, in place of the file that had that name. */
  void rename(Path from, Path to) throws IOException;

  /**
   * Gives a file a name that nothing has yet; its first name may stay. Another process may come
   * between the two steps of this default, and then the last one wins.
   *
   * @throws FileAlreadyExistsException when something has it
   */
  default void renameIfFree(Path from, Path to) throws IOException {
    if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(to.toString());
    }
    rename(from, to);
  }

  /** Returns once the names in the directory are on the disk. */
  void forceDirectory(Path directory) throws IOException;

  /** Removes a name, if it exists. */
  void delete(Path file) throws IOException;

  /**
   * Removes a hidden name that is of no effect any more. Tries it twice, since what stays does so
   * until a store is opened an hour later.
   */
  default void discard(Path file) {
    for (int left = 2; left > 0; left--) {
      try {
        delete(file);
        return;
      } catch (IOException e) {
        // Nobody can do more about it.
      }
    }
  }
}
