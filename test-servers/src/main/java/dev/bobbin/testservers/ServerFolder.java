package dev.bobbin.testservers;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A temporary folder, readable by its owner alone since it holds a private key, that is removed
 * with all that is in it.
 */
record ServerFolder(Path path) implements AutoCloseable {
  static ServerFolder create(String server) throws IOException {
    return new ServerFolder(Files.createTempDirectory("bobbin-" + server + "-"));
  }

  /** A folder inside this one. */
  Path subfolder(String name) throws IOException {
    return Files.createDirectory(path.resolve(name));
  }

  /** Idempotent. Follows no links. */
  @Override
  public void close() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            // A server that is ending removes files of its own.
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
