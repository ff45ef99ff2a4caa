package dev.bobbin.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.ServerRequirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JVMs and Python programs on one directory, for a moment. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SharingRunTest {
  private static final long SEED = 231;

  @TempDir private static Path shared;
  private static ShortLivedJvm jvm;

  @TempDir private Path folder;

  @BeforeAll
  static void prepare() throws Exception {
    ServerRequirement.require("python");
    jvm = ShortLivedJvm.prepare(shared, CrashPlan.inDirectory("json-file", shared));
  }

  @ParameterizedTest
  @CsvSource({"json-file, 120, true", "in-place, 150, false"})
  void run_processesOfBothLanguages_onlyABrokenStoreGivesWrongItems(
      String store, int operations, boolean clean) throws Exception {
    StoreSource source = CrashPlan.inDirectory(store, folder);
    CrashPlan plan = new CrashPlan(jvm, source, folder, 0, 0, SEED, Duration.ofMinutes(1));
    SharingRun.Outcome outcome = new SharingRun(plan, operations).run();
    assertThat(outcome.isClean()).as(outcome.summary()).isEqualTo(clean);
    assertThat(outcome.jvms().whole()).as(outcome.summary()).isPositive();
    assertThat(outcome.pythons().reads()).as(outcome.summary()).isPositive();
  }
}
