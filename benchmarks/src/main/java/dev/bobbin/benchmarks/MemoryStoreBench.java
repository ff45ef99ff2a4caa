package dev.bobbin.benchmarks;

import dev.bobbin.store.memory.MemoryBobStore;
import dev.bobbin.store.memory.MemoryBobStoreProvider;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;

/**
 * Measures the store in memory beside one on Caffeine: what an entry takes of the heap, how far
 * beyond its bounds a store gets under 16 threads, and how much 1, 2 and 16 threads get done in
 * turn, beside a map without bounds.
 *
 * <p>{@code caffeine} evicts on a pool's threads, which is its default, and {@code caff. now} on
 * the thread that puts. An exchange is 1000 steps of {@link StoreMix}: {@code per s} is in
 * thousands of steps, and {@code cpu us} the processor time of one step in nanoseconds.
 */
public final class MemoryStoreBench {
  private static final int MIB = 1 << 20;
  private static final int THREADS = 16;

  /** Those that a store has by default. */
  private static final Bounds BY_DEFAULT = new Bounds(16 * MIB, 10_000);

  /** So that what is put is some five times what there is room for: the bound on bytes is met. */
  private static final int ITEMS = 16_384;

  /** What a store is to hold at most. */
  record Bounds(int bytes, int entries) {
    Bounds times(double factor) {
      return new Bounds((int) (bytes * factor), (int) (entries * factor));
    }
  }

  private MemoryStoreBench() {}

  /**
   * Runs it.
   *
   * @param arguments none; see {@code bench.runs} and {@code bench.seconds} in the build
   * @throws Exception when a store refuses something
   */
  public static void main(String[] arguments) throws Exception {
    BenchSettings settings = BenchSettings.of(System::getProperty);
    System.out.printf(
        Locale.ROOT,
        "Java %s %s, %d processors, load %.1f; %d runs of %d s%n",
        Runtime.version(),
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        settings.runs(),
        settings.run().toSeconds());
    System.out.print(heap(100_000));
    for (double factor : new double[] {0.25, 1, 4}) {
      StoreMix mix = new StoreMix((int) (ITEMS * factor));
      System.out.print(overshoots(BY_DEFAULT.times(factor), mix, 50_000));
    }
    // Small enough for the bound on entries to be met.
    System.out.print(overshoots(BY_DEFAULT, new StoreMix(50_000, 64), 50_000));
    System.out.print(throughput(settings, new StoreMix(ITEMS)));
  }

  private static String heap(int entries) throws Exception {
    StringBuilder table = new StringBuilder();
    table.append(
        line("%-12s %9s %9s %9s %9s", "entry of", "data", "heap", "counts as", "caffeine"));
    for (HeapTaken.Shape shape : HeapTaken.Shape.values()) {
      table.append(heapOf(shape, entries, 16));
      table.append(heapOf(shape, entries / 8, 8192));
    }
    return table.toString();
  }

  /** What an entry takes and counts as, each beyond its data, in bytes. */
  static String heapOf(HeapTaken.Shape shape, int entries, int data) throws Exception {
    MemoryBobStore ours = ours(Long.MAX_VALUE / 2, Integer.MAX_VALUE / 2);
    double heap = HeapTaken.perEntry(ours, shape, entries, data);
    double counted = (double) ours.usage().orElseThrow().bytes() / entries - data;
    ours.close();
    BobStore caffeine =
        new CaffeineStore(
            Long.MAX_VALUE / 2, Integer.MAX_VALUE, InstantSource.system(), Runnable::run);
    double peer = HeapTaken.perEntry(caffeine, shape, entries, data);
    return line("%-12s %9d %9.1f %9.1f %9.1f", shape, data, heap, counted, peer);
  }

  /** How far each store got beyond its bounds. */
  static String overshoots(Bounds bounds, StoreMix mix, int putsEach) throws Exception {
    StringBuilder table = new StringBuilder();
    table.append(
        line("%-12s %15s %15s; %s", "beyond by", "bytes", "entries", "of these " + bounds));
    MemoryBobStore ours = ours(bounds.bytes, bounds.entries);
    CaffeineStore pooled = caffeine(bounds, false);
    CaffeineStore direct = caffeine(bounds, true);
    overshoot(table, "memory", ours, bounds, mix, putsEach);
    overshoot(table, "caffeine", pooled, bounds, mix, putsEach);
    overshoot(table, "caff. now", direct, bounds, mix, putsEach);
    return table.toString();
  }

  private static void overshoot(
      StringBuilder table, String name, BobStore store, Bounds bounds, StoreMix mix, int putsEach)
      throws Exception {
    Overshoot most = Overshoot.measure(store, mix, THREADS, putsEach);
    long bytes = Math.max(0, most.bytes() - bounds.bytes);
    long entries = Math.max(0, most.entries() - bounds.entries);
    table.append(
        line(
            "%-12s %8d %5.1f%% %8d %5.1f%%",
            name, bytes, 100.0 * bytes / bounds.bytes, entries, 100.0 * entries / bounds.entries));
  }

  static String throughput(BenchSettings settings, StoreMix mix) throws Exception {
    List<Workload> workloads =
        List.of(
            new StoreWorkload("no bounds", new UnboundedStore(), mix),
            new StoreWorkload("caffeine", caffeine(BY_DEFAULT, false), mix),
            new StoreWorkload("caff. now", caffeine(BY_DEFAULT, true), mix),
            new StoreWorkload("memory", ours(BY_DEFAULT.bytes, BY_DEFAULT.entries), mix));
    BenchSettings threads =
        new BenchSettings(
            settings.runs(),
            settings.run(),
            settings.warmUp(),
            settings.mostExchanges(),
            List.of(1, 2, THREADS));
    return new Bench(threads, workloads, () -> Duration.ZERO).run().table();
  }

  private static CaffeineStore caffeine(Bounds bounds, boolean direct) {
    return new CaffeineStore(
        bounds.bytes,
        bounds.entries,
        InstantSource.system(),
        direct ? Runnable::run : ForkJoinPool.commonPool());
  }

  private static MemoryBobStore ours(long maxBytes, int maxEntries) {
    Map<String, String> bounds =
        Map.of("max-bytes", Long.toString(maxBytes), "max-entries", Integer.toString(maxEntries));
    StoreContext context =
        StoreContext.of(Jid.of("juliet@example.org")).withSettings(Settings.of("memory", bounds));
    return (MemoryBobStore) new MemoryBobStoreProvider().open(context);
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + System.lineSeparator();
  }
}
