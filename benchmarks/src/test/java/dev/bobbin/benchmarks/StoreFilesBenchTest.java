package dev.bobbin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That it measures what it says; no figure is looked at. */
@Timeout(60)
class StoreFilesBenchTest {
  private static final String MEASURED =
      "opened with # files in # s"
          + " median of bare us store us ratio get # # # put again # # # and back # # # put new # # #";

  @Test
  void run_withFewFiles_givesALineForEachFigure() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8)) {
      new StoreFilesBench(print, 1, 2).run(20);
    }

    String printed = out.toString(StandardCharsets.UTF_8);
    assertThat(printed).startsWith("file system: ");
    assertThat(printed.substring(printed.indexOf('\n')).replaceAll("[0-9]+(\\.[0-9]+)?", "#"))
        .isEqualToNormalizingWhitespace(
            MEASURED
                + " filled with # files in # s "
                + MEASURED
                + " census through after # s, of which # s were work"
                + " heap in use with # files: # KiB heap in use with # files: # KiB");
  }
}
