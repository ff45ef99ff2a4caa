package dev.bobbin.crash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * All that writers have said of their changes, and the judge of what is then read.
 *
 * <p>A key may have the value of any change that has begun, unless another change of the key was
 * acknowledged that began after the first one was acknowledged: then the first is over. A change
 * that was never acknowledged is never over by that rule, since it may take effect at any time
 * until its writer is dead. Changes that overlap may have taken effect in either order. One that
 * was refused has never been.
 *
 * <p>The order is that of the reports, numbered as they come in. A writer reports before it begins
 * and after it was told of the end, so that an order seen in the reports is the order of the
 * changes. Whoever looks while a writer runs notes how many reports have come in before: only those
 * count, as later ones may tell of changes that were made after the look. For the same reason the
 * judgement waits until all reports are in: a value may be seen before its report is.
 *
 * <p>A change with a condition was rightly made if what it expected may have been there between its
 * two reports, and rightly refused if something else may have been. Of those that expect the same
 * item, one only can be made: then it is gone, since no two changes put the same.
 *
 * <p>Once all writers are dead, what is found is all that can be found later on: it takes the place
 * of the history that led to it. Safe for use by several threads.
 */
final class History {
  private static final int NEVER = Integer.MAX_VALUE;

  private int reports;
  private final List<List<Change>> changes = new ArrayList<>();
  private final Map<Long, Change> open = new HashMap<>();

  /** Since all was settled, also those that were refused. */
  private final List<Change> puts = new ArrayList<>();

  /** How many of the files that were there when all was settled may go without a put. */
  private int excess;

  History() {
    Keys.indices()
        .forEach(
            key -> changes.add(new ArrayList<>(List.of(Change.settled(key, Optional.empty())))));
  }

  private static final class Change {
    private final int key;
    private final boolean put;
    private final long number;
    private final long expires;
    private final long expected;
    private final int begun;

    /** When its end was told of, be it made or refused. */
    private int ended = NEVER;

    private boolean refused;
    private boolean full;

    private Change(Report.Begun begun, int report) {
      this.key = begun.key();
      this.put = begun.put();
      this.number = begun.number();
      this.expires = begun.expires();
      this.expected = begun.expected();
      this.begun = report;
    }

    /** Begun and acknowledged before anything else. */
    static Change settled(int key, Optional<Value> value) {
      long number = value.map(Value::number).orElse(0L);
      long expires = value.map(Value::expires).orElse(0L);
      Change change =
          new Change(
              new Report.Begun(number, key, value.isPresent(), expires, Report.Begun.ANY, 0), -1);
      change.ended = -1;
      return change;
    }

    boolean hasCondition() {
      return expected != Report.Begun.ANY;
    }

    /** Whether what it leaves may be what somebody expects. */
    boolean mayLeave(long wanted, long time) {
      return wanted == Report.Begun.NOTHING ? leavesNothing(time) : put && number == wanted;
    }

    /** Whether what it leaves may be something else. */
    boolean mayLeaveElse(long wanted, long time) {
      return wanted == Report.Begun.NOTHING ? put : !put || number != wanted || isExpiredAt(time);
    }

    boolean isExpiredAt(long time) {
      return put && expires != 0 && expires <= time;
    }

    /** Whether none was there afterwards. */
    boolean leavesNothing(long time) {
      return !put || isExpiredAt(time);
    }
  }

  synchronized void add(Report.Begun begun) {
    Change change = new Change(begun, reports++);
    changes.get(change.key).add(change);
    open.put(change.number, change);
    if (change.put) {
      puts.add(change);
    }
  }

  synchronized void add(Report.Acknowledged acknowledged) {
    end(acknowledged.number());
  }

  synchronized void add(Report.Refused refused) {
    neverMade(refused.number()).refused = true;
  }

  synchronized void add(Report.Full full) {
    neverMade(full.number()).full = true;
  }

  private Change neverMade(long number) {
    Change change = end(number);
    changes.get(change.key).remove(change);
    return change;
  }

  private Change end(long number) {
    Change change = open.remove(number);
    if (change == null) {
      throw new IllegalStateException(number + " was never begun");
    }
    change.ended = reports++;
    return change;
  }

  /** How many reports have come in. */
  synchronized int known() {
    return reports;
  }

  /** Why it cannot have been read; empty when it can. For when all reports are in. */
  synchronized Optional<String> problem(Observed seen) {
    List<Change> ofKey = changes.get(seen.key());
    return seen.value().isPresent()
        ? problem(ofKey, seen, seen.value().get())
        : problemOfAbsence(ofKey, seen);
  }

  private static Optional<String> problem(List<Change> ofKey, Observed seen, Value value) {
    Optional<Change> change =
        ofKey.stream().filter(each -> each.put && each.number == value.number()).findAny();
    if (change.isEmpty()) {
      return Optional.of(value + " was not put, or was over long ago");
    }
    if (change.get().isExpiredAt(seen.from())) {
      return Optional.of(value + " had expired");
    }
    return successor(ofKey, change.get(), seen.known())
        .map(later -> value + " was over: " + later.number + " was acknowledged after it");
  }

  private static Optional<String> problemOfAbsence(List<Change> ofKey, Observed seen) {
    boolean possible =
        ofKey.stream()
            .filter(change -> change.leavesNothing(seen.to()))
            .anyMatch(change -> successor(ofKey, change, seen.known()).isEmpty());
    if (possible) {
      return Optional.empty();
    }
    List<Long> put = ofKey.stream().filter(each -> each.put).map(each -> each.number).toList();
    return Optional.of(
        "nothing was there, though the last of "
            + put.size()
            + " puts, "
            + put.get(put.size() - 1)
            + ", or one before it was acknowledged");
  }

  /** A change after which the given one is over, if such a one was known by then. */
  private static Optional<Change> successor(List<Change> ofKey, Change change, int known) {
    return ofKey.stream()
        .filter(later -> later.ended < known && later.begun > change.ended)
        .findAny();
  }

  /**
   * What cannot be of the changes that were refused, or acknowledged on a condition. For when all
   * reports are in.
   *
   * @param evicting whether there is too little room: items may have gone that nobody has deleted
   * @param time now
   */
  synchronized List<String> problemsOfAnswers(boolean evicting, long time) {
    List<String> problems = new ArrayList<>();
    Set<Long> gone = new HashSet<>();
    for (Change change : puts) {
      if (change.full && !evicting) {
        problems.add(change.number + " was refused for want of room, though there was enough");
      }
      boolean made = change.ended != NEVER && changes.get(change.key).contains(change);
      if (!change.hasCondition() || !(made || change.refused)) {
        continue;
      }
      boolean nothing = change.expected == Report.Begun.NOTHING;
      String what = change.number + ", which expected " + (nothing ? "nothing" : change.expected);
      List<Change> states =
          changes.get(change.key).stream()
              .filter(each -> each != change && each.begun < change.ended)
              .filter(each -> successor(changes.get(change.key), each, change.begun).isEmpty())
              .toList();
      boolean evicted = evicting && Keys.isReceived(change.key);
      if (made) {
        if (states.stream().noneMatch(each -> each.mayLeave(change.expected, time))
            && !(evicted && nothing)) {
          problems.add(what + ", was put, though that was not there");
        } else if (!nothing && !gone.add(change.expected)) {
          problems.add(what + ", was put, as another one was in that one's place");
        }
      } else if (states.stream().noneMatch(each -> each.mayLeaveElse(change.expected, time))
          && !(evicted && !nothing)) {
        problems.add(what + ", was refused, though that was there");
      }
    }
    return problems;
  }

  /**
   * Whether items that are not there may have made room: for each put that had not ended when the
   * item was put, one may have gone, and those that were too many when all was settled. For when
   * all reports are in.
   */
  synchronized boolean mayBeEvicted(Collection<Observed> absences) {
    List<Change> missed =
        absences.stream()
            .map(this::firstOfThoseThatMayBeThere)
            .sorted(Comparator.comparing((Change change) -> change.begun).reversed())
            .toList();
    for (int i = 0; i < missed.size(); i++) {
      Change item = missed.get(i);
      long others =
          puts.stream()
              .filter(each -> each.number != item.number && each.ended > item.begun)
              .count();
      if (others + excess <= i) {
        return false;
      }
    }
    return true;
  }

  private Change firstOfThoseThatMayBeThere(Observed missed) {
    List<Change> ofKey = changes.get(missed.key());
    return ofKey.stream()
        .filter(each -> successor(ofKey, each, missed.known()).isEmpty())
        .findFirst()
        .orElseThrow();
  }

  /** The keys that were changed since they were last settled. */
  synchronized IntStream touched() {
    return Arrays.stream(Keys.indices().filter(key -> changes.get(key).size() > 1).toArray());
  }

  /** What is there now that all writers are dead. */
  synchronized void settle(int key, Optional<Value> value) {
    List<Change> ofKey = changes.get(key);
    ofKey.forEach(change -> open.remove(change.number));
    ofKey.clear();
    ofKey.add(Change.settled(key, value));
  }

  /**
   * A writer is about to begin, and all is settled.
   *
   * @param most how many items its store may hold
   */
  synchronized void begin(int most) {
    puts.clear();
    int there = (int) changes.stream().filter(ofKey -> ofKey.get(0).put).count();
    excess = Math.max(0, there - most);
  }

  /** Whether there must be an item now that all are settled; empty when it may have expired. */
  synchronized Optional<Boolean> isThere(int key) {
    return Keys.expires(key) ? Optional.empty() : Optional.of(changes.get(key).get(0).put);
  }
}
