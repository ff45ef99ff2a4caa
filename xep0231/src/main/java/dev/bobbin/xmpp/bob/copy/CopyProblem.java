package dev.bobbin.xmpp.bob.copy;

import dev.bobbin.xmpp.bob.BobKey;
import java.util.Objects;

/**
 * An item that was listed and not copied, or not seen to be.
 *
 * @param key its key
 * @param outcome {@link CopyOutcome#REFUSED}, {@link CopyOutcome#FAILED}, {@link
 *     CopyOutcome#ABSENT} or {@link CopyOutcome#TAKEN_BACK}
 * @param reason what the store said of it, or the copy itself: one line, fit for a log, at most
 *     some 500 characters; never holds the data
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
}
