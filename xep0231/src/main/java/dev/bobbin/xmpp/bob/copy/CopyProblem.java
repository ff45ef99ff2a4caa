package dev.bobbin.xmpp.bob.copy;

import dev.bobbin.xmpp.bob.BobKey;
import java.util.Objects;

/**
 * An item that was listed and not copied, or not seen to be, or is not there any more.
 *
 * @param key its key
 * @param outcome {@link CopyOutcome#REFUSED}, {@link CopyOutcome#FAILED}, {@link
 *     CopyOutcome#ABSENT}, {@link CopyOutcome#DAMAGED}, {@link CopyOutcome#TAKEN_BACK} or {@link
 *     CopyOutcome#GONE}
 * @param reason what the store said of it, or the copy itself: one line, fit for a log, at most
 *     some 600 characters; never holds the data
 */
public record CopyProblem(BobKey key, CopyOutcome outcome, String reason) {
  /**
   * Checks that nothing is null.
   *
   * @param key its key
   * @param outcome what became of it
   * @param reason what the store said of it, or the copy itself
   */
  public CopyProblem {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(reason, "reason");
  }

  /** What a copy itself says of an item. */
  static String text(String what) {
    return "Not copied, or not seen to be: " + what + " (docs/errors.md#copy-problem)";
  }
}
