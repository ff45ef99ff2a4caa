package dev.bobbin.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the build made: the application's jars, and what it depends on. */
final class Built {
  private static final Path TARGET = Path.of(System.getProperty("bobbin.packaging.target"));
  private static final String JAR = System.getProperty("bobbin.packaging.jar");

  private Built() {}

  /** The application alone. */
  static Path application() {
    return existing(TARGET.resolve(JAR + ".jar"));
  }

  /** The application and all that it needs, in one jar that the Shade plugin made. */
  static Path shaded() {
    return existing(TARGET.resolve(JAR + "-all.jar"));
  }

  /** The directory with what the application needs at run time. */
  static Path lib() {
    return existing(TARGET.resolve("lib"));
  }

  /** The jar of one artifact. */
  static Path jar(String artifact) {
    Path kit = TARGET.resolve("lib-tests").resolve(artifact + ".jar");
    return Files.exists(kit) ? kit : existing(lib().resolve(artifact + ".jar"));
  }

  /** The application's jar and all that it needs, but for some artifacts. */
  static List<Path> jarsWithout(String... artifacts) {
    List<Path> left = new ArrayList<>(jars());
    for (String artifact : artifacts) {
      if (!left.remove(jar(artifact))) {
        throw new AssertionError("there is no " + artifact + " to leave out of " + left);
      }
    }
    return left;
  }

  static List<Path> jars() {
    try (Stream<Path> files = Files.list(lib())) {
      return Stream.concat(Stream.of(application()), files.sorted()).toList();
    } catch (IOException e) {
      throw new AssertionError("the build did not copy the jars", e);
    }
  }

  private static Path existing(Path path) {
    if (!Files.exists(path)) {
      throw new AssertionError("there is no " + path + "; run these tests with 'mvn verify'");
    }
    return path;
  }
}
