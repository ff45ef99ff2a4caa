package dev.bobbin.xmpp.bob.copy;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.ItemRefusedException;
import dev.bobbin.xmpp.bob.spi.Page;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One copy from one store to another. For one use, by one thread.
 *
 * <h2>Concurrency</h2>
 *
 * <p>Others put and delete in both stores meanwhile. For each key there is therefore no plan, but
 * one step that is repeated until there is nothing left to do: look at both stores and, where
 * {@code to} has nothing or something older, put what {@code from} has, if {@code to} still has
 * what was seen there. The look that finds both equal after such a put is also the one that
 * verifies it, and the one that sees that {@code from} has changed since.
 *
 * <p>{@code from} is looked at first. What the filter does not want is as good as not there. When
 * an item has gone from there after it was put, what was put is replaced, if it still is there, by
 * what others had there before; by an item that has expired, which every store takes for none, if
 * they had nothing. So there is no moment at which something is removed that others have put. What
 * remains is a deletion in {@code from} after the last look: it is as if it came after the copy.
 */
final class StoreCopy {
  /** Others would have to change one key that often, each time between a look and a put. */
  private static final int MOST_STEPS = 100;

  private final BobStore from;
  private final BobStore to;
  private final CopyOptions options;
  private final CopyTally tally = new CopyTally();

  /** Of the page that is being copied; null for the first. */
  private @Nullable String cursor;

  StoreCopy(BobStore from, BobStore to, CopyOptions options) {
    this.from = from;
    this.to = to;
    this.options = options;
    cursor = options.cursor();
  }

  CopyReport run() throws CopyException {
    while (true) {
      Page<BobKey> page = page();
      for (BobKey key : page.items()) {
        copy(key);
      }
      String next = page.next();
      if (next != null && next.equals(cursor)) {
        throw ended("its listing does not go on: the next page is the same one again", null);
      }
      cursor = next;
      CopyReport report = tally.report(cursor, cursor == null);
      options.progress().accept(report);
      if (cursor == null) {
        return report;
      }
    }
  }

  private Page<BobKey> page() throws CopyException {
    try {
      return from.scan(cursor, options.pageSize());
    } catch (IOException e) {
      requireNotInterrupted(e);
      throw ended("it cannot be listed: " + CopyTally.reason(e), e);
    }
  }

  private void copy(BobKey key) throws CopyException {
    requireNotInterrupted(null);
    CopyOutcome outcome;
    @Nullable String problem;
    Exception failure = null;
    try {
      outcome = outcome(key);
      problem = gone(outcome);
    } catch (ItemRefusedException e) {
      outcome = CopyOutcome.REFUSED;
      problem = CopyTally.reason(e);
    } catch (IOException | RuntimeException e) {
      requireNotInterrupted(e);
      outcome = CopyOutcome.FAILED;
      problem = CopyTally.reason(e);
      failure = e;
    }
    tally.add(outcome);
    if (problem != null) {
      options.problems().accept(tally.addProblem(key, outcome, problem));
    }
    if (tally.failuresInARow() >= options.mostFailures()) {
      throw ended(
          tally.failuresInARow() + " items in a row have failed, the last one: " + problem,
          failure);
    }
  }

  /** What there is to say where nothing was thrown; null where there is no problem. */
  private static @Nullable String gone(CopyOutcome outcome) {
    return switch (outcome) {
      case ABSENT ->
          problem(
              "it was listed in the store copied from, and not found there: deleted, expired or"
                  + " pushed out meanwhile, or damaged, which its log then says");
      case TAKEN_BACK ->
          problem(
              "it had gone from the store copied from once it was put, and was taken back: deleted,"
                  + " expired or pushed out there, or not readable for a moment. Copy again, unless"
                  + " it was deleted");
      default -> null;
    };
  }

  private CopyOutcome outcome(BobKey key) throws IOException {
    StoredBob ours = null;
    StoredBob before = null; // what others have put there last
    for (int step = 0; step < MOST_STEPS; step++) {
      StoredBob item = from.get(key).orElse(null);
      if (item == null || !options.filter().test(item)) {
        if (ours != null && to.putIf(ours, before == null ? expired(ours) : before)) {
          return CopyOutcome.TAKEN_BACK;
        }
        return item == null ? CopyOutcome.ABSENT : CopyOutcome.LEFT_OUT;
      }
      StoredBob there = to.get(key).orElse(null);
      if (item.equals(there)) {
        return ours == null ? CopyOutcome.ALREADY_THERE : copied(item);
      }
      if (there != null && there.storedAt().isAfter(item.storedAt())) {
        return CopyOutcome.NEWER_THERE;
      }
      requireNotLost(item, there, ours);
      if (to.putIf(there, item)) {
        before = Objects.equals(there, ours) ? before : there;
        ours = item;
      }
    }
    throw new IOException(
        problem(
            "others changed it " + MOST_STEPS + " times in the midst of being copied. Copy again"));
  }

  private CopyOutcome copied(StoredBob item) {
    tally.addBytes(item.bob().data().size());
    return CopyOutcome.COPIED;
  }

  /** What is there may be ours, and older, while {@code from} has another of the same instant. */
  private static void requireNotLost(
      StoredBob item, @Nullable StoredBob there, @Nullable StoredBob ours) throws IOException {
    boolean isPut = item.equals(ours);
    if (there != null && there.storedAt().equals(item.storedAt()) && !there.equals(ours)) {
      throw new IOException(
          problem(
              isPut
                  ? "what is read back is not what was put. Report that of the store copied to"
                  : "there is another one that was stored at the same instant, and stays. Delete the"
                      + " wrong one of them, then copy again"));
    }
    if (there == null && isPut) {
      throw new IOException(
          problem(
              "it was put, and is not there: deleted or pushed out meanwhile, or expired by the"
                  + " clock of the store copied to. Copy again, unless it was deleted"));
    }
  }

  private static String problem(String text) {
    return "Not copied, or not seen to be: " + text + " (docs/errors.md#copy-problem)";
  }

  /** What replaces an item by nothing. */
  private static StoredBob expired(StoredBob item) {
    return new StoredBob(item.key(), item.bob(), item.storedAt(), Instant.EPOCH, item.origin());
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
