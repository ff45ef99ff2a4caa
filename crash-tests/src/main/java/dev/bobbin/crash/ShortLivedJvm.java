package dev.bobbin.crash;

import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * How a JVM on the class path of this one is started, made to start fast and to stay small. Most of
 * a writer's life is the loading of classes; so the first one leaves an archive of its own, which
 * halves that for the thousands that come after it. JVMs archive what is in jars only.
 */
final class ShortLivedJvm {
  private static final long PATIENCE_SECONDS = 120;
  private static final List<String> OPTIONS =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xmx64m",
          // A killed JVM would leave that file behind.
          "-XX:-UsePerfData",
          // The JVM's own warnings would be on standard output, among a program's reports.
          "-Xlog:disable",
          "-Xlog:all=error:stderr");

  private final String classPath;
  private final Path archive;

  private ShortLivedJvm(String classPath, Path archive) {
    this.classPath = classPath;
    this.archive = archive;
  }

  /**
   * Packs the class path and makes the archive. Blocks for a second or two.
   *
   * @param folder where both are kept
   * @param source what a writer warms up on
   */
  static ShortLivedJvm prepare(Path folder, StoreSource source)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry).toAbsolutePath();
      jars.add(
          (Files.isDirectory(path) ? pack(path, folder.resolve(jars.size() + ".jar")) : path)
              .toString());
    }
    Path archive = folder.resolve("classes.jsa").toAbsolutePath();
    ShortLivedJvm jvm = new ShortLivedJvm(String.join(File.pathSeparator, jars), archive);
    Process first =
        new ProcessBuilder(
                jvm.command("-XX:ArchiveClassesAtExit=" + archive, WriterProgram.class, List.of()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve("first.log").toFile())
            .start();
    try (BufferedWriter commands = first.outputWriter()) {
      source.send(commands);
    }
    try {
      if (!first.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || first.exitValue() != 0) {
        throw new IOException("a writer cannot warm up; see " + folder.resolve("first.log"));
      }
    } finally {
      first.destroyForcibly();
    }
    return jvm;
  }

  private static Path pack(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> below = Files.walk(classes)) {
      for (Path each : (Iterable<Path>) below.filter(Files::isRegularFile)::iterator) {
        String name = classes.relativize(each).toString().replace(File.separatorChar, '/');
        out.putNextEntry(new JarEntry(name));
        Files.copy(each, out);
      }
    }
    return jar.toAbsolutePath();
  }

  List<String> command(Class<?> program, List<String> arguments) {
    return command("-XX:SharedArchiveFile=" + archive, program, arguments);
  }

  private List<String> command(String option, Class<?> program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(List.of(option, "-classpath", classPath, program.getName()));
    command.addAll(arguments);
    return command;
  }
}
