package dev.bobbin.testservers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.opentest4j.TestAbortedException;

/**
 * What a test needs that this project does not bring: a server that is installed.
 *
 * <p>Where it is missing, the test is skipped with a message that says what to install. In an
 * environment with {@code CI=true} it fails instead: there a skipped test would be one that nobody
 * ever runs.
 */
public final class ServerRequirement {
  /** A program, and the Debian package that brings it. */
  private record Tool(String program, String debianPackage) {}

  private static final Map<String, List<Tool>> TOOLS =
      Map.of(
          "prosody",
          List.of(
              new Tool("prosody", "prosody"),
              new Tool("prosodyctl", "prosody"),
              new Tool("openssl", "openssl")));

  private final Map<String, String> environment;

  ServerRequirement(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Goes on only where a server can be started. To be called before the first use of it, in a test
   * or in a method that runs before all.
   *
   * @param server {@code prosody}
   * @throws TestAbortedException when it is missing, so that JUnit skips the test
   * @throws AssertionError when it is missing and the environment has {@code CI=true}
   * @throws IllegalArgumentException when no server of that name is known
   */
  public static void require(String server) {
    new ServerRequirement(System.getenv()).check(Objects.requireNonNull(server, "server"));
  }

  void check(String server) {
    List<Tool> tools = TOOLS.get(server);
    if (tools == null) {
      throw new IllegalArgumentException(
          "No server '" + server + "' is known; there are: " + TOOLS.keySet());
    }
    for (Tool tool : tools) {
      if (!isOnPath(tool.program())) {
        throw missing(tool);
      }
    }
  }

  private RuntimeException missing(Tool tool) {
    String install = "install " + tool.debianPackage();
    if ("true".equals(environment.get("CI"))) {
      throw new AssertionError(
          install + ": with CI=true nothing is skipped, and '" + tool.program() + "' is missing");
    }
    return new TestAbortedException("skipped: " + install);
  }

  private boolean isOnPath(String program) {
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      try {
        if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
          return true;
        }
      } catch (InvalidPathException e) {
        // Then there is nothing to be found in it.
      }
    }
    return false;
  }
}
