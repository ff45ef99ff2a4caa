package dev.bobbin.benchmarks;

import java.util.List;

/**
 * Measures workloads in turn. The first one is the reference; since each run measures all of them
 * one after the other, what else the machine does meets them alike, and the ratios within a run say
 * more than the figures.
 */
final class Bench {
  private final BenchSettings settings;
  private final List<Workload> workloads;

  Bench(BenchSettings settings, List<Workload> workloads) {
    this.settings = settings;
    this.workloads = List.copyOf(workloads);
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
          report.add(
              inFlight,
              workload.name(),
              workload.run(inFlight, settings.run(), settings.mostExchanges()));
        }
      }
    }
    return report;
  }
}
