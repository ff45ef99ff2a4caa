package dev.bobbin.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Measurements of all runs as a table. Ratios are taken within a run; then their median, and the
 * least and greatest.
 */
final class Report {
  private final List<String> names;
  private final Map<Integer, Map<String, List<Measurement>>> byInFlight = new LinkedHashMap<>();

  /**
   * Makes an empty table.
   *
   * @param names of the workloads; each is compared with those before it
   */
  Report(List<String> names) {
    this.names = List.copyOf(names);
  }

  void add(int inFlight, String name, Measurement measurement) {
    byInFlight
        .computeIfAbsent(inFlight, key -> new LinkedHashMap<>())
        .computeIfAbsent(name, key -> new ArrayList<>())
        .add(measurement);
  }

  String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT,
            "%-9s %-9s %9s %9s %9s %8s %8s %8s %7s %7s",
            "in flight",
            "workload",
            "per s",
            "min",
            "max",
            "p50 us",
            "p95 us",
            "p99 us",
            "cpu us",
            "srv us"));
    names
        .subList(0, names.size() - 1)
        .forEach(name -> table.append(String.format(Locale.ROOT, " %20s", "x " + name)));
    table.append('\n');
    byInFlight.forEach(
        (inFlight, byName) -> names.forEach(name -> row(table, inFlight, name, byName)));
    return table.toString();
  }

  private void row(
      StringBuilder table, int inFlight, String name, Map<String, List<Measurement>> byName) {
    List<Measurement> own = byName.getOrDefault(name, List.of());
    List<Double> rates = sorted(own, Measurement::perSecond);
    table.append(
        String.format(
            Locale.ROOT,
            "%-9d %-9s %9.0f %9.0f %9.0f %8.0f %8.0f %8.0f %7.1f %7.1f",
            inFlight,
            name,
            middle(rates),
            rates.get(0),
            rates.get(rates.size() - 1),
            middle(sorted(own, m -> m.percentileMicros(50))),
            middle(sorted(own, m -> m.percentileMicros(95))),
            middle(sorted(own, m -> m.percentileMicros(99))),
            middle(sorted(own, Measurement::cpuMicrosPerExchange)),
            middle(sorted(own, Measurement::serverCpuMicrosPerExchange))));
    for (String reference : names.subList(0, names.indexOf(name))) {
      List<Measurement> base = byName.getOrDefault(reference, List.of());
      List<Double> ratios = new ArrayList<>();
      for (int run = 0; run < own.size(); run++) {
        ratios.add(own.get(run).perSecond() / base.get(run).perSecond());
      }
      ratios.sort(null);
      String spread =
          String.format(
              Locale.ROOT,
              "%.3f %.2f-%.2f",
              middle(ratios),
              ratios.get(0),
              ratios.get(ratios.size() - 1));
      table.append(String.format(Locale.ROOT, " %20s", spread));
    }
    table.append('\n');
  }

  private static List<Double> sorted(
      List<Measurement> measurements, ToDoubleFunction<Measurement> figure) {
    return measurements.stream().mapToDouble(figure).sorted().boxed().toList();
  }

  /** The median; of an even number, the mean of the middle two. */
  static double middle(List<Double> sorted) {
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
