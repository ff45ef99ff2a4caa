package dev.bobbin.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A few writers killed on a good store, and on some that are broken on purpose. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CrashRunTest {
  private static final long SEED = 231;
  private static final int CYCLES = 8;
  private static final int ENOUGH_TO_FIND_IT = 40;

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
    assertThat(findings.summary()).contains("8 writers killed (1 of them while opening), seed 231");
  }

  /** The others differ from it by what breaks them, and by nothing else. */
  @Test
  void run_plainStoreThatIsWhole_nothingIsFound() throws Exception {
    assertThat(run("whole", 2, Findings.ENOUGH).problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"early", "two-steps"})
  void run_acknowledgedThingsAreNotThere_isFound(String store) throws Exception {
    Findings findings = run(store, ENOUGH_TO_FIND_IT, 1);
    assertThat(findings.problemCount()).as(findings.summary()).isPositive();
    assertThat(findings.problems().toString()).containsAnyOf("was over: ", "nothing was there");
  }

  @Test
  void run_filesAreWrittenInPlace_tornItemsAreFound() throws Exception {
    Findings findings = run("in-place", ENOUGH_TO_FIND_IT, 3);
    assertThat(findings.wrong()).as(findings.summary()).isPositive();
    assertThat(findings.problems().toString())
        .containsAnyOf("its checksum is another", "nothing was there");
  }

  private Findings run(String store, int cycles, int enough) throws Exception {
    return new CrashRun(
            new CrashPlan(
                jvm,
                CrashPlan.inDirectory(store, folder),
                folder,
                cycles,
                enough,
                SEED,
                Duration.ofMinutes(1)))
        .run();
  }
}
