package dev.bobbin.store.jsonfile;

import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The count of one directory's files: while it is taken, of those counted so far, a lower bound;
 * then of all.
 *
 * <p>It goes by the order of names, so that of each name it can be told whether its file is counted
 * already: then a change of that file changes the count, and otherwise the file is counted as it is
 * when its turn comes. The names are read a window at a time. A file that comes within the window
 * afterwards is added to those to be counted; so is each that changes, since some file systems
 * leave out what is renamed while names are read. It is finished by what leaves nothing to count,
 * in the same step, so that no change comes in between. Thus the count is exact in what this
 * process does meanwhile.
 *
 * <p>Not safe for use by several threads. That no file changes between being looked at and being
 * counted is the caller's to see to.
 */
final class Census {
  private final TreeSet<String> pending = new TreeSet<>();
  private Tally counted = Tally.NONE;
  private String last = "";
  private String readTo = "";
  private boolean allRead;
  private boolean finished;

  Tally counted() {
    return counted;
  }

  /** The next name to be counted; null when names have to be read first, or it is finished. */
  @Nullable String next() {
    return !pending.isEmpty() && isRead(pending.first()) ? pending.first() : null;
  }

  private boolean isRead(String name) {
    return allRead || name.compareTo(readTo) <= 0;
  }

  /** The name behind which names have to be read. */
  String readTo() {
    return readTo;
  }

  /**
   * Takes the names that were read.
   *
   * @param names the least ones behind {@link #readTo()}, sorted, or all in any order
   * @param more whether there are others behind them
   */
  void read(List<String> names, boolean more) {
    pending.addAll(names);
    allRead = !more;
    if (more) {
      readTo = names.get(names.size() - 1);
    }
    finishIfDone();
  }

  void count(String name, Tally file) {
    counted = counted.plus(file);
    pending.remove(name);
    if (name.compareTo(last) > 0) {
      last = name;
    }
    finishIfDone();
  }

  private void finishIfDone() {
    finished = allRead && pending.isEmpty();
  }

  /** Whether all is counted; then it only changes. */
  boolean isFinished() {
    return finished;
  }

  void changed(String name, Tally before, Tally after) {
    if (finished || (name.compareTo(last) <= 0 && !pending.contains(name))) {
      counted = counted.plus(after).minus(before).growth();
    } else if (isRead(name) || pending.size() < DirectoryNames.WINDOW) {
      // What is not noted here will be seen when those names are read.
      pending.add(name);
    }
  }
}
