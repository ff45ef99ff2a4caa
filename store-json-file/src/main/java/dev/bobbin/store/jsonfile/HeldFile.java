package dev.bobbin.store.jsonfile;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The way back of a file that was held under a hidden name to be looked at. */
final class HeldFile {
  private HeldFile() {}

  /**
   * Gives a file its own name back, unless there is a newer file of that name by now. The hidden
   * name goes for good: after a power cut it would come back, and the file with it, though that may
   * have been deleted meanwhile.
   *
   * @throws IOException when there is no file of that name afterwards, or when the disk may not
   *     keep it; the message says which
   */
  static void putBack(Path held, Path directory, String name, FileOperations files)
      throws IOException {
    Path target = directory.resolve(name);
    boolean linked;
    try {
      linked = files.link(held, target);
    } catch (FileAlreadyExistsException e) {
      forget(held, files);
      return;
    } catch (IOException e) {
      throw Problems.notPutBack(target, held, e);
    }
    if (linked) {
      try {
        files.forceDirectory(directory);
      } finally {
        forget(held, files);
      }
    } else if (!Files.exists(target, NOFOLLOW_LINKS)) {
      // A store that was opened meanwhile puts it back as well; but then it would be there.
      throw Problems.gone(target);
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
