package org.example.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar in the hands of an application, each time in a JVM of its own. */
class PathsIT {
  @TempDir private Path folder;

  /** This JVM has a class path with the built jar, and beside jars the directory of the tests. */
  private static String classPath(boolean jars) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar") == jars)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private List<String> run(String... options) throws Exception {
    Path output = folder.resolve("output");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add(Probe.class.getName());
    Process probe =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(probe.waitFor(60, TimeUnit.SECONDS)).as("ended within 60 s").isTrue();
    } finally {
      probe.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(output);
    assertThat(probe.exitValue()).as("%s", lines).isZero();
    return lines;
  }

  @Test
  void plugin_onTheModulePath_isFoundAndAnswers() throws Exception {
    assertThat(classPath(true)).contains("last-activity-1.0-SNAPSHOT.jar");
    assertThat(
            run(
                "--module-path",
                classPath(true),
                "--add-modules",
                "dev.bobbin.xmpp.core,dev.bobbin.xmpp.testkit",
                "--class-path",
                classPath(false)))
        .containsExactly(
            "plugin in module org.example.lastactivity",
            "client in module dev.bobbin.xmpp.core",
            "plugins on: [xep_0030, xep_0012]",
            "juliet@example.org/balcony answered");
  }

  @Test
  void plugin_onTheClassPath_isFoundAndAnswers() throws Exception {
    List<String> lines =
        run("--class-path", classPath(true) + File.pathSeparator + classPath(false));

    assertThat(lines.subList(0, 2))
        .allSatisfy(line -> assertThat(line).matches("(plugin|client) in unnamed module.*"));
    assertThat(lines.subList(2, lines.size()))
        .containsExactly("plugins on: [xep_0030, xep_0012]", "juliet@example.org/balcony answered");
  }
}
