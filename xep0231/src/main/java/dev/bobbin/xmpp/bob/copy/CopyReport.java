package dev.bobbin.xmpp.bob.copy;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a copy has done so far, or in all. Immutable. */
public final class CopyReport {
  /**
   * More problems of one outcome than these are counted, and not listed; {@link
   * CopyOptions#withProblems} is told of each.
   */
  public static final int MOST_PROBLEMS = 100;

  private final Map<CopyOutcome, Long> counts;
  private final long examined;
  private final long lookedAgain;
  private final long bytes;
  private final List<CopyProblem> problems;
  private final @Nullable String cursor;
  private final boolean complete;

  CopyReport(
      Map<CopyOutcome, Long> counts,
      long examined,
      long lookedAgain,
      long bytes,
      List<CopyProblem> problems,
      @Nullable String cursor,
      boolean complete) {
    this.counts = new EnumMap<>(CopyOutcome.class);
    this.counts.putAll(counts);
    this.examined = examined;
    this.lookedAgain = lookedAgain;
    this.bytes = bytes;
    this.problems = List.copyOf(problems);
    this.cursor = cursor;
    this.complete = complete;
  }

  /**
   * How many keys had an outcome.
   *
   * @param outcome the outcome
   * @return a number from 0 on
   */
  public long count(CopyOutcome outcome) {
    return counts.getOrDefault(Objects.requireNonNull(outcome, "outcome"), 0L);
  }

  /**
   * How many keys have had their turn. Each has one outcome, and one more where the second look
   * finds it {@link CopyOutcome#GONE}, or fails.
   *
   * @return a number from 0 on
   */
  public long examined() {
    return examined;
  }

  /**
   * How far the second look has come, which begins once all keys have had their turn.
   *
   * @return a number of keys, from 0 on; others may have put and deleted some since the first look
   */
  public long lookedAgain() {
    return lookedAgain;
  }

  /**
   * How many bytes of data were copied, without what surrounds them.
   *
   * @return a number from 0 on
   */
  public long bytes() {
    return bytes;
  }

  /**
   * The items that were listed and are not known to be in the store copied to: what {@link
   * CopyProblem} may be, the first {@value #MOST_PROBLEMS} of each outcome. Look at them before the
   * store copied from is given up: where that cannot tell, a damaged item is only {@link
   * CopyOutcome#ABSENT}.
   *
   * @return the problems, in the order in which they were met
   */
  public List<CopyProblem> problems() {
    return problems;
  }

  /**
   * Where another copy can go on, given to {@link CopyOptions#withCursor}: all before that place of
   * the listing has been dealt with, be it that it has failed. It is of use for as long as the
   * store copied from takes it; one in memory does so while it is open.
   *
   * @return a cursor; empty where a copy begins with the first key, or all have had their turn
   */
  public Optional<String> cursor() {
    return Optional.ofNullable(cursor);
  }

  /**
   * Whether the copy came to its end, the second look included; not that all items were copied,
   * which {@link #count} and {@link #problems} tell.
   *
   * @return false of a progress, and of what a {@link CopyException} carries
   */
  public boolean isComplete() {
    return complete;
  }

  /**
   * The counts, fit for a log.
   *
   * @return such as {@code 120 examined: 100 copied (51200 bytes), 20 already there}
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(examined()).append(" examined");
    String separator = ": ";
    for (Map.Entry<CopyOutcome, Long> each : counts.entrySet()) {
      if (each.getValue() == 0) {
        continue;
      }
      String name = each.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      text.append(separator).append(each.getValue()).append(' ').append(name);
      if (each.getKey() == CopyOutcome.COPIED) {
        text.append(" (").append(bytes).append(" bytes)");
      }
      separator = ", ";
    }
    if (!complete) {
      text.append("; not complete");
      if (lookedAgain > 0) {
        text.append(", ").append(lookedAgain).append(" looked for again");
      }
    }
    return text.toString();
  }
}
