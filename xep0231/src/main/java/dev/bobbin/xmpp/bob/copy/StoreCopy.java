package dev.bobbin.xmpp.bob.copy;

import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.ItemRefusedException;
import dev.bobbin.xmpp.bob.spi.Page;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One copy from one store to another. For one use, by one thread.
 *
 * <h2>The second look</h2>
 *
 * <p>A store that is too small takes each item, and pushes others out for it, among them those that
 * were verified a moment ago. So once every key has had its turn, all are listed again, and those
 * that were there are looked for. {@link SeenKeys} tells which these are: neither what was refused,
 * nor what came into {@code from} behind the listing's back. Nothing is put then, since that would
 * push out the next ones.
 */
final class StoreCopy {
  private static final Set<CopyOutcome> THERE =
      Set.of(CopyOutcome.COPIED, CopyOutcome.ALREADY_THERE, CopyOutcome.NEWER_THERE);

  private static final Finding GONE =
      new Finding(
          CopyOutcome.GONE,
          CopyProblem.text(
              "it was there, and is not there any more: the store copied to is too small and has"
                  + " pushed it out, or somebody has deleted it there, or it has expired by that"
                  + " store's clock. Give that store more room, and copy again"),
          null);

  /** Of the second look, and not counted: the key has its outcome. */
  private static final Finding STILL_THERE = new Finding(CopyOutcome.ALREADY_THERE, null, null);

  private final BobStore from;
  private final BobStore to;
  private final CopyOptions options;
  private final CopyTally tally = new CopyTally();
  private final SeenKeys there = new SeenKeys();
  private final ItemCopy item;

  /** Of the page that is being copied; null for the first, and for the second look. */
  private @Nullable String cursor;

  StoreCopy(BobStore from, BobStore to, CopyOptions options) {
    this.from = from;
    this.to = to;
    this.options = options;
    item = new ItemCopy(from, to, options.filter(), tally);
    cursor = options.cursor();
  }

  CopyReport run() throws CopyException {
    do {
      cursor = eachOf(cursor, this::copy);
      options.progress().accept(tally.report(cursor, false));
    } while (cursor != null);
    String next = options.cursor();
    while (true) {
      next = eachOf(next, this::lookAgain);
      CopyReport report = tally.report(null, next == null);
      options.progress().accept(report);
      if (next == null) {
        return report;
      }
    }
  }

  /** What is done with a key in one of the two passes. */
  @FunctionalInterface
  private interface Step {
    void take(BobKey key) throws CopyException;
  }

  /** Takes one page; gives where the next one begins, null after the last. */
  private @Nullable String eachOf(@Nullable String begin, Step step) throws CopyException {
    Page<BobKey> page;
    try {
      page = from.scan(begin, options.pageSize());
    } catch (IOException e) {
      requireNotInterrupted(e);
      throw ended("it cannot be listed: " + CopyTally.reason(e), e);
    }
    for (BobKey key : page.items()) {
      requireNotInterrupted(null);
      step.take(key);
    }
    String next = page.next();
    if (next != null && next.equals(begin)) {
      throw ended("its listing does not go on: the next page is the same one again", null);
    }
    return next;
  }

  private void copy(BobKey key) throws CopyException {
    Finding finding = attempt(() -> bring(key));
    if (THERE.contains(finding.outcome)) {
      there.add(key);
    }
    tally.examined();
    add(key, finding);
  }

  private void lookAgain(BobKey key) throws CopyException {
    if (there.mayHold(key)) {
      Finding finding = attempt(() -> isMissed(key) ? GONE : STILL_THERE);
      if (finding.outcome == CopyOutcome.ALREADY_THERE) {
        tally.endRowOfFailures();
      } else {
        add(key, finding);
      }
    }
    tally.lookedAgain();
  }

  /** Whoever deletes in both stores begins with one of them: then this is a false alarm, rarely. */
  private boolean isMissed(BobKey key) throws IOException {
    return to.get(key).isEmpty() && from.get(key).filter(options.filter()).isPresent();
  }

  /** What was found out about a key, and what there is to say of it, if it is a problem. */
  private record Finding(
      CopyOutcome outcome, @Nullable String problem, @Nullable Exception failure) {}

  /** What a store is asked about a key. */
  @FunctionalInterface
  private interface Question {
    Finding ask() throws IOException;
  }

  private Finding attempt(Question question) throws CopyException {
    try {
      return question.ask();
    } catch (ItemRefusedException e) {
      return new Finding(CopyOutcome.REFUSED, CopyTally.reason(e), null);
    } catch (IOException | RuntimeException e) {
      requireNotInterrupted(e);
      return new Finding(CopyOutcome.FAILED, CopyTally.reason(e), e);
    }
  }

  private void add(BobKey key, Finding finding) throws CopyException {
    tally.add(finding.outcome);
    if (finding.problem != null) {
      options.problems().accept(tally.addProblem(key, finding.outcome, finding.problem));
    }
    if (tally.failuresInARow() >= options.mostFailures()) {
      throw ended(
          tally.failuresInARow() + " items in a row have failed, the last one: " + finding.problem,
          finding.failure);
    }
  }

  private Finding bring(BobKey key) throws IOException {
    CopyOutcome outcome = item.outcome(key);
    if (outcome == CopyOutcome.ABSENT) {
      Optional<String> damage = from.damage(key);
      if (damage.isPresent()) {
        String reason = Quoted.cut(damage.get(), CopyTally.LONGEST_REASON);
        return new Finding(
            CopyOutcome.DAMAGED,
            CopyProblem.text("the store copied from cannot give it: " + reason),
            null);
      }
    }
    return new Finding(outcome, gone(outcome), null);
  }

  /** What there is to say where nothing was thrown; null where there is no problem. */
  private static @Nullable String gone(CopyOutcome outcome) {
    return switch (outcome) {
      case ABSENT ->
          CopyProblem.text(
              "it was listed in the store copied from, and not found there: deleted, expired or"
                  + " pushed out meanwhile, or damaged, where that store cannot tell");
      case TAKEN_BACK ->
          CopyProblem.text(
              "it had gone from the store copied from once it was put, and was taken back: deleted,"
                  + " expired or pushed out there, or not readable for a moment. Copy again, unless"
                  + " it was deleted");
      default -> null;
    };
  }

  /** A time-out is an interrupted I/O by name as well, of a subclass. */
  private void requireNotInterrupted(@Nullable Exception problem) throws CopyException {
    boolean told = problem != null && problem.getClass() == InterruptedIOException.class;
    if (told || Thread.currentThread().isInterrupted()) {
      Thread.currentThread().interrupt();
      throw ended(
          "the thread was interrupted", told ? problem : new InterruptedIOException("interrupted"));
    }
  }

  private CopyException ended(String why, @Nullable Exception cause) {
    CopyReport report = tally.report(cursor, false);
    return new CopyException(
        "The copy from "
            + from.place()
            + " to "
            + to.place()
            + " ended: "
            + why
            + ". Until then: "
            + report
            + ". Mend that, then copy again: what is there already is skipped"
            + " (docs/errors.md#copy-ended)",
        cause,
        report);
  }
}
