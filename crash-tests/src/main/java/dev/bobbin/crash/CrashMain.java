package dev.bobbin.crash;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Kills writers as often as it is told to, and says in a line each what came of it. */
final class CrashMain {
  private static final Path PLACE = Path.of("target", "crash");
  private static final String JSON_FILE = "json-file";
  private static final String UNSHOWN =
      "A kill leaves what was written to the system, which a power cut does not: PowerCutTest of"
          + " store-json-file shows what that leaves (docs/reliability.md)";

  private CrashMain() {}

  public static void main(String[] arguments) throws Exception {
    int cycles = Integer.parseUnsignedInt(System.getProperty("crash.cycles", "200"));
    Duration longest = Duration.ofMinutes(Long.getLong("crash.minutes", 60));
    String store = System.getProperty("crash.store", JSON_FILE);
    removeAll(PLACE);
    StoreSource source = CrashPlan.inDirectory(store, PLACE);
    ShortLivedJvm jvm = ShortLivedJvm.prepare(PLACE, source);
    CrashPlan plan = new CrashPlan(jvm, source, PLACE, cycles, Findings.ENOUGH, seed(), longest);
    System.out.println("seed " + plan.seed() + ", " + cycles + " cycles on " + store);
    Findings findings = new CrashRun(plan).run();
    findings.problems().forEach(System.out::println);
    System.out.println("crash: " + findings.summary());
    boolean clean = findings.problemCount() == 0;
    int operations = Integer.parseUnsignedInt(System.getProperty("crash.operations", "0"));
    if (operations > 0 && store.equals(JSON_FILE)) {
      SharingRun.Outcome outcome = new SharingRun(plan, operations).run();
      System.out.println("sharing: " + outcome.summary());
      clean &= outcome.isClean();
    }
    if (!clean) {
      System.out.println("What is left is in " + PLACE.toAbsolutePath());
      System.exit(1);
    }
    System.out.println(UNSHOWN);
    removeAll(PLACE);
  }

  private static long seed() {
    String given = System.getProperty("crash.seed", "");
    return given.isEmpty() ? new SecureRandom().nextInt() : Long.parseLong(given);
  }

  private static void removeAll(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem)
              throws IOException {
            if (problem != null) {
              throw problem;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
