package dev.bobbin.crash;

import dev.bobbin.xmpp.bob.spi.BobStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread of this process that reads the store while a writer changes it. What it has seen is
 * judged when all that the writer said is known.
 *
 * <p>The clock of its store is behind, so that it removes no expired item: where a process does,
 * others may for a moment not see the item that was put in its place (docs/reliability.md). What it
 * is given though it has expired, a store whose clock is right hides.
 */
final class Watcher {
  private static final int MOST_READS = 20_000;
  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private final BobStore store;
  private final History history;
  private final Findings findings;
  private final List<Observed> seen = new ArrayList<>();
  private final Thread thread;
  private volatile boolean stopped;

  Watcher(BobStore store, History history, Findings findings, SplittableRandom random) {
    this.store = store;
    this.history = history;
    this.findings = findings;
    this.thread = new Thread(() -> watch(random), "crash-watcher");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch(SplittableRandom random) {
    while (!stopped && seen.size() < MOST_READS) {
      int key = random.nextInt(Keys.ALL.size());
      try {
        Observed each = Observed.in(store, key, history.known());
        if (!each.hasExpired()) {
          seen.add(each);
        }
      } catch (WrongValueException | IOException | RuntimeException e) {
        findings.wrong("while a writer ran: " + e.getMessage());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  void stop() throws InterruptedException {
    stopped = true;
    thread.join();
  }

  /**
   * For when it has stopped, and all reports are in.
   *
   * @param evicting whether the store had to make room
   */
  void judge(boolean evicting) {
    for (Observed each : seen) {
      history
          .problem(each)
          .filter(
              problem -> !evicting || !each.mayBeEviction() || !history.mayBeEvicted(List.of(each)))
          .ifPresent(
              problem ->
                  findings.wrong(
                      "while a writer ran, " + Keys.ALL.get(each.key()) + ": " + problem));
    }
    findings.read(seen.size());
  }
}
