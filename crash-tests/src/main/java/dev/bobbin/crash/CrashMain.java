package dev.bobbin.crash;

import dev.bobbin.testservers.RedisServer;
import dev.bobbin.testservers.ServerRequirement;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Kills writers as often as it is told to, has processes share a directory, and says in a line each
 * what came of it. Exits with 1 when anything was wrong, or too little was tried. Its options are
 * system properties: {@code crash.cycles}, {@code crash.least} of them, {@code crash.seed}, {@code
 * crash.minutes}, {@code crash.operations} of each process that shares, and {@code crash.store},
 * {@code json-file} or {@code redis}.
 */
final class CrashMain {
  private static final Path PLACE = Path.of("target", "crash");
  private static final String UNSHOWN =
      "A kill leaves what was written to the system, which a power cut does not: PowerCutTest of"
          + " store-json-file shows what that leaves (docs/reliability.md)";

  private CrashMain() {}

  public static void main(String[] arguments) throws Exception {
    removeAll(PLACE);
    String store = System.getProperty("crash.store", CrashPlan.FILES);
    boolean clean =
        switch (store) {
          case CrashPlan.FILES -> {
            CrashPlan plan = plan(CrashPlan.inDirectory(store, PLACE));
            yield kill(plan) && share(plan);
          }
          case "redis" -> {
            ServerRequirement.require(store);
            try (RedisServer server = RedisServer.start()) {
              yield kill(plan(CrashPlan.inRedis(server.port())));
            }
          }
          default ->
              throw new IllegalArgumentException(
                  "crash.store is '" + store + "'; it is json-file or redis");
        };
    if (!clean) {
      System.out.println("What is left is in " + PLACE.toAbsolutePath());
      System.exit(1);
    }
    System.out.println(UNSHOWN);
    removeAll(PLACE);
  }

  private static CrashPlan plan(StoreSource source) throws IOException, InterruptedException {
    String seed = System.getProperty("crash.seed", "");
    return new CrashPlan(
        ShortLivedJvm.prepare(PLACE, source),
        source,
        PLACE,
        Integer.parseUnsignedInt(System.getProperty("crash.cycles", "200")),
        Integer.parseUnsignedInt(System.getProperty("crash.least", "1")),
        Findings.ENOUGH,
        seed.isEmpty() ? new SecureRandom().nextInt() : Long.parseLong(seed),
        Duration.ofMinutes(Long.getLong("crash.minutes", 60)));
  }

  private static boolean kill(CrashPlan plan) throws IOException, InterruptedException {
    System.out.println(
        "seed " + plan.seed() + ", " + plan.cycles() + " cycles on " + plan.source().store());
    Findings findings = new CrashRun(plan).run();
    findings.problems().forEach(System.out::println);
    System.out.println("crash: " + findings.summary());
    return findings.problemCount() == 0;
  }

  private static boolean share(CrashPlan plan) throws IOException {
    int operations = Integer.parseUnsignedInt(System.getProperty("crash.operations", "0"));
    if (operations == 0) {
      return true;
    }
    SharingRun.Outcome outcome = new SharingRun(plan, operations).run();
    System.out.println("sharing: " + outcome.summary());
    return outcome.isClean();
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
