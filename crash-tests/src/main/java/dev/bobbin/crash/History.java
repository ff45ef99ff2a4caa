package dev.bobbin.crash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * <p>Once all writers are dead, what is found is all that can be found later on: it takes the place
 * of the history that led to it. Safe for use by several threads.
 */
final class History {
  private static final int NEVER = Integer.MAX_VALUE;

  private int reports;
  private final List<List<Change>> changes = new ArrayList<>();
  private final Map<Long, Change> open = new HashMap<>();

  History() {
    Keys.indices()
        .forEach(key -> changes.add(new ArrayList<>(List.of(Change.settled(Optional.empty())))));
  }

  private static final class Change {
    private final boolean put;
    private final long number;
    private final long expires;
    private final int begun;
    private int acknowledged;

    private Change(boolean put, long number, long expires, int begun, int acknowledged) {
      this.put = put;
      this.number = number;
      this.expires = expires;
      this.begun = begun;
      this.acknowledged = acknowledged;
    }

    /** Begun and acknowledged before anything else. */
    static Change settled(Optional<Value> value) {
      return value
          .map(v -> new Change(true, v.number(), v.expires(), -1, -1))
          .orElseGet(() -> new Change(false, 0, 0, -1, -1));
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
    Change change = new Change(begun.put(), begun.number(), begun.expires(), reports++, NEVER);
    changes.get(begun.key()).add(change);
    open.put(begun.number(), change);
  }

  synchronized void add(Report.Acknowledged acknowledged) {
    Change change = open.remove(acknowledged.number());
    if (change == null) {
      throw new IllegalStateException(acknowledged + " was never begun");
    }
    change.acknowledged = reports++;
  }

  synchronized void add(Report.Refused refused) {
    Change change = open.remove(refused.number());
    changes.forEach(ofKey -> ofKey.remove(change));
    reports++;
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
        .filter(later -> later.acknowledged < known && later.begun > change.acknowledged)
        .findAny();
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
    ofKey.add(Change.settled(value));
  }

  /** Whether there must be an item now that all are settled; empty when it may have expired. */
  synchronized Optional<Boolean> isThere(int key) {
    return Keys.expires(key) ? Optional.empty() : Optional.of(changes.get(key).get(0).put);
  }
}
