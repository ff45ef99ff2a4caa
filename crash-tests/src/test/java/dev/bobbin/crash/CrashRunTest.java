package dev.bobbin.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.ServerRequirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A few writers killed on a good store, and on some that are broken on purpose; and JVMs and Python
 * programs on one directory, for a moment.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CrashRunTest {
  private static final long SEED = 231;

  /** One of each kind. */
  private static final int CYCLES = 4;

  private static final int ENOUGH_TO_FIND_IT = 40;

  /** A busy machine may have the processes share too little at once. */
  private static final int MOST_RUNS = 10;

  private static final Duration LONGEST = Duration.ofMinutes(1);

  @TempDir private static Path shared;
  private static ShortLivedJvm jvm;

  @TempDir private Path folder;

  @BeforeAll
  static void prepare() throws Exception {
    jvm = ShortLivedJvm.prepare(shared, CrashPlan.inDirectory("json-file", shared));
  }

  @Test
  void run_jsonFile_nothingIsLostAndNothingWrong() throws Exception {
    Findings findings = run("json-file", CYCLES, Findings.ENOUGH);
    assertThat(findings.problems()).isEmpty();
    assertThat(findings.problemCount()).isZero();
    assertThat(findings.cycles()).isEqualTo(CYCLES);
    assertThat(findings.acknowledgedChanges()).isGreaterThan(CYCLES);
    assertThat(findings.summary())
        .contains(
            "4 writers killed (1 of them while opening, 1 with too little room, 1 that tend the store at once), seed 231");
  }

  /** The others differ from it by what breaks them, and by nothing else. */
  @Test
  void run_plainStoreThatIsWhole_nothingIsFound() throws Exception {
    assertThat(run("whole", 1, Findings.ENOUGH).problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"early", "two-steps"})
  void run_acknowledgedThingsAreNotThere_isFound(String store) throws Exception {
    Findings findings = run(store, ENOUGH_TO_FIND_IT, 1);
    assertThat(findings.problemCount()).as(findings.summary()).isPositive();
    assertThat(findings.problems().toString()).containsAnyOf("was over: ", "nothing was there");
  }

  @Test
  void run_conditionsAreIgnored_isFound() throws Exception {
    Findings findings = run("blind", ENOUGH_TO_FIND_IT, 1);
    assertThat(findings.problems().toString()).contains(", was put, ");
  }

  @Test
  void run_conditionsThatHoldAreRefused_isFound() throws Exception {
    Findings findings = run("stubborn", ENOUGH_TO_FIND_IT, 1);
    assertThat(findings.problems().toString()).contains(", was refused, though that was there");
  }

  @Test
  void run_filesAreWrittenInPlace_tornItemsAreFound() throws Exception {
    Findings findings = run("in-place", ENOUGH_TO_FIND_IT, 3);
    assertThat(findings.wrong()).as(findings.summary()).isPositive();
    assertThat(findings.problems().toString())
        .containsAnyOf("its checksum is another", "nothing was there");
  }

  @Test
  void run_lessTimeThanTheLeastTakes_isAProblem() throws Exception {
    CrashPlan plan = plan("json-file", 2, 1, Duration.ZERO);
    assertThat(new CrashRun(plan).run().problems()).singleElement().asString().contains("no time");
  }

  @Test
  void share_jsonFileWithPython_nothingIsWrong() throws Exception {
    SharingRun.Outcome outcome = share("json-file", 50);
    assertThat(outcome.isClean()).as(outcome.summary()).isTrue();
    assertThat(outcome.jvms().whole()).as(outcome.summary()).isPositive();
    assertThat(outcome.pythons().reads()).as(outcome.summary()).isPositive();
  }

  @Test
  void share_filesAreWrittenInPlace_wrongItemsAreFound() throws Exception {
    SharingRun.Outcome outcome = share("in-place", 100);
    for (int more = 0; more < MOST_RUNS && outcome.isClean(); more++) {
      outcome = share("in-place", 300);
    }
    assertThat(outcome.isClean()).as(outcome.summary()).isFalse();
  }

  private SharingRun.Outcome share(String store, int operations) throws Exception {
    ServerRequirement.require("python");
    return new SharingRun(plan(store, 0, 0, LONGEST), operations).run();
  }

  private Findings run(String store, int cycles, int enough) throws Exception {
    return new CrashRun(plan(store, cycles, enough, LONGEST)).run();
  }

  private CrashPlan plan(String store, int cycles, int enough, Duration longest) {
    StoreSource source = CrashPlan.inDirectory(store, folder);
    return new CrashPlan(jvm, source, folder, cycles, cycles, enough, SEED, longest);
  }
}
