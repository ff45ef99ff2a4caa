package dev.bobbin.store.jsonfile;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The directories and symbolic links that a path leads through, where the system has an owner, a
 * group and others. Whoever may rename what is in one of these directories, or owns a directory or
 * a link, can put another directory in the place of a store's, however well that one is guarded. In
 * a directory with the sticky bit, such as {@code /tmp}, only owners may rename what is theirs.
 *
 * <p>A path is followed as the system does it, link by link, since each link lies in a directory of
 * its own. For one use.
 */
final class Ancestors {
  private static final int MOST_LINKS = 40;
  private static final int STICKY = 01000;

  private final Path store;
  private final String self;
  private int links;

  private Ancestors(Path store, String self) {
    this.store = store;
    this.self = self;
  }

  /**
   * Fails when somebody else than this user and root can lead the path elsewhere.
   *
   * @param store a directory that exists, by an absolute path
   * @param self the name of the user that this process makes files as
   */
  static void check(Path store, String self) throws IOException {
    new Ancestors(store, self).follow(store);
  }

  private void follow(Path path) throws IOException {
    Path directory = path.getRoot();
    for (Path name : path) {
      checkDirectory(directory);
      Path next = directory.resolve(name);
      if (Files.isSymbolicLink(next)) {
        if (++links > MOST_LINKS) {
          throw new IOException(
              store
                  + " leads through more than "
                  + MOST_LINKS
                  + " symbolic links; set 'directory' of json-file to where it leads"
                  + " (docs/errors.md#store-directory)");
        }
        requireOwner("The symbolic link " + next, next);
        follow(directory.resolve(Files.readSymbolicLink(next)));
      }
      directory = next.toRealPath();
    }
  }

  private void checkDirectory(Path directory) throws IOException {
    PosixFileAttributes attributes = Files.readAttributes(directory, PosixFileAttributes.class);
    String owner = attributes.owner().getName();
    String group = attributes.group().getName();
    if (DirectoryAccess.othersMayWrite(attributes.permissions(), owner, group)
        && !isSticky(directory)) {
      throw new IOException(
          "Others may write into "
              + directory
              + through()
              + ": its mode is "
              + PosixFilePermissions.toString(attributes.permissions())
              + " without the sticky bit, its owner "
              + owner
              + ", its group "
              + group
              + ". They can put another directory in the store's place. Take that right away (chmod"
              + " go-w)"
              + DirectoryAccess.OTHER_PLACE_OR);
    }
    requireOwner("The directory " + directory, directory);
  }

  private static boolean isSticky(Path directory) throws IOException {
    return directory.getFileSystem().supportedFileAttributeViews().contains("unix")
        && ((Integer) Files.getAttribute(directory, "unix:mode") & STICKY) != 0;
  }

  private void requireOwner(String what, Path path) throws IOException {
    String owner = Files.getOwner(path, NOFOLLOW_LINKS).getName();
    if (!owner.equals(self) && !DirectoryAccess.isRoot(path, owner, NOFOLLOW_LINKS)) {
      throw new IOException(
          what
              + through()
              + ", belongs to "
              + owner
              + ", and this process runs as "
              + self
              + ". The owner can put another directory in the store's place. Give it to "
              + self
              + " or to root (chown)"
              + DirectoryAccess.OTHER_PLACE_OR);
    }
  }

  private String through() {
    return ", which leads to the store of JSON files " + store;
  }
}
