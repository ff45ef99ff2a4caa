package dev.bobbin.crash;

import dev.bobbin.testservers.ServerRequirement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Has three JVMs and two Python programs put, get and delete the same items of one directory at
 * once. The JVMs make a given number of operations each, and the Python programs as many as they
 * can until then.
 *
 * <p>A Python program truncates a file and writes it anew. Another one that reads it meanwhile gets
 * half of it; that is counted apart, since no store of ours had a hand in it.
 */
final class SharingRun {
  /** Far more than any takes; what takes longer hangs. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final CrashPlan plan;
  private final int operations;

  SharingRun(CrashPlan plan, int operations) {
    this.plan = plan;
    this.operations = operations;
  }

  /**
   * What came of it.
   *
   * @param jvms what those in Java have counted, together
   * @param pythons what those in Python have counted
   * @param invented how many processes were seen to have put more than they have
   * @param hidden how many hidden files are left, of changes that were all finished
   */
  record Outcome(Tally jvms, Tally pythons, int invented, int hidden) {
    boolean isClean() {
      return jvms.wrong() + pythons.wrong() + invented + hidden == 0;
    }

    String summary() {
      return ("%d JVMs with %d puts, %d deletes and %d reads (%d whole, %d absent, wrong %d);"
              + " %d python3 with %d puts, %d deletes and %d reads (%d whole, %d absent, %d of a"
              + " file that a python3 was writing, wrong %d); values that nobody has put %d;"
              + " hidden files left %d")
          .formatted(
              SharedKeys.JVMS,
              jvms.puts(),
              jvms.deletes(),
              jvms.reads(),
              jvms.whole(),
              jvms.absent(),
              jvms.wrong(),
              SharedKeys.PYTHONS,
              pythons.puts(),
              pythons.deletes(),
              pythons.reads(),
              pythons.whole(),
              pythons.absent(),
              pythons.unfinished(),
              pythons.wrong(),
              invented,
              hidden);
    }
  }

  Outcome run() throws IOException {
    Files.createDirectories(plan.folder());
    List<SharerProcess> jvms = new ArrayList<>();
    List<SharerProcess> pythons = new ArrayList<>();
    try {
      for (int i = 0; i < SharedKeys.JVMS; i++) {
        jvms.add(jvm(i));
      }
      for (int i = 0; i < SharedKeys.PYTHONS; i++) {
        pythons.add(python(i));
      }
      return share(jvms, pythons);
    } finally {
      jvms.forEach(SharerProcess::close);
      pythons.forEach(SharerProcess::close);
    }
  }

  private Outcome share(List<SharerProcess> jvms, List<SharerProcess> pythons) throws IOException {
    List<SharerProcess> all = new ArrayList<>(jvms);
    all.addAll(pythons);
    for (SharerProcess each : all) {
      each.awaitReady();
    }
    for (SharerProcess each : all) {
      each.go();
    }
    List<Tally> tallies = new ArrayList<>();
    for (SharerProcess each : jvms) {
      tallies.add(each.tally());
    }
    for (SharerProcess each : pythons) {
      each.stop();
      tallies.add(each.tally());
    }
    return outcome(tallies);
  }

  private Outcome outcome(List<Tally> tallies) throws IOException {
    Tally jvms = sum(tallies.subList(0, SharedKeys.JVMS));
    Tally pythons = sum(tallies.subList(SharedKeys.JVMS, tallies.size()));
    List<Long> highest = jvms.plus(pythons).highest();
    int invented = 0;
    for (int i = 0; i < tallies.size(); i++) {
      invented += highest.get(i) > tallies.get(i).puts() ? 1 : 0;
    }
    return new Outcome(
        jvms, pythons, invented, new HiddenFiles(List.of(directory().resolve(".bobbin"))).count());
  }

  private static Tally sum(List<Tally> tallies) {
    return tallies.stream().reduce(Tally::plus).orElseThrow();
  }

  private SharerProcess jvm(int writer) throws IOException {
    SharerProcess process =
        start(
            plan.jvm()
                .command(
                    SharerProgram.class,
                    List.of(
                        Integer.toString(writer),
                        Long.toString(plan.seed() + writer),
                        Integer.toString(operations))));
    plan.source().send(process.commands());
    return process;
  }

  private SharerProcess python(int index) throws IOException {
    Path script = plan.folder().resolve("sharer.py");
    try (InputStream source = SharingRun.class.getResourceAsStream("sharer.py")) {
      Files.write(script, Objects.requireNonNull(source, "sharer.py").readAllBytes());
    }
    int writer = SharedKeys.JVMS + index;
    List<String> command =
        new ArrayList<>(
            List.of(
                ServerRequirement.PYTHON,
                script.toString(),
                directory().toString(),
                Integer.toString(writer),
                Long.toString(plan.seed() + writer)));
    command.addAll(SharedKeys.forPython(index));
    return start(command);
  }

  private SharerProcess start(List<String> command) throws IOException {
    return SharerProcess.start(command, LONGEST, plan.folder().resolve("sharers.log"));
  }

  private Path directory() {
    return plan.folder().resolve(SharedKeys.PLACE);
  }
}
