package dev.bobbin.store.jsonfile;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a store's directories ready, or says what is in the way. */
final class StoreDirectory {
  static final String RECEIVED = "_received";

  private static final String WHERE = " (docs/errors.md#store-directory)";

  private StoreDirectory() {}

  /** Makes what is missing, checks that files can be made, and sees to what dead processes left. */
  static void prepare(Path directory, FileOperations files) throws IOException {
    Path received = directory.resolve(RECEIVED);
    make(directory, files);
    make(received, files);
    if (Files.isSymbolicLink(received)) {
      throw new IOException(
          received
              + " is a symbolic link, which a store of JSON files does not follow; move it away"
              + WHERE);
    }
    for (Path each : new Path[] {directory, received}) {
      requireWritable(each, files);
      new Leftovers(each, files, MachineClock.now()).seeTo();
    }
  }

  private static void make(Path directory, FileOperations files) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    if (Files.exists(directory, NOFOLLOW_LINKS)) {
      throw new IOException(
          directory
              + " is no directory, so it cannot hold a store of JSON files; move it away, or set"
              + " 'directory' of json-file to another place"
              + WHERE);
    }
    Path parent = directory.getParent();
    if (parent == null) {
      throw new IOException(
          "There is no " + directory + " to make a store of JSON files in" + WHERE);
    }
    make(parent, files);
    try {
      Files.createDirectory(directory, DiskOperations.permissions(directory, "rwx------"));
      files.forceDirectory(parent);
    } catch (FileAlreadyExistsException e) {
      // Another process was faster; whether it is a directory shows below.
      if (!Files.isDirectory(directory)) {
        throw unmade(directory, e);
      }
    } catch (IOException e) {
      throw unmade(directory, e);
    }
  }

  private static IOException unmade(Path directory, IOException cause) {
    return new IOException(
        "Could not make the directory "
            + directory
            + " for a store of JSON files: "
            + Problems.reason(cause)
            + ". Make it yourself, or set 'directory' of json-file to another place"
            + WHERE,
        cause);
  }

  private static void requireWritable(Path directory, FileOperations files) throws IOException {
    Path probe = HiddenName.unfinished(directory);
    try {
      try (FileChannel channel = files.create(probe)) {
        Leftovers.lock(channel);
      }
      files.delete(probe);
    } catch (IOException e) {
      throw new IOException(
          "Could not make a file in "
              + directory
              + ", where a store of JSON files is to be: "
              + Problems.reason(e)
              + ". Make it writable, or set 'directory' of json-file to another place"
              + WHERE,
          e);
    }
  }
}
