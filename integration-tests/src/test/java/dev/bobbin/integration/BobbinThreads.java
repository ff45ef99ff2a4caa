package dev.bobbin.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.PlatformManagedObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The threads of clients. Virtual ones are in no list of the JVM's but the one that it dumps to a
 * file; on 17, which has neither, all are platform threads.
 */
final class BobbinThreads {
  private static final String DIAGNOSTICS = "com.sun.management.HotSpotDiagnosticMXBean";
  private static final Pattern LINE = Pattern.compile("#([0-9]+) \"(bobbin-[^\"]*)\".*");
  private static final int FIRST_WITH_DUMPS = 21;

  private BobbinThreads() {}

  /** Names of those that run or wait, each with its number. */
  static Set<String> now() {
    return Runtime.version().feature() < FIRST_WITH_DUMPS ? listed() : dumped();
  }

  private static Set<String> listed() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("bobbin-"))
        .map(thread -> thread.getName() + " #" + thread.getId())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> dumped() {
    try {
      Path folder = Files.createTempDirectory("threads");
      Path file = folder.resolve("dump.txt");
      try {
        dump(file);
        Set<String> threads = new TreeSet<>();
        for (String line : Files.readAllLines(file)) {
          Matcher thread = LINE.matcher(line);
          if (thread.matches()) {
            threads.add(thread.group(2) + " #" + thread.group(1));
          }
        }
        return threads;
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By reflection: the method is of 21, and these tests are compiled for 17. */
  private static void dump(Path file) {
    try {
      Class<? extends PlatformManagedObject> type =
          Class.forName(DIAGNOSTICS).asSubclass(PlatformManagedObject.class);
      Class<?> format = Class.forName(DIAGNOSTICS + "$ThreadDumpFormat");
      Object plain =
          Arrays.stream(format.getEnumConstants())
              .filter(each -> each.toString().equals("TEXT_PLAIN"))
              .findFirst()
              .orElseThrow();
      type.getMethod("dumpThreads", String.class, format)
          .invoke(ManagementFactory.getPlatformMXBean(type), file.toString(), plain);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this JVM dumps no threads", e);
    }
  }
}
