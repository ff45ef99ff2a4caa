package dev.bobbin.store.jsonfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the files of one directory come to, by the last census that was finished, or by the first
 * one while that is under way; and what is being written.
 *
 * <p>Safe for use by several threads: each step is taken under the lock of its {@link Quota}.
 */
final class DirectoryCount {
  private final Object lock;
  private Census known = new Census();
  private Census latest = known;
  private Tally reserved = Tally.NONE;

  /**
   * Makes one of nothing.
   *
   * @param lock guards it, so that its quota can look at two of them at once
   */
  DirectoryCount(Object lock) {
    this.lock = lock;
  }

  Tally now() {
    synchronized (lock) {
      return known.counted();
    }
  }

  Tally withReserved() {
    synchronized (lock) {
      return now().plus(reserved);
    }
  }

  void reserve(Tally growth) {
    synchronized (lock) {
      reserved = reserved.plus(growth);
    }
  }

  /** A change is over, well or not. */
  void settle(String name, Tally growth, Tally before, Tally after) {
    synchronized (lock) {
      reserved = reserved.minus(growth);
      known.changed(name, before, after);
      if (latest != known) {
        latest.changed(name, before, after);
      }
    }
  }

  /** Whether a census was finished. */
  boolean isKnown() {
    synchronized (lock) {
      return known.isFinished();
    }
  }

  /** Begins a census, in place of one that is under way. */
  void begin() {
    synchronized (lock) {
      latest = new Census();
      if (!known.isFinished()) {
        known = latest;
      }
    }
  }

  /** Whether the census that was begun last is finished. */
  boolean isFinished() {
    synchronized (lock) {
      return latest.isFinished();
    }
  }

  /** As {@link Census#next}. */
  @Nullable String next() {
    synchronized (lock) {
      return latest.next();
    }
  }

  /** As {@link Census#readTo}. */
  String readTo() {
    synchronized (lock) {
      return latest.readTo();
    }
  }

  /** As {@link Census#read}. */
  void read(List<String> names, boolean more) {
    synchronized (lock) {
      latest.read(names, more);
      adopt();
    }
  }

  /** As {@link Census#count}. */
  void count(String name, Tally file) {
    synchronized (lock) {
      latest.count(name, file);
      adopt();
    }
  }

  private void adopt() {
    if (latest.isFinished()) {
      known = latest;
    }
  }
}
