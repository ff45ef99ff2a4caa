package dev.bobbin.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Measures workloads in turn. The first one is the reference; since each run measures all of them
 * one after the other, what else the machine does meets them alike, and the ratios within a run say
 * more than the figures.
 */
final class Bench {
  private final BenchSettings settings;
  private final List<Workload> workloads;
  private final Supplier<Duration> serverCpu;

  /**
   * Makes a benchmark.
   *
   * @param settings how much to measure
   * @param workloads what to measure
   * @param serverCpu how much processor time the server has used since its start
   */
  Bench(BenchSettings settings, List<Workload> workloads, Supplier<Duration> serverCpu) {
    this.settings = settings;
    this.workloads = List.copyOf(workloads);
    this.serverCpu = serverCpu;
  }

  Report run() throws Exception {
    Report report = new Report(workloads.stream().map(Workload::name).toList());
    for (int inFlight : settings.inFlight()) {
      for (Workload workload : workloads) {
        workload.run(inFlight, settings.warmUp(), settings.mostExchanges());
      }
    }
    for (int run = 0; run < settings.runs(); run++) {
      for (int inFlight : settings.inFlight()) {
        for (Workload workload : workloads) {
          Duration before = serverCpu.get();
          Measurement measured = workload.run(inFlight, settings.run(), settings.mostExchanges());
          report.add(
              inFlight, workload.name(), measured.withServerCpu(serverCpu.get().minus(before)));
        }
      }
    }
    return report;
  }
}
