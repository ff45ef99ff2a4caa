package dev.bobbin.benchmarks;

import java.util.Locale;

/**
 * Measures what twice the input costs a reader of streams, for each {@link HostileShape}, in large
 * reads and byte by byte, and fails where it is more than {@value #MOST} times as much.
 *
 * <p>It is processor time of the reading thread, and the least of several runs, so that what else
 * the machine does hardly counts; and it is no test, since it does count a little.
 */
public final class StreamCostBench {
  private static final double MOST = 2.5;
  private static final int BYTES = 128 * 1024;
  private static final int LARGE = 16 * 1024;
  private static final int WARM_UP = 4;
  private static final int RUNS = 8;

  /** A ratio that is too large by chance is not so again and again. */
  private static final int TRIES = 3;

  private StreamCostBench() {}

  /**
   * Runs it.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    System.out.printf(
        Locale.ROOT,
        "Java %s; processor time for %d KiB and for twice as much%n%-26s %8s %8s %6s %8s %8s %6s%n",
        Runtime.version(),
        BYTES / 1024,
        "shape",
        "us",
        "twice",
        "ratio",
        "dripped",
        "twice",
        "ratio");
    boolean proportional = true;
    for (HostileShape shape : HostileShape.values()) {
      System.out.printf(Locale.ROOT, "%-26s", shape.label());
      for (int bytesPerRead : new int[] {LARGE, 1}) {
        double ratio = Double.MAX_VALUE;
        long[] nanos = {};
        for (int i = 0; i < TRIES && ratio > MOST; i++) {
          nanos = leastNanos(shape, bytesPerRead);
          ratio = (double) nanos[1] / nanos[0];
        }
        proportional &= ratio <= MOST;
        System.out.printf(Locale.ROOT, " %8d %8d %6.2f", nanos[0] / 1000, nanos[1] / 1000, ratio);
      }
      System.out.println();
    }
    if (!proportional) {
      System.out.println("Twice the input cost more than " + MOST + " times as much.");
      System.exit(1);
    }
  }

  private static long[] leastNanos(HostileShape shape, int bytesPerRead) {
    byte[] once = shape.stream(BYTES);
    byte[] twice = shape.stream(2 * BYTES);
    long[] least = {Long.MAX_VALUE, Long.MAX_VALUE};
    for (int run = -WARM_UP; run < RUNS; run++) {
      long first = StreamCost.cpuNanos(once, bytesPerRead);
      long second = StreamCost.cpuNanos(twice, bytesPerRead);
      if (run >= 0) {
        least[0] = Math.min(least[0], first);
        least[1] = Math.min(least[1], second);
      }
    }
    return least;
  }
}
