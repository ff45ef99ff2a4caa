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
 * Jazzer on one target, in a JVM of its own, with bounds on its time, its memory and each input.
 * All that it writes is in one folder: its log, the inputs that reached new code ({@code corpus},
 * where the next run begins), and those that broke a claim ({@code found}).
 */
final class JazzerProcess {
  /** The first one loads and instruments the classes. */
  private static final int SECONDS_PER_INPUT = 30;

  private static final int MAX_INPUT_BYTES = 3000;
  private static final int SECONDS_TO_START_AND_END = 180;
  private static final Pattern EXECUTIONS =
      Pattern.compile("stat::number_of_executed_units: (\\d+)");
  private static final Pattern COVERAGE = Pattern.compile("cov: (\\d+) ft: (\\d+) corp: (\\d+)");

  private final FuzzTarget target;
  private final Path folder;
  private final Path corpus;
  private final Path found;
  private final Path temporary;
  private final Path log;

  JazzerProcess(FuzzTarget target, Path folder) throws IOException {
    this.target = target;
    this.folder = folder.toAbsolutePath();
    this.corpus = Files.createDirectories(this.folder.resolve("corpus"));
    this.found = Files.createDirectories(this.folder.resolve("found"));
    this.temporary = Files.createDirectories(this.folder.resolve("tmp"));
    this.log = this.folder.resolve("log.txt");
  }

  /**
   * Runs it to its end, says how it went, and whether nothing was found.
   *
   * @param runs after how many inputs it ends as well, which are the same each time; 0 for any
   */
  boolean isClean(long seconds, int runs) throws IOException, InterruptedException {
    Process jazzer =
        new ProcessBuilder(command(seconds, runs))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended;
    try {
      ended = jazzer.waitFor(seconds + SECONDS_TO_START_AND_END, TimeUnit.SECONDS);
    } finally {
      jazzer.destroyForcibly();
    }
    boolean clean = ended && jazzer.exitValue() == 0;
    String end = ended ? "exit code " + jazzer.exitValue() : "it did not end";
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

  private List<String> command(long seconds, int runs) {
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
                "--instrumentation_includes=" + instrumented(),
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
    if (runs > 0) {
      command.addAll(List.of("-runs=" + runs, "-seed=1"));
    }
    // New inputs go into the first folder; the others are only read.
    command.add(corpus.toString());
    command.add(target.seedFolder().toAbsolutePath().toString());
    return command;
  }

  private static String instrumented() {
    return String.join(
        File.pathSeparator,
        "dev.bobbin.xmpp.**",
        "dev.bobbin.store.**",
        "com.ongres.**",
        "tools.jackson.**");
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
