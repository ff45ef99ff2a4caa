package dev.bobbin.xmpp.bob.plugin;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * Logs failures that a peer can cause as often as it sends: the first one with its trace, and, when
 * all works again, how many there were. Thread-safe.
 */
final class FailureLog {
  private final Logger log;
  private final String what;
  private final AtomicLong failures = new AtomicLong();

  /**
   * Makes a log of failures of one kind.
   *
   * @param what a sentence without its full stop
   */
  FailureLog(Logger log, String what) {
    this.log = log;
    this.what = what;
  }

  void failed(Throwable failure) {
    if (failures.getAndIncrement() == 0) {
      log.warn("{}; more such failures are counted until it works again", what, failure);
    }
  }

  void worked() {
    // Read first: nearly always there is nothing to reset.
    long count = failures.get() == 0 ? 0 : failures.getAndSet(0);
    if (count > 1) {
      log.warn("{}; that was so {} times and is over", what, count);
    }
  }
}
