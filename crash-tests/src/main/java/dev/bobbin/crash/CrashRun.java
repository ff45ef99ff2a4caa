package dev.bobbin.crash;

import dev.bobbin.store.jsonfile.TendedStoreProvider;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Kills writers, one after the other, and looks at what they leave. Of a cycle:
 *
 * <ol>
 *   <li>a writer that has warmed up is told to begin; in every seventh cycle the hidden files of
 *       those before are made to seem old first, so that it finds something to clear away;
 *   <li>a thread of this process reads what it writes;
 *   <li>it is killed at random: up to 4 ms after one of its first {@value #MOST_CHANGES} changes
 *       was acknowledged (a time alone would let a busy machine's writers do nothing), or, in every
 *       seventh cycle, within the first 12 ms, in which it opens the store. In every fourth cycle
 *       its store of files is full with fewer items than there are keys: then received ones may be
 *       gone, as many as room had to be made for. In every fourth cycle, among them half of those,
 *       the store counts, sweeps and evicts in the background from the start, over and over;
 *   <li>the store is opened in this process, and the keys that were changed are looked at. In every
 *       {@value #FULL_CHECK}th cycle, and at the end, all are, and listed, and no hidden file may
 *       be left.
 * </ol>
 *
 * <p>In every other cycle a Python program has put an item into a store of files beforehand, under
 * a name that the store escapes, as one file that no item of ours hides.
 *
 * <p>Meanwhile {@value #WARMING} other writers warm up in another place, since a JVM takes longer
 * to start than it is then allowed to live.
 */
final class CrashRun {
  private static final int WARMING = 2;

  /** Without a factor in common with the others, so that all kinds meet. */
  private static final int OPENING = 7;

  private static final int NARROW = 4;
  private static final int TENDING = 8;
  private static final int FULL_CHECK = 25;
  private static final int TOLD = 500;

  /** In microseconds, about. */
  private static final int LONGEST_OPENING = 12_000;

  /** In microseconds, about. */
  private static final int LONGEST_CHANGE = 4_000;

  private static final int MOST_CHANGES = 40;
  private static final long NUMBERS = 10_000_000;

  /** A replaced and an unfinished file of each thread, an opening's probe, and what is swept. */
  private static final int MOST_HIDDEN = 2 * WriterProgram.THREADS + 2;

  /** Files; so few that now and then not even the hosted ones fit. */
  private static final int FEW = 8;

  /** The clock of who must not remove what has expired. */
  private static final InstantSource BEHIND =
      () -> InstantSource.system().instant().minus(Duration.ofDays(1));

  private static final BobData PYTHONS = BobData.utf8("what a Python program has put");

  private final CrashPlan plan;
  private final Path directory;
  private final History history = new History();
  private final Findings findings;
  private final HiddenFiles hidden;
  private final SplittableRandom random;
  private final Queue<WriterProcess> warming = new ArrayDeque<>();

  CrashRun(CrashPlan plan) {
    this.plan = plan;
    this.findings = new Findings(plan.seed());
    this.directory = plan.folder().resolve(WriterProgram.TRIED);
    this.hidden =
        new HiddenFiles(
            List.of(directory.resolve(".bobbin"), directory.resolve("_received/.bobbin")));
    this.random = new SplittableRandom(plan.seed());
  }

  /** Runs until all is done, the time is over, or enough was found. */
  Findings run() throws IOException, InterruptedException {
    Files.createDirectories(plan.folder());
    long end = System.nanoTime() + plan.longest().toNanos();
    try (BobStore watched = plan.source().open(WriterProgram.TRIED, BEHIND)) {
      for (int cycle = 0;
          cycle < plan.cycles()
              && findings.problemCount() < plan.enough()
              && System.nanoTime() < end;
          cycle++) {
        int wanted = Math.min(1 + Math.min(WARMING, cycle), plan.cycles() - cycle);
        while (warming.size() < wanted) {
          warming.add(start(cycle + warming.size()));
        }
        cycle(watched, warming.remove(), cycle);
        if (findings.cycles() % TOLD == 0) {
          System.out.println(findings.summary());
        }
      }
      look(true, false);
      findings.require(plan.least());
    } finally {
      warming.forEach(WriterProcess::close);
    }
    return findings;
  }

  private WriterProcess start(int cycle) throws IOException {
    StoreSource source = plan.source();
    if (isNarrow(cycle)) {
      source = source.with("max-entries", String.valueOf(FEW));
    }
    if (isTending(cycle)) {
      source = source.by(TendedStoreProvider.NAME);
    }
    return WriterProcess.start(
        plan.jvm(), source, plan.folder().resolve("writers.log"), this::heard);
  }

  private boolean isNarrow(int cycle) {
    return plan.isOfFiles() && cycle % NARROW == 1;
  }

  private boolean isTending(int cycle) {
    return plan.isOfFiles() && (cycle % TENDING == 1 || cycle % TENDING == TENDING - 2);
  }

  private void heard(Report report) {
    if (report instanceof Report.Begun begun) {
      history.add(begun);
      findings.begun();
      findings.read(begun.reads());
    } else if (report instanceof Report.Acknowledged acknowledged) {
      history.add(acknowledged);
      findings.acknowledged();
    } else if (report instanceof Report.Refused refused) {
      history.add(refused);
    } else if (report instanceof Report.Full full) {
      history.add(full);
    } else if (report instanceof Report.Failed failed) {
      findings.wrong("a writer: " + failed.text());
    }
  }

  private void cycle(BobStore watched, WriterProcess writer, int cycle)
      throws IOException, InterruptedException {
    boolean opening = cycle % OPENING == OPENING / 2 - 1;
    boolean narrow = isNarrow(cycle);
    if (opening) {
      hidden.age();
    }
    if (plan.isOfFiles() && cycle % 2 == 0) {
      putAsPython(watched, cycle * NUMBERS);
    }
    history.begin(FEW);
    int before = hidden.count();
    writer.awaitReady();
    Watcher watcher = new Watcher(watched, history, findings, random.split());
    try (writer) {
      writer.go(random.nextLong(), cycle * NUMBERS + 1);
      if (!opening) {
        writer.awaitAcknowledged(1 + random.nextInt(MOST_CHANGES));
      }
      TimeUnit.MICROSECONDS.sleep(random.nextInt(opening ? LONGEST_OPENING : LONGEST_CHANGE));
      if (writer.hasEnded()) {
        findings.wrong("a writer has ended by itself; see writers.log");
      }
      writer.kill();
    } finally {
      watcher.stop();
    }
    watcher.judge(narrow);
    history
        .problemsOfAnswers(narrow, System.currentTimeMillis())
        .forEach(problem -> findings.wrong("of a writer: " + problem));
    findings.cycle(opening, narrow, isTending(cycle));
    int left = hidden.count() - before;
    findings.hidden(left);
    if (left > MOST_HIDDEN) {
      findings.wrong("a writer has left " + left + " hidden files, more than " + MOST_HIDDEN);
    }
    look(cycle % FULL_CHECK == 0, narrow);
  }

  private void putAsPython(BobStore store, long number) throws IOException {
    BobKey key = Keys.ALL.get(Keys.raw());
    Value value = new Value(Value.PYTHON, number, 0);
    store.delete(key);
    PythonFile.write(directory, value.item(key, PYTHONS).bob());
    history.settle(Keys.raw(), Optional.of(value));
  }

  private void look(boolean all, boolean evicting) throws IOException {
    if (all) {
      hidden.age();
    }
    try (BobStore store = plan.source().open(WriterProgram.TRIED)) {
      int[] keys = (all || evicting ? Keys.indices() : history.touched()).toArray();
      List<Observed> evicted = new ArrayList<>();
      List<Observed> seen = new ArrayList<>();
      for (int key : keys) {
        look(store, key).ifPresent(seen::add);
      }
      for (Observed each : seen) {
        Optional<String> problem = history.problem(each);
        if (problem.isPresent() && evicting && each.mayBeEviction()) {
          evicted.add(each);
        } else if (problem.isPresent()) {
          findings.lost(Keys.ALL.get(each.key()) + ": " + problem.get());
        }
      }
      findings.evicted(evicted.size());
      if (!history.mayBeEvicted(evicted)) {
        findings.lost(
            "more is not there than room had to be made for: "
                + evicted.stream().map(each -> Keys.ALL.get(each.key())).toList());
      }
      seen.forEach(each -> history.settle(each.key(), each.value()));
      findings.read(keys.length);
      if (all) {
        list(store);
      }
    }
    if (all && hidden.count() > 0) {
      findings.wrong(hidden.count() + " hidden files are left of an hour ago");
    }
  }

  private Optional<Observed> look(BobStore store, int key) throws IOException {
    try {
      return Optional.of(Observed.in(store, key, history.known()));
    } catch (WrongValueException e) {
      findings.wrong("after a writer was killed: " + e.getMessage());
      store.delete(Keys.ALL.get(key));
      history.settle(key, Optional.empty());
      return Optional.empty();
    }
  }

  private void list(BobStore store) throws IOException {
    Set<BobKey> listed = new HashSet<>();
    @Nullable String cursor = null;
    do {
      Page<BobKey> page = store.scan(cursor, Keys.ALL.size());
      listed.addAll(page.items());
      cursor = page.next();
    } while (cursor != null && listed.size() <= Keys.ALL.size());
    for (int key : Keys.indices().toArray()) {
      boolean there = listed.remove(Keys.ALL.get(key));
      if (history.isThere(key).filter(expected -> expected != there).isPresent()) {
        findings.wrong(Keys.ALL.get(key) + (there ? " is listed" : " is not listed"));
      }
    }
    if (!listed.isEmpty()) {
      findings.wrong("listed, though nobody has put them: " + listed);
    }
  }
}
