package dev.bobbin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That the stores that are measured do what is asked of them; no figure is looked at. */
@Timeout(60)
class MemoryStoreBenchTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final StoreMix mix = new StoreMix(64);

  @Test
  void throughput_aFewSteps_hasARowForEachStore() throws Exception {
    BenchSettings few = new BenchSettings(1, LONG, LONG, 2, List.of(1));

    assertThat(rows(MemoryStoreBench.throughput(few, mix)))
        .hasSize(1 + 3 * 4)
        .contains("1         memory", "16        caff. now");
  }

  @Test
  void overshoots_aFewPuts_hasARowForEachStore() throws Exception {
    assertThat(
            rows(MemoryStoreBench.overshoots(new MemoryStoreBench.Bounds(1 << 22, 800), mix, 20)))
        .containsExactly("beyond by", "memory", "caffeine", "caff. now");
  }

  @Test
  void heap_aFewEntries_saysWhatTheyCountAs() throws Exception {
    assertThat(MemoryStoreBench.heapOf(HeapTaken.Shape.HOSTED, 10, 16))
        .contains("HOSTED", " 836.0 ");
  }

  private static List<String> rows(String table) {
    return table.lines().map(line -> line.substring(0, 19).strip()).toList();
  }
}
