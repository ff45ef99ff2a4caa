package dev.bobbin.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs Jazzer on each target in turn, each in a process of its own, with bounds on its time, its
 * memory and each input. All that it writes is in {@code target/fuzz}: its log, the inputs that
 * reached new code (the next run begins with them), and those that were found, which end the run of
 * their target and, after all the others, fail this program.
 */
final class FuzzAll {
  private static final Path PLACE = Path.of("target", "fuzz");

  /** The first one loads and instruments the classes. */
  private static final int SECONDS_PER_INPUT = 30;

  private static final int MAX_INPUT_BYTES = 3000;
  private static final int SECONDS_TO_START_AND_END = 180;
  private static final double MAX_MINUTES = 24 * 60;
  private static final Pattern EXECUTIONS =
      Pattern.compile("stat::number_of_executed_units: (\\d+)");
  private static final Pattern COVERAGE = Pattern.compile("cov: (\\d+) ft: (\\d+) corp: (\\d+)");

  private FuzzAll() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    long seconds = seconds(System.getProperty("fuzz.minutes", "1"));
    List<FuzzTarget> targets = targets(System.getProperty("fuzz.targets", ""));
    boolean found = false;
    for (FuzzTarget target : targets) {
      found |= !isClean(target, seconds);
    }
    if (found) {
      System.exit(1);
    }
  }

  private static long seconds(String minutes) {
    double number = Double.parseDouble(minutes);
    if (!(number > 0 && number <= MAX_MINUTES)) {
      throw new IllegalArgumentException(
          "fuzz.minutes is '" + minutes + "'; it is above 0 and at most " + MAX_MINUTES);
    }
    return Math.max(1, Math.round(number * 60));
  }

  private static List<FuzzTarget> targets(String names) {
    if (names.isEmpty()) {
      return FuzzTarget.ALL;
    }
    List<FuzzTarget> targets = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      targets.add(
          FuzzTarget.ALL.stream()
              .filter(target -> target.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "fuzz.targets has '" + name + "'; there are " + FuzzTarget.ALL)));
    }
    return targets;
  }

  private static boolean isClean(FuzzTarget target, long seconds)
      throws IOException, InterruptedException {
    Path place = PLACE.resolve(target.name()).toAbsolutePath();
    Path corpus = Files.createDirectories(place.resolve("corpus"));
    Path found = Files.createDirectories(place.resolve("found"));
    Path temporary = Files.createDirectories(place.resolve("tmp"));
    Path log = place.resolve("log.txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-XX:+EnableDynamicAgentLoading",
                "-Djava.io.tmpdir=" + temporary,
                "-classpath",
                System.getProperty("java.class.path", ""),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.type().getName(),
                "--instrumentation_includes="
                    + String.join(
                        File.pathSeparator,
                        "dev.bobbin.xmpp.**",
                        "dev.bobbin.store.**",
                        "com.fasterxml.aalto.**",
                        "com.ongres.**",
                        "tools.jackson.**"),
                "--reproducer_path=" + found,
                "-artifact_prefix=" + found + File.separator,
                "-max_total_time=" + seconds,
                "-timeout=" + SECONDS_PER_INPUT,
                "-rss_limit_mb=1500",
                "-max_len=" + MAX_INPUT_BYTES,
                "-use_value_profile=1",
                "-print_final_stats=1"));
    Path dictionary = FuzzTarget.SEEDS.resolve(target.name() + ".dict").toAbsolutePath();
    if (Files.exists(dictionary)) {
      command.add("-dict=" + dictionary);
    }
    command.add(corpus.toString());
    command.add(target.seedFolder().toAbsolutePath().toString());

    Process jazzer =
        new ProcessBuilder(command)
            .directory(place.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    String end;
    try {
      boolean ended = jazzer.waitFor(seconds + SECONDS_TO_START_AND_END, TimeUnit.SECONDS);
      end = ended ? "exit code " + jazzer.exitValue() : "it did not end";
    } finally {
      jazzer.destroyForcibly();
    }
    boolean clean = end.equals("exit code 0");
    String said = Files.readString(log, StandardCharsets.ISO_8859_1);
    System.out.printf(
        "%-13s %s; %s executions; edges, features and inputs %s%s%n",
        target.name(),
        clean ? "nothing found" : "FAILED, " + end,
        last(EXECUTIONS, said),
        last(COVERAGE, said),
        clean ? "" : "; see " + found + " and " + log);
    return clean;
  }

  private static String last(Pattern pattern, String text) {
    String last = "(not said)";
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      List<String> groups = new ArrayList<>();
      for (int i = 1; i <= matcher.groupCount(); i++) {
        groups.add(matcher.group(i));
      }
      last = String.join("/", groups);
    }
    return last;
  }
}
