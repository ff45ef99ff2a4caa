package dev.bobbin.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class ServerRequirementTest {
  @TempDir Path folder;

  private void install(String... programs) throws IOException {
    for (String program : programs) {
      Path file = Files.createFile(folder.resolve(program));
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
  }

  private ServerRequirement inside(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("PATH", "/nowhere" + File.pathSeparator + folder);
    return new ServerRequirement(environment, List.of());
  }

  @Test
  void check_allProgramsThere_goesOn() throws IOException {
    install("prosody", "prosodyctl", "openssl");

    assertThatCode(() -> inside(Map.of("CI", "true")).check("prosody")).doesNotThrowAnyException();
  }

  @Test
  void check_serverMissing_skipsWithWhatToInstall() throws IOException {
    install("openssl");

    assertThatThrownBy(() -> inside(Map.of()).check("prosody"))
        .isInstanceOf(TestAbortedException.class)
        .hasMessage("skipped: install prosody");
  }

  @Test
  void check_toolMissing_skipsWithWhatToInstall() throws IOException {
    install("prosody", "prosodyctl");

    assertThatThrownBy(() -> inside(Map.of("CI", "false")).check("prosody"))
        .isInstanceOf(TestAbortedException.class)
        .hasMessage("skipped: install openssl");
  }

  /** Not every system that has Redis has it. */
  @Test
  void check_whatStartsRedisMissing_skipsWithWhatToInstall() throws IOException {
    install("redis-server", "sh", "openssl");

    assertThatThrownBy(() -> inside(Map.of()).check("redis"))
        .hasMessage("skipped: install util-linux");
    install("setsid");
    assertThatCode(() -> inside(Map.of()).check("redis")).doesNotThrowAnyException();
  }

  @Test
  void check_serverMissingInContinuousIntegration_fails() {
    assertThatThrownBy(() -> inside(Map.of("CI", "true")).check("prosody"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("install prosody: with CI=true nothing is skipped, and 'prosody' is missing");
  }

  @Test
  void check_fileThatIsNotExecutable_countsAsMissing() throws IOException {
    Files.createFile(folder.resolve("prosody"));

    assertThatThrownBy(() -> inside(Map.of()).check("prosody"))
        .hasMessage("skipped: install prosody");
  }

  @Test
  void check_noPath_skips() {
    assertThatThrownBy(() -> new ServerRequirement(Map.of(), List.of()).check("prosody"))
        .isInstanceOf(TestAbortedException.class);
  }

  /** Debian has the control script where only administrators look for programs. */
  @Test
  void check_programOfAdministrators_isFoundOutsideThePath() throws IOException {
    install("ejabberdctl", "openssl");

    assertThatCode(
            () -> new ServerRequirement(Map.of(), List.of(folder.toString())).check("ejabberd"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> new ServerRequirement(Map.of(), List.of()).check("ejabberd"))
        .hasMessage("skipped: install ejabberd");
  }

  @Test
  void require_unknownServer_isAMistakeOfTheTest() {
    assertThatThrownBy(() -> ServerRequirement.require("prosodi"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("prosodi")
        .hasMessageContaining("[ejabberd, prosody, python, redis, slixmpp]");
  }
}
