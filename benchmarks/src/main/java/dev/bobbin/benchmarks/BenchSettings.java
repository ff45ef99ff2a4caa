package dev.bobbin.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How much is measured.
 *
 * @param runs how often each workload is measured
 * @param run how long one measurement takes
 * @param warmUp how long each workload runs before that, unmeasured
 * @param mostExchanges after how many exchanges a measurement ends before its time
 * @param inFlight with how many exchanges at once
 */
record BenchSettings(
    int runs, Duration run, Duration warmUp, int mostExchanges, List<Integer> inFlight) {
  private static final int MOST = 1_000_000;

  /** Reads {@code bench.runs} and {@code bench.seconds}, and bounds them. */
  static BenchSettings of(UnaryOperator<@Nullable String> properties) {
    Duration run = Duration.ofSeconds(number(properties, "bench.seconds", 5, 60));
    int runs = number(properties, "bench.runs", 5, 100);
    return new BenchSettings(runs, run, run, MOST, List.of(1, 64));
  }

  private static int number(
      UnaryOperator<@Nullable String> properties, String key, int byDefault, int most) {
    String text = properties.apply(key);
    int value = text == null ? byDefault : Integer.parseInt(text);
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(key + " is " + value + "; it is from 1 to " + most);
    }
    return value;
  }
}
