package org.example.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that knows no store uses this one as soon as its jars are beside it. */
class DroppedInIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final int MOST_SECONDS = 60;

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(strings = {"--class-path", "--module-path"})
  void application_jarsDroppedIn_keepsItsItemsInThem(String path) throws Exception {
    List<Path> app = jars(TARGET.resolve("app"));
    assertThat(run(path, app))
        .contains("Bits of Binary of juliet@example.org", "are in the store 'memory'")
        .contains("there already: false");

    List<Path> both = new ArrayList<>(app);
    both.addAll(jars(TARGET.resolve("store")));
    assertThat(run(path, both))
        .contains("are in the store 'sqlite': " + home.resolve(".bobbin-sqlite"))
        .contains("there already: false");
    assertThat(run(path, both)).contains("there already: true");
    assertThat(run(path, both, "-Dbobbin.bob.sqlite.file=" + home.resolve("other.db")))
        .contains("are in the store 'sqlite': " + home.resolve("other.db"))
        .contains("there already: false");
  }

  /** On the module path the roots are the client's: the store is bound because it provides one. */
  private String run(String path, List<Path> jars, String... more) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(path);
    command.add(jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    if (path.equals("--module-path")) {
      command.add("--add-modules=dev.bobbin.xmpp.core,dev.bobbin.xmpp.bob,dev.bobbin.xmpp.testkit");
    }
    command.add("-Duser.home=" + home);
    command.addAll(List.of(more));
    command.add(Path.of("src/test/app/Bot.java").toAbsolutePath().toString());
    Path output = home.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(output);
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private static List<Path> jars(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }
}
