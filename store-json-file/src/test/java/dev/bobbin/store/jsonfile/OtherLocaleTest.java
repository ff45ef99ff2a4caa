package dev.bobbin.store.jsonfile;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A container or a service without {@code LANG}, beside files that people have named. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class OtherLocaleTest {
  @TempDir private Path directory;

  @Test
  void anyMethod_foreignNamesThatTheLocaleDoesNotHave_areLeftAlone() throws Exception {
    // In the shell's own bytes, whatever the locale of this process.
    run("sh", "-c", "cd \"$1\" && : >$(printf 'gr\\303\\266\\303\\237e')", "sh", directory);
    run(
        "sh",
        "-c",
        "cd \"$1\" && mkdir _received && : >_received/$(printf '\\303')",
        "sh",
        directory);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    assertThat(
            run(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                KilledWriterTest.classPath(),
                OtherLocale.class.getName(),
                directory))
        .isEqualTo("1 counted, 1 listed, warned of []");
  }

  private static String run(Object... command) throws Exception {
    List<String> words = List.of(command).stream().map(Object::toString).toList();
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), US_ASCII).strip();
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
