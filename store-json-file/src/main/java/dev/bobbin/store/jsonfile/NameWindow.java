package dev.bobbin.store.jsonfile;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Names read ahead for the next pages of a listing, so that a million files do not mean to read a
 * thousand times a million names.
 *
 * <p>Whoever begins a listing has the names read anew, and what is kept is never replaced by what
 * was read before it. So each page is given names that were read after its listing began: a file
 * that is there all the time is among them.
 *
 * <p>Safe for use by several threads, of which one reads at a time.
 */
final class NameWindow {
  static final Duration UNUSED = Duration.ofMinutes(1);

  /**
   * What was read.
   *
   * @param from the name behind which the names begin
   * @param more whether there are others behind them
   */
  private record Names(
      ItemDirectory directory, String from, List<String> names, boolean more, long usedAt) {
    /** Null when they do not tell what is there. */
    @Nullable List<String> after(ItemDirectory wanted, String after, int limit) {
      if (wanted != directory || after.compareTo(from) < 0) {
        return null;
      }
      int found = Collections.binarySearch(names, after);
      int begin = found >= 0 ? found + 1 : -found - 1;
      return names.size() - begin >= limit
          ? names.subList(begin, begin + limit)
          : more ? null : names.subList(begin, names.size());
    }

    Names usedAt(long now) {
      return new Names(directory, from, names, more, now);
    }
  }

  private final int size;
  private final LongSupplier nanos;
  private @Nullable Names kept;

  /**
   * Makes an empty one.
   *
   * @param size how many names it keeps, at least as many as a page is given
   * @param nanos tells times that can be compared
   */
  NameWindow(int size, LongSupplier nanos) {
    this.size = size;
    this.nanos = nanos;
  }

  /**
   * The least names behind the given one, sorted, at most so many.
   *
   * @param after the empty string to begin
   * @param limit no more than it keeps
   */
  synchronized List<String> after(
      ItemDirectory directory, String after, int limit, DirectoryNames.Listed listed)
      throws IOException {
    long now = nanos.getAsLong();
    Names before = kept;
    if (before != null && !after.isEmpty()) {
      List<String> names = before.after(directory, after, limit);
      if (names != null) {
        kept = before.usedAt(now);
        return names;
      }
    }
    List<String> read = directory.namesAfter(after, size, listed);
    boolean more = read.size() == size;
    kept = new Names(directory, after, read, more, now);
    return read.subList(0, Math.min(limit, read.size()));
  }

  synchronized void forget() {
    kept = null;
  }

  /** Forgets what nobody has wanted for a while. */
  synchronized void forgetUnused() {
    if (kept != null && nanos.getAsLong() - kept.usedAt() >= UNUSED.toNanos()) {
      kept = null;
    }
  }
}
