package dev.bobbin.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a run has counted and what it has found. Safe for use by several threads. */
final class Findings {
  /** How many are told of. */
  static final int ENOUGH = 10;

  private final long begin = System.nanoTime();
  private final long seed;
  private int cycles;
  private int openings;
  private int narrow;
  private int tending;
  private int evicted;
  private long begun;
  private long acknowledged;
  private long reads;
  private int hidden;
  private int wrong;
  private int lost;
  private int few;
  private final List<String> problems = new ArrayList<>();

  Findings(long seed) {
    this.seed = seed;
  }

  synchronized void cycle(boolean opening, boolean isNarrow, boolean isTending) {
    cycles++;
    tending += isTending ? 1 : 0;
    openings += opening ? 1 : 0;
    narrow += isNarrow ? 1 : 0;
  }

  /** Received items are not there, which had to make room. */
  synchronized void evicted(int items) {
    evicted += items;
  }

  synchronized void begun() {
    begun++;
  }

  synchronized void acknowledged() {
    acknowledged++;
  }

  synchronized void read(int items) {
    reads += items;
  }

  /** How many hidden files a killed writer has left. */
  synchronized void hidden(int files) {
    hidden = Math.max(hidden, files);
  }

  /** Something was read that nobody has put, or that was over; or a program went wrong. */
  synchronized void wrong(String problem) {
    wrong++;
    add("wrong: " + problem);
  }

  /** An acknowledged change is not there. */
  synchronized void lost(String problem) {
    lost++;
    add("lost: " + problem);
  }

  /** Fewer cycles are a problem, unless one has ended them: they would show nothing. */
  synchronized void require(int least) {
    if (cycles < least && problemCount() == 0) {
      few = 1;
      add("there was no time for " + least + " cycles, as crash.least wants; see crash.minutes");
    }
  }

  private void add(String problem) {
    if (problems.size() < ENOUGH) {
      problems.add("cycle " + cycles + ": " + problem);
    }
  }

  synchronized int wrong() {
    return wrong;
  }

  synchronized int cycles() {
    return cycles;
  }

  synchronized long acknowledgedChanges() {
    return acknowledged;
  }

  synchronized int problemCount() {
    return wrong + lost + few;
  }

  /** The first of them. */
  synchronized List<String> problems() {
    return List.copyOf(problems);
  }

  /** All figures in one line. */
  synchronized String summary() {
    return ("%d writers killed (%d of them while opening, %d with too little room, %d that"
            + " tend the store at once), seed %d:"
            + " %d changes begun, %d acknowledged, %d reads checked, %d items evicted,"
            + " at most %d hidden files left by one; wrong %d, lost %d; %d s")
        .formatted(
            cycles,
            openings,
            narrow,
            tending,
            seed,
            begun,
            acknowledged,
            reads,
            evicted,
            hidden,
            wrong,
            lost,
            Duration.ofNanos(System.nanoTime() - begin).toSeconds());
  }
}
