package dev.bobbin.xmpp.bob.testkit;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a closed store, which can be put back as they were, all or all but some.
 *
 * <p>Files that are put back seem an hour old: damage shows in a file's bytes, not in its time.
 *
 * @param root the directory that holds them
 * @param directories the directories below it, each behind the one that it is in
 * @param files what the files held
 */
record PlaceOnDisk(Path root, List<Path> directories, Map<Path, byte[]> files) {
  private static final int MOST_FILES = 2_000;
  private static final long MOST_BYTES = 64L * 1024 * 1024;
  private static final Duration AGE = Duration.ofHours(1);

  static PlaceOnDisk of(Path root) throws IOException {
    List<Path> directories = new ArrayList<>();
    Map<Path, byte[]> files = new TreeMap<>();
    long bytes = 0;
    try (Stream<Path> below = Files.walk(root)) {
      for (Path each : (Iterable<Path>) below::iterator) {
        if (Files.isDirectory(each, NOFOLLOW_LINKS)) {
          directories.add(each);
        } else if (Files.isRegularFile(each, NOFOLLOW_LINKS)) {
          bytes += Files.size(each);
          if (files.size() == MOST_FILES || bytes > MOST_BYTES) {
            throw new AssertionError(
                "a few small items take too many files to damage, or too large");
          }
          files.put(each, Files.readAllBytes(each));
        }
      }
    }
    directories.remove(root);
    return new PlaceOnDisk(root, directories, files);
  }

  /** Puts back what was there, and nothing else. */
  void restore() throws IOException {
    restore(Map.of());
  }

  /** The same, but that some files hold other bytes. */
  void restore(Map<Path, byte[]> others) throws IOException {
    Map<Path, byte[]> wanted = new TreeMap<>(files);
    wanted.putAll(others);
    write(wanted);
  }

  /** The same without one file. */
  void restoreWithout(Path file) throws IOException {
    Map<Path, byte[]> wanted = new TreeMap<>(files);
    wanted.remove(file);
    write(wanted);
  }

  private void write(Map<Path, byte[]> wanted) throws IOException {
    removeForeign();
    FileTime age = FileTime.from(Instant.now().minus(AGE));
    for (Path directory : directories) {
      Files.createDirectories(directory);
    }
    for (Map.Entry<Path, byte[]> file : wanted.entrySet()) {
      Files.write(file.getKey(), file.getValue());
      Files.setLastModifiedTime(file.getKey(), age);
    }
  }

  /** Directories that were there stay, and so do their permissions. */
  private void removeForeign() throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem)
              throws IOException {
            if (problem != null) {
              throw problem;
            }
            if (!directory.equals(root) && !directories.contains(directory)) {
              Files.delete(directory);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
