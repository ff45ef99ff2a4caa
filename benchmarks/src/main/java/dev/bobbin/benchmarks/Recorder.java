package dev.bobbin.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes the latencies of one run, from any number of threads. All are kept, so that percentiles are
 * exact; what does not fit is not begun.
 */
final class Recorder {
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final long[] latencies;
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger recorded = new AtomicInteger();
  private final long deadline;
  private final long cpuAtStart;
  private final long start;

  Recorder(long nanos, int most) {
    latencies = new long[most];
    cpuAtStart = system.getProcessCpuTime();
    start = System.nanoTime();
    deadline = start + nanos;
  }

  /** Whether there is time and room for one more exchange. */
  boolean begin(long now) {
    return now - deadline < 0 && begun.getAndIncrement() < latencies.length;
  }

  void end(long nanos) {
    latencies[recorded.getAndIncrement()] = nanos;
  }

  /** To be called when all that began has ended. */
  Measurement finish() {
    long wall = System.nanoTime() - start;
    long cpu = system.getProcessCpuTime() - cpuAtStart;
    return new Measurement(Arrays.copyOf(latencies, recorded.get()), wall, cpu);
  }
}
