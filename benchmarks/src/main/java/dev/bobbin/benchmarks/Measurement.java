package dev.bobbin.benchmarks;

import java.time.Duration;
import java.util.Arrays;

/** What one run of one workload came to. */
final class Measurement {
  private final long[] sortedNanos;
  private final long wallNanos;
  private final long cpuNanos;
  private final long serverCpuNanos;

  /**
   * Takes what was recorded.
   *
   * @param latencyNanos of each exchange, at least one
   * @param wallNanos how long the run took
   * @param cpuNanos what this process used of all processors meanwhile
   */
  Measurement(long[] latencyNanos, long wallNanos, long cpuNanos) {
    this(latencyNanos, wallNanos, cpuNanos, 0);
  }

  private Measurement(long[] latencyNanos, long wallNanos, long cpuNanos, long serverCpuNanos) {
    if (latencyNanos.length == 0) {
      throw new IllegalArgumentException("A run in which nothing was exchanged says nothing");
    }
    this.sortedNanos = latencyNanos.clone();
    Arrays.sort(sortedNanos);
    this.wallNanos = wallNanos;
    this.cpuNanos = cpuNanos;
    this.serverCpuNanos = serverCpuNanos;
  }

  Measurement withServerCpu(Duration used) {
    return new Measurement(sortedNanos, wallNanos, cpuNanos, used.toNanos());
  }

  int exchanges() {
    return sortedNanos.length;
  }

  double perSecond() {
    return sortedNanos.length * 1e9 / wallNanos;
  }

  double cpuMicrosPerExchange() {
    return cpuNanos / 1e3 / sortedNanos.length;
  }

  double serverCpuMicrosPerExchange() {
    return serverCpuNanos / 1e3 / sortedNanos.length;
  }

  /** The least latency that this share of all exchanges did not exceed. */
  double percentileMicros(double percent) {
    int rank = (int) Math.ceil(percent / 100 * sortedNanos.length);
    return sortedNanos[Math.max(0, rank - 1)] / 1e3;
  }
}
