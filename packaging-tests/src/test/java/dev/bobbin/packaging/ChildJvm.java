package dev.bobbin.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts a program in a JVM of its own and waits for its end. */
final class ChildJvm {
  private static final int SECONDS = 60;

  /**
   * How it ended.
   *
   * @param status its exit status
   * @param output standard output and error together
   */
  record Outcome(int status, String output) {
    /** The rest of the only line that begins so. */
    String line(String beginning) {
      List<String> lines = output.lines().filter(line -> line.startsWith(beginning)).toList();
      if (lines.size() != 1) {
        throw new AssertionError(
            "one line that begins with '" + beginning + "' was expected in:\n" + output);
      }
      return lines.get(0).substring(beginning.length());
    }
  }

  private final Path home;
  private final Path folder;
  private final List<String> options = new ArrayList<>();

  /** The JVM of these tests; files of the user's go into the folder. */
  ChildJvm(Path folder) {
    this(Path.of(System.getProperty("java.home")), folder);
  }

  ChildJvm(Path home, Path folder) {
    this.home = home;
    this.folder = folder;
    // They live for half a second, in which no other compiler or collector pays.
    with("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
  }

  ChildJvm with(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  ChildJvm modulePath(List<Path> jars) {
    return with("--module-path", joined(jars));
  }

  ChildJvm classPath(List<Path> jars) {
    return with("--class-path", joined(jars));
  }

  static String joined(List<Path> jars) {
    return String.join(
        System.getProperty("path.separator"), jars.stream().map(Path::toString).toList());
  }

  Outcome run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve("java").toString());
    // It lives for a second or two: what starts the fastest, and changes nothing that is tested.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
    // Whatever they hold would be printed, or change what is tested.
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(
            command + " did not end within " + SECONDS + " s:\n" + Files.readString(output));
      }
    } finally {
      process.destroyForcibly();
    }
    return new Outcome(process.exitValue(), Files.readString(output));
  }
}
