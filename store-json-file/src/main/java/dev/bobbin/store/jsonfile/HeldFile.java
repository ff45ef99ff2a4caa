package dev.bobbin.store.jsonfile;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The way back of a file that was held under a hidden name to be looked at. */
final class HeldFile {
  private HeldFile() {}

  /**
   * Gives a file its own name back, unless there is a newer file of that name by now. That is one
   * step, so that nobody finds half a file there, nor takes it for a newer one. The hidden name
   * goes for good: after a power cut it would come back, and the file with it, though that may have
   * been deleted meanwhile.
   *
   * @throws IOException when there is no file of that name afterwards, or when the disk may not
   *     keep it; the message says which
   */
  static void putBack(Path held, Path directory, String name, FileOperations files)
      throws IOException {
    Path target = directory.resolve(name);
    try {
      files.renameIfFree(held, target);
    } catch (FileAlreadyExistsException e) {
      forget(held, files);
      return;
    } catch (NoSuchFileException e) {
      // A store that was opened meanwhile puts it back as well; but then it would be there.
      if (!Files.exists(target, NOFOLLOW_LINKS)) {
        throw Problems.gone(target);
      }
      return;
    } catch (IOException e) {
      throw Problems.notPutBack(target, held, e);
    }
    try {
      files.forceDirectory(directory);
    } finally {
      forget(held, files);
    }
  }

  private static void forget(Path held, FileOperations files) throws IOException {
    files.discard(held);
    Path hidden = held.getParent();
    if (hidden != null) {
      files.forceDirectory(hidden);
    }
  }
}
