package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.BobKey;
import java.io.BufferedReader;
import java.io.File;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import tools.jackson.core.json.JsonFactory;

/** What was acknowledged is there, whole, after {@code kill -9}. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class KilledWriterTest {
  private static final int CYCLES = 5;

  @TempDir private Path directory;

  @Test
  void put_processKilled_acknowledgedItemsAreThereAndNoneIsTorn() throws Exception {
    int next = 0;
    TreeMap<Integer, Integer> acknowledged = new TreeMap<>();
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      for (int version : writeUntilKilled(next, 20 + 13 * cycle)) {
        acknowledged.put(version % KilledWriter.KEYS, version);
        next = version + 1;
      }
      List<String> warnings = new ArrayList<>();
      try (JsonFileBobStore store =
          JsonFileBobStore.open(
              directory, InstantSource.system(), 8192, new DiskOperations(), warnings::add)) {
        for (int key = 0; key < KilledWriter.KEYS; key++) {
          String text = text(store, Items.hosted("key" + key));
          int version = Integer.parseInt(text.substring(0, text.indexOf(':')));
          assertThat(text).isEqualTo(KilledWriter.text(version));
          assertThat(version).isBetween(acknowledged.get(key), next);
        }
      }
      assertThat(warnings).isEmpty();
      // One put may have been made and not acknowledged; its number must not come again.
      next++;
    }
  }

  private static String text(JsonFileBobStore store, BobKey key) throws Exception {
    byte[] bytes = store.get(key).orElseThrow().bob().data().toByteArray();
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** All that the program acknowledged until it was killed, after so many acknowledgements. */
  private List<Integer> writeUntilKilled(int first, int enough) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process writer =
        new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                classPath(),
                KilledWriter.class.getName(),
                directory.toString(),
                Integer.toString(first))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Integer> versions = new ArrayList<>();
    try (BufferedReader out = writer.inputReader()) {
      String line = out.readLine();
      while (line != null) {
        versions.add(Integer.valueOf(line));
        if (versions.size() == enough) {
          // Unlike the process itself, its handle leaves what was written before to be read.
          writer.toHandle().destroyForcibly();
        }
        line = out.readLine();
      }
    } finally {
      writer.destroyForcibly();
    }
    assertThat(writer.waitFor()).as("exit code").isNotZero();
    assertThat(versions).hasSizeGreaterThanOrEqualTo(enough);
    return versions;
  }

  static String classPath() throws Exception {
    Set<String> places = new LinkedHashSet<>();
    for (Class<?> each :
        new Class<?>[] {
          KilledWriter.class,
          JsonFileBobStore.class,
          BobKey.class,
          Jid.class,
          JsonFactory.class,
          Logger.class,
          Class.forName("org.slf4j.nop.NOPServiceProvider")
        }) {
      places.add(place(each));
    }
    return String.join(File.pathSeparator, places);
  }

  /** Where a class file is; a class of a test has the code source of the module that it patches. */
  private static String place(Class<?> type) throws Exception {
    String name = type.getName().replace('.', '/') + ".class";
    URL url = Objects.requireNonNull(type.getResource('/' + name));
    String text = url.toString();
    String root = text.substring(0, text.length() - name.length());
    String file = root.startsWith("jar:") ? root.substring(4, root.lastIndexOf('!')) : root;
    return Path.of(URI.create(file)).toString();
  }
}
