package dev.bobbin.store.jsonfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Who may write into a directory, where the system has an owner, a group and others. Whoever may
 * can put what peers then fetch as ours, or take it away; so it must be this process's user alone,
 * or root, who may anyway.
 *
 * @param directory which one
 * @param permissions its mode
 * @param owner the name of its owner
 * @param group the name of its group
 * @param ownedByRoot whether that is the user of number 0
 */
record DirectoryAccess(
    Path directory,
    Set<PosixFilePermission> permissions,
    String owner,
    String group,
    boolean ownedByRoot) {
  private static final String OR =
      " or set 'allow-shared-directory' of json-file to true (docs/errors.md#shared-directory)";

  static final String OTHER_PLACE_OR = ", set 'directory' of json-file to another place," + OR;

  /** Empty where nobody can tell. Links are followed. */
  static Optional<DirectoryAccess> of(Path directory) throws IOException {
    if (!DiskOperations.isPosix(directory)) {
      return Optional.empty();
    }
    PosixFileAttributes attributes = Files.readAttributes(directory, PosixFileAttributes.class);
    String owner = attributes.owner().getName();
    return Optional.of(
        new DirectoryAccess(
            directory,
            attributes.permissions(),
            owner,
            attributes.group().getName(),
            isRoot(directory, owner)));
  }

  /** A group that is named as the owner is that user's own, by the custom of many systems. */
  static boolean othersMayWrite(Set<PosixFilePermission> permissions, String owner, String group) {
    return permissions.contains(PosixFilePermission.OTHERS_WRITE)
        || (permissions.contains(PosixFilePermission.GROUP_WRITE) && !group.equals(owner));
  }

  static boolean isRoot(Path path, String owner, LinkOption... options) throws IOException {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? Files.getAttribute(path, "unix:uid", options).equals(0)
        : owner.equals("root");
  }

  /** Fails when its mode lets others write. */
  void requireNoOtherWriters() throws IOException {
    if (othersMayWrite(permissions, owner, group)) {
      throw new IOException(
          "Others may write into "
              + directory
              + ", where a store of JSON files is to be: its mode is "
              + mode()
              + ", its owner "
              + owner
              + ", its group "
              + group
              + ". Whoever writes there decides what peers are given. Take that right away (chmod"
              + " go-w),"
              + OR);
    }
  }

  /**
   * Fails when it is somebody else's.
   *
   * @param self the name of the user that this process makes files as
   */
  void requireOwner(String self) throws IOException {
    if (!ownedByRoot && !owner.equals(self)) {
      throw new IOException(
          directory
              + ", where a store of JSON files is to be, belongs to "
              + owner
              + ", mode "
              + mode()
              + ", and this process runs as "
              + self
              + ". Give the directory to "
              + self
              + " (chown)"
              + OTHER_PLACE_OR);
    }
  }

  private String mode() {
    return PosixFilePermissions.toString(permissions);
  }
}
