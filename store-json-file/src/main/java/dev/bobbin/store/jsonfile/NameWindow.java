package dev.bobbin.store.jsonfile;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Names read ahead for the next pages of listings, so that a million files do not mean to read a
 * thousand times a million names: a few windows, for as many listings that are under way at once.
 *
 * <p>Whoever begins to list a directory has its names read anew, and what was read of it before is
 * forgotten. So whatever is kept was read after the last listing had begun, hence after each: a
 * file that is there all the time is among what each is given.
 *
 * <p>Safe for use by several threads, of which one reads at a time.
 */
final class NameWindow {
  static final Duration UNUSED = Duration.ofMinutes(1);
  static final int MOST_WINDOWS = 4;

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

  /** The one used last comes first. */
  private final Deque<Names> kept = new ArrayDeque<>();

  /**
   * Makes an empty one.
   *
   * @param size how many names a window has, at least as many as a page is given
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
   * @param limit no more than a window has
   */
  synchronized List<String> after(
      ItemDirectory directory, String after, int limit, DirectoryNames.Listed listed)
      throws IOException {
    if (after.isEmpty()) {
      kept.removeIf(window -> window.directory() == directory);
    }
    for (Iterator<Names> windows = kept.iterator(); windows.hasNext(); ) {
      Names window = windows.next();
      List<String> names = window.after(directory, after, limit);
      if (names != null) {
        windows.remove();
        kept.addFirst(window.usedAt(nanos.getAsLong()));
        return names;
      }
    }
    List<String> read = directory.namesAfter(after, size, listed);
    kept.addFirst(new Names(directory, after, read, read.size() == size, nanos.getAsLong()));
    if (kept.size() > MOST_WINDOWS) {
      kept.removeLast();
    }
    return read.subList(0, Math.min(limit, read.size()));
  }

  /** A listing is over, and whatever it used last is not needed any more. */
  synchronized void forgetLast() {
    kept.pollFirst();
  }

  /** Forgets what nobody has wanted for a while. */
  synchronized void forgetUnused() {
    kept.removeIf(window -> nanos.getAsLong() - window.usedAt() >= UNUSED.toNanos());
  }
}
