package dev.bobbin.xmpp.bob.copy;

import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.bob.BobKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a copy counts. Not safe for use by several threads. */
final class CopyTally {
  static final int LONGEST_REASON = 500;

  private final Map<CopyOutcome, Long> counts = new EnumMap<>(CopyOutcome.class);
  private final List<CopyProblem> problems = new ArrayList<>();
  private long bytes;
  private long examined;
  private long lookedAgain;
  private int failuresInARow;

  void add(CopyOutcome outcome) {
    counts.merge(outcome, 1L, Long::sum);
    failuresInARow = outcome == CopyOutcome.FAILED ? failuresInARow + 1 : 0;
  }

  /** Lists it unless there are too many of its outcome, which is counted already. */
  CopyProblem addProblem(BobKey key, CopyOutcome outcome, String reason) {
    CopyProblem problem = new CopyProblem(key, outcome, reason);
    if (counts.getOrDefault(outcome, 0L) <= CopyReport.MOST_PROBLEMS) {
      problems.add(problem);
    }
    return problem;
  }

  /** Of an unchecked exception the message alone may say nothing. */
  static String reason(Exception problem) {
    String message = problem.getMessage();
    return Quoted.cut(
        message == null || problem instanceof RuntimeException ? problem.toString() : message,
        LONGEST_REASON);
  }

  void examined() {
    examined++;
  }

  void lookedAgain() {
    lookedAgain++;
  }

  void endRowOfFailures() {
    failuresInARow = 0;
  }

  void addBytes(int copied) {
    bytes += copied;
  }

  int failuresInARow() {
    return failuresInARow;
  }

  CopyReport report(@Nullable String cursor, boolean complete) {
    return new CopyReport(counts, examined, lookedAgain, bytes, problems, cursor, complete);
  }
}
