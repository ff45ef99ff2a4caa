package dev.bobbin.store.jsonfile;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a store's directories ready, or says what is in the way. */
final class StoreDirectory {
  static final String RECEIVED = "_received";

  private static final String WHERE = " (docs/errors.md#store-directory)";

  private StoreDirectory() {}

  /**
   * Makes what is missing, checks who can make files and who can lead the path elsewhere, and sees
   * to what dead processes left. Each directory is checked before anything is kept in it.
   *
   * @return the directory itself, with all links resolved, as it was checked
   */
  static Path prepare(Path directory, boolean mayBeShared, FileOperations files)
      throws IOException {
    try {
      return checked(directory, mayBeShared, files);
    } catch (FileSystemException e) {
      throw Problems.notOpened(
          "look at what is in " + directory + ", where a store of JSON files is to be",
          "Let this user read there, or set 'directory' of json-file to another place",
          e);
    }
  }

  private static Path checked(Path directory, boolean mayBeShared, FileOperations files)
      throws IOException {
    Path received = directory.resolve(RECEIVED);
    make(directory, "Make it and give it to the user who runs this", files);
    String self = check(directory, mayBeShared, files);
    if (!mayBeShared && DiskOperations.isPosix(directory)) {
      Ancestors.check(directory, self);
    }
    makeBelow(received, files);
    check(received, mayBeShared, files);
    for (Path each : new Path[] {directory, received}) {
      new Leftovers(each, files, MachineClock.now()).seeTo();
    }
    return directory.toRealPath();
  }

  /**
   * Checks a directory of items, and that of its hidden files.
   *
   * @return the name of the user that files are made as
   */
  private static String check(Path directory, boolean mayBeShared, FileOperations files)
      throws IOException {
    List<DirectoryAccess> checked = new ArrayList<>();
    Path hidden = HiddenName.directory(directory);
    requireNoOtherWriters(directory, mayBeShared, checked);
    makeBelow(hidden, files);
    requireNoOtherWriters(hidden, mayBeShared, checked);
    String self = requireWritable(directory, files);
    for (DirectoryAccess access : checked) {
      access.requireOwner(self);
    }
    return self;
  }

  private static void requireNoOtherWriters(
      Path directory, boolean mayBeShared, List<DirectoryAccess> checked) throws IOException {
    Optional<DirectoryAccess> access =
        mayBeShared ? Optional.empty() : DirectoryAccess.of(directory);
    if (access.isPresent()) {
      access.get().requireNoOtherWriters();
      checked.add(access.get());
    }
  }

  /** Nobody but the store makes it, so it is no link to another place. */
  private static void makeBelow(Path directory, FileOperations files) throws IOException {
    make(directory, "Give " + directory.getParent() + " to the user who runs this", files);
    if (Files.isSymbolicLink(directory)) {
      throw new IOException(
          directory
              + " is a symbolic link, which a store of JSON files does not follow; move it away"
              + WHERE);
    }
  }

  /**
   * Makes a directory and those above it.
   *
   * @param whenDenied what to do where this user may not
   */
  private static void make(Path directory, String whenDenied, FileOperations files)
      throws IOException {
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
    make(parent, whenDenied, files);
    try {
      Files.createDirectory(directory, DiskOperations.permissions(directory, "rwx------"));
      files.forceDirectory(parent);
    } catch (FileAlreadyExistsException e) {
      // Another process was faster; whether it is a directory shows below.
      if (!Files.isDirectory(directory)) {
        throw unmade(directory, whenDenied, e);
      }
    } catch (IOException e) {
      throw unmade(directory, whenDenied, e);
    }
  }

  private static IOException unmade(Path directory, String whenDenied, IOException cause) {
    return Problems.notOpened(
        "make the directory " + directory + " for a store of JSON files",
        (cause instanceof AccessDeniedException ? whenDenied : "Make it yourself")
            + ", or set 'directory' of json-file to another place",
        cause);
  }

  /** Returns the name of the user that files are made as, who need not be the process's own. */
  private static String requireWritable(Path directory, FileOperations files) throws IOException {
    Path probe = HiddenName.unfinished(directory);
    try {
      if (!Files.isWritable(directory)) {
        throw new AccessDeniedException(directory.toString());
      }
      String self;
      try (FileChannel channel = files.create(probe)) {
        Leftovers.lock(channel);
        self = DiskOperations.isPosix(probe) ? Files.getOwner(probe).getName() : "";
      }
      files.delete(probe);
      return self;
    } catch (IOException e) {
      files.discard(probe);
      throw Problems.notOpened(
          "make a file in " + directory + ", where a store of JSON files is to be",
          "Let this user write there, or set 'directory' of json-file to another place",
          e);
    }
  }
}
