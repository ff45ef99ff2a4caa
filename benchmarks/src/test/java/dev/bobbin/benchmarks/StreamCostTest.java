package dev.bobbin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.core.internal.stream.StreamLimits;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What hostile streams cost, by what can be counted exactly; {@link StreamCostBench} measures time.
 */
@Timeout(60)
class StreamCostTest {
  private static final int BYTES = 32 * 1024;
  private static final int LARGE_READS = 16 * 1024;

  @ParameterizedTest
  @EnumSource
  void read_twiceTheInput_allocatesAtMostTwoAndAHalfTimesAsMuch(HostileShape shape) {
    for (int bytesPerRead : new int[] {LARGE_READS, 1}) {
      long once = leastAllocated(shape.stream(BYTES), bytesPerRead);
      long twice = leastAllocated(shape.stream(2 * BYTES), bytesPerRead);

      assertThat((double) twice / once).as("%d and %d bytes", once, twice).isLessThan(2.5);
    }
  }

  /** The lesser of two: the virtual machine may allocate for the thread while it warms up. */
  private static long leastAllocated(byte[] stream, int bytesPerRead) {
    return Stream.generate(() -> StreamCost.allocatedBytes(stream, bytesPerRead))
        .limit(2)
        .min(Long::compare)
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void read_anyShape_isReadToItsEnd(HostileShape shape) {
    boolean finished = !shape.name().startsWith("UNFINISHED");

    assertThat(shape.stanza(BYTES)).hasSizeBetween(BYTES - 6000, BYTES);
    assertThat(StreamCost.read(shape.stream(BYTES), 1000, StreamCost.UNBOUNDED))
        .isEqualTo(finished ? 2 : 1);
  }

  /** Stanzas of the size that is allowed by default, and of the greatest that can be allowed. */
  @ParameterizedTest
  @CsvSource({"65536, 16", "524288, 64"})
  void read_everyShapeAtTheBounds_needsLittleHeapAndASmallStack(int stanza, int heapMebibytes)
      throws Exception {
    assertThat(StreamLimits.LOGGED_IN.maxStanzaBytes()).isEqualTo(65536);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The collector and the compiler that start the fastest.
    command.addAll(List.of("-Xmx" + heapMebibytes + "m", "-Xss256k"));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classPath(), HostileHeap.class.getName()));
    command.addAll(List.of(Integer.toString(stanza), Integer.toString(2 * stanza)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).isEqualTo("48 stanzas" + System.lineSeparator());
  }

  /** All that this process was given, wherever it was put. */
  private static String classPath() {
    return Stream.of("java.class.path", "jdk.module.path")
        .map(System::getProperty)
        .filter(path -> path != null && !path.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
