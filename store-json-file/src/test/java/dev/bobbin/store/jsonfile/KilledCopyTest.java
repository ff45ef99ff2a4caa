package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.copy.BobStores;
import dev.bobbin.xmpp.bob.copy.CopyOutcome;
import dev.bobbin.xmpp.bob.copy.CopyReport;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A copy that ends by {@code kill -9} is completed by another one. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class KilledCopyTest {
  private static final int ITEMS = 60;
  private static final int PAGES = 3;

  @TempDir private Path folder;
  private Path source;
  private Path target;

  @BeforeEach
  void makeDirectories() throws Exception {
    source = Files.createDirectory(folder.resolve("from"));
    target = Files.createDirectory(folder.resolve("to"));
  }

  @Test
  void copy_processKilled_isCompletedByAnother() throws Exception {
    List<StoredBob> items = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    try (JsonFileBobStore from = JsonFileBobStore.open(source)) {
      for (int i = 0; i < ITEMS; i++) {
        StoredBob item = Items.item(Items.hosted("key" + i), KilledWriter.text(i));
        from.put(item);
        items.add(item);
      }
      copyUntilKilled();
      try (JsonFileBobStore to =
          JsonFileBobStore.open(
              target, InstantSource.system(), 8192, new DiskOperations(), warnings::add)) {
        CopyReport report = BobStores.copy(from, to);
        assertThat(report.count(CopyOutcome.ALREADY_THERE)).isGreaterThanOrEqualTo(5 * PAGES);
        assertThat(report.count(CopyOutcome.ALREADY_THERE) + report.count(CopyOutcome.COPIED))
            .isEqualTo(ITEMS);
        for (StoredBob item : items) {
          assertThat(to.get(item.key())).contains(item);
        }
      }
    }
    assertThat(warnings).isEmpty();
  }

  private void copyUntilKilled() throws Exception {
    Process copy =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                KilledWriterTest.classPath(),
                KilledCopy.class.getName(),
                source.toString(),
                target.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = copy.inputReader()) {
      for (int page = 1; page <= PAGES; page++) {
        assertThat(out.readLine()).startsWith(5 * page + " examined: " + 5 * page + " copied");
      }
    } finally {
      copy.destroyForcibly();
    }
    copy.waitFor();
  }
}
