package dev.bobbin.benchmarks;

import dev.bobbin.store.jsonfile.JsonFileBobStore;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.bob.spi.StoreFullException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures a store of JSON files in a directory of many files, in a process with a heap of {@value
 * #HEAP}: what {@code get} and {@code put} cost, beside the same steps on bare files in the same
 * directory, turn by turn; how much heap it takes; and how long its census does. A bare put writes
 * a file, forces it, renames it and forces the directory; in the line {@code and back} it keeps the
 * old file until then, as the store does.
 *
 * <p>Settings: {@code bench.files} (1000000), {@code bench.runs} (5) of {@value #TURNS} puts and
 * {@value #GETS} times as many gets. It works in a folder in the system's temporary one, and
 * removes it.
 */
public final class StoreFilesBench {
  private static final String HEAP = "64m";
  private static final int FEW = 1000;
  private static final int TURNS = 200;

  /** As they are so quick, and all Java: it takes some thousand until they are compiled. */
  private static final int GETS = 50;

  private static final Duration LONGEST_CENSUS = Duration.ofMinutes(20);
  private static final String PROBE = "probe@bench";

  private final PrintStream out;
  private final int runs;
  private final int turns;

  StoreFilesBench(PrintStream out, int runs, int turns) {
    this.out = out;
    this.runs = runs;
    this.turns = turns;
  }

  /**
   * Runs it.
   *
   * @param arguments none; a number of files in the process that it starts
   * @throws Exception when it cannot be measured
   */
  public static void main(String[] arguments) throws Exception {
    int runs = Integer.getInteger("bench.runs", 5);
    if (arguments.length == 1) {
      new StoreFilesBench(System.out, runs, TURNS).run(Integer.parseInt(arguments[0]));
      return;
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP,
                "-Dbench.runs=" + runs,
                "-cp",
                System.getProperty("java.class.path"),
                StoreFilesBench.class.getName(),
                Integer.toString(Integer.getInteger("bench.files", 1_000_000)))
            .inheritIO()
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    System.exit(process.waitFor());
  }

  void run(int files) throws Exception {
    Path folder = Files.createTempDirectory("bobbin-bench").toRealPath();
    try {
      // One in memory forces nothing, and says little of a disk.
      print("file system: %s", Files.getFileStore(folder).type());
      Path few = Files.createDirectory(folder.resolve("few"));
      Path many = Files.createDirectory(folder.resolve("many"));
      new StoreFiles(few).fill(Math.min(FEW, files));
      // Also warms up what is measured in the other directory.
      measure(few, Math.min(FEW, files));
      long begun = System.nanoTime();
      new StoreFiles(many).fill(files);
      print("filled with %d files in %.1f s", files, seconds(begun));
      long usedWithFew = used(few);
      measure(many, files);
      // The new ones are there as well by then.
      census(many, files + 2 * (runs + 1) * turns);
      print("heap in use with %d files: %d KiB", Math.min(FEW, files), usedWithFew / 1024);
      print("heap in use with %d files: %d KiB", files, used(many) / 1024);
    } finally {
      StoreFiles.remove(folder);
    }
  }

  private void measure(Path directory, int files) throws IOException {
    StoreFiles bare = new StoreFiles(directory);
    long begun = System.nanoTime();
    try (JsonFileBobStore store = JsonFileBobStore.open(directory)) {
      print("opened with %d files in %.2f s", files, seconds(begun));
      measure(store, bare, files);
    }
  }

  private void measure(JsonFileBobStore store, StoreFiles bare, int files) throws IOException {
    print("%-12s %10s %10s %8s", "median of", "bare us", "store us", "ratio");
    Turn bareGet = i -> bare.get(any(i, files));
    Turn storeGet = i -> get(store, any(i, files));
    compare("get", GETS * turns, bareGet, storeGet);
    Turn putAgain = i -> store.put(StoreFiles.item(any(i, files)));
    compare("put again", turns, i -> bare.put(any(i, files)), putAgain);
    compare("  and back", turns, i -> bare.putWithWayBack(any(i, files)), putAgain);
    compare(
        "put new",
        turns,
        i -> bare.put("new-bare-" + i + "@bench"),
        i -> store.put(StoreFiles.item("new-store-" + i + "@bench")));
  }

  private static void get(JsonFileBobStore store, String name) throws IOException {
    if (store.get(StoreFiles.key(name)).isEmpty()) {
      throw new IllegalStateException(name + " is not there");
    }
  }

  /** Far from its neighbours, and the same in each run of the benchmark. */
  private static String any(int turn, int files) {
    return StoreFiles.name((int) (turn * 7_919L % files));
  }

  /** What is measured. */
  @FunctionalInterface
  private interface Turn {
    void take(int number) throws IOException;
  }

  private void compare(String name, int perRun, Turn bare, Turn store) throws IOException {
    List<Double> bareMicros = new ArrayList<>();
    List<Double> storeMicros = new ArrayList<>();
    for (int i = 0; i < (runs + 1) * perRun; i++) {
      // Neither is always the one that finds the disk as the other has left it.
      boolean bareFirst = i % 2 == 0;
      double first = micros(bareFirst ? bare : store, 2 * i);
      double second = micros(bareFirst ? store : bare, 2 * i + 1);
      if (i >= perRun) {
        bareMicros.add(bareFirst ? first : second);
        storeMicros.add(bareFirst ? second : first);
      }
    }
    bareMicros.sort(null);
    storeMicros.sort(null);
    double bareMedian = Report.middle(bareMicros);
    double storeMedian = Report.middle(storeMicros);
    print("%-12s %10.1f %10.1f %8.2f", name, bareMedian, storeMedian, storeMedian / bareMedian);
  }

  private static double micros(Turn turn, int number) throws IOException {
    long begun = System.nanoTime();
    turn.take(number);
    return (System.nanoTime() - begun) / 1e3;
  }

  /** Its end is seen by a put that is refused: then all files are counted. */
  private void census(Path many, int files) throws Exception {
    AtomicLong worked = new AtomicLong();
    Executor measured =
        task ->
            ForkJoinPool.commonPool()
                .execute(
                    () -> {
                      long begun = System.nanoTime();
                      task.run();
                      worked.addAndGet(System.nanoTime() - begun);
                    });
    StoreContext context =
        StoreContext.of(Jid.of("bench@example.org"))
            .withExecutor(measured)
            .withSettings(Settings.of("json-file", Map.of("max-entries", Integer.toString(files))));
    long begun = System.nanoTime();
    try (JsonFileBobStore store = JsonFileBobStore.open(many, context)) {
      long end = begun + LONGEST_CENSUS.toNanos();
      while (System.nanoTime() - end < 0) {
        try {
          store.put(StoreFiles.item(PROBE));
          store.delete(StoreFiles.key(PROBE));
        } catch (StoreFullException e) {
          print(
              "census through after %.1f s, of which %.1f s were work",
              seconds(begun), worked.get() / 1e9);
          return;
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    throw new IllegalStateException("the census is not through after " + LONGEST_CENSUS);
  }

  /** Bytes in use with a store open and nothing under way. */
  private static long used(Path directory) throws Exception {
    try (JsonFileBobStore store = JsonFileBobStore.open(directory)) {
      get(store, StoreFiles.name(0));
      Runtime runtime = Runtime.getRuntime();
      for (int i = 0; i < 3; i++) {
        System.gc();
      }
      long used = runtime.totalMemory() - runtime.freeMemory();
      get(store, StoreFiles.name(0));
      return used;
    }
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
