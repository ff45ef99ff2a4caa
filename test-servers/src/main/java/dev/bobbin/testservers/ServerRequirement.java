package dev.bobbin.testservers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * What a test needs that this project does not bring: a server that is installed, or a peer.
 *
 * <p>Where it is missing, the test is skipped with a message that says what to install. In an
 * environment with {@code CI=true} it fails instead: there a skipped test would be one that nobody
 * ever runs.
 */
public final class ServerRequirement {
  /** The Python that sees Debian's packages; the first on the {@code PATH} may be another. */
  public static final String PYTHON = "/usr/bin/python3";

  private static final long PROBE_SECONDS = 20;

  /**
   * A program, and the Debian package that brings it.
   *
   * @param program its name, or its path where that of the package is meant and no other
   * @param probe arguments with which it ends with 0 where all is there; none if it need not be run
   */
  private record Tool(String program, String debianPackage, List<String> probe) {
    Tool(String program, String debianPackage) {
      this(program, debianPackage, List.of());
    }
  }

  private static final Tool OPENSSL = new Tool("openssl", "openssl");

  private static final Map<String, List<Tool>> TOOLS =
      new TreeMap<>(
          Map.of(
              "prosody",
              List.of(new Tool("prosody", "prosody"), new Tool("prosodyctl", "prosody"), OPENSSL),
              "ejabberd",
              List.of(new Tool(EjabberdInstallation.CONTROL_SCRIPT, "ejabberd"), OPENSSL),
              "redis",
              List.of(
                  new Tool("redis-server", "redis-server"),
                  new Tool("sh", "dash"),
                  new Tool("setsid", "util-linux"),
                  OPENSSL),
              "python",
              List.of(new Tool(PYTHON, "python3", List.of("-c", "import json"))),
              "slixmpp",
              List.of(
                  new Tool(
                      PYTHON,
                      "python3-slixmpp",
                      List.of("-c", "from slixmpp import ClientXMPP")))));

  private final Map<String, String> environment;
  private final List<String> systemFolders;

  ServerRequirement(Map<String, String> environment, List<String> systemFolders) {
    this.environment = environment;
    this.systemFolders = systemFolders;
  }

  /**
   * Goes on only where a server or peer can be started. To be called before the first use of it, in
   * a test or in a method that runs before all.
   *
   * @param server {@code prosody}, {@code ejabberd}, {@code redis}, or for {@link #PYTHON} {@code
   *     python}, or {@code slixmpp}
   * @throws TestAbortedException when it is missing, so that JUnit skips the test
   * @throws AssertionError when it is missing and the environment has {@code CI=true}
   * @throws IllegalArgumentException when no server of that name is known
   */
  public static void require(String server) {
    new ServerRequirement(System.getenv(), EjabberdInstallation.SYSTEM_FOLDERS)
        .check(Objects.requireNonNull(server, "server"));
  }

  void check(String server) {
    List<Tool> tools = TOOLS.get(server);
    if (tools == null) {
      throw new IllegalArgumentException(
          "No server '" + server + "' is known; there are: " + TOOLS.keySet());
    }
    for (Tool tool : tools) {
      if (!isThere(tool)) {
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

  private boolean isThere(Tool tool) {
    if (tool.program().equals(PYTHON)) {
      return Files.isExecutable(Path.of(PYTHON)) && succeeds(tool);
    }
    return folders().anyMatch(folder -> isExecutable(folder, tool.program()));
  }

  /** Those of the user, and those that only administrators have on their {@code PATH}. */
  private Stream<String> folders() {
    Stream<String> path =
        Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1));
    return Stream.concat(path.filter(folder -> !folder.isEmpty()), systemFolders.stream());
  }

  private static boolean isExecutable(String folder, String program) {
    try {
      return Files.isExecutable(Path.of(folder, program));
    } catch (InvalidPathException e) {
      return false; // Then there is nothing to be found in it.
    }
  }

  private static boolean succeeds(Tool tool) {
    List<String> command = new ArrayList<>(List.of(tool.program()));
    command.addAll(tool.probe());
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        return process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
