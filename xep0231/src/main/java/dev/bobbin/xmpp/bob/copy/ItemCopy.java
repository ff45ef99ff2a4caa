package dev.bobbin.xmpp.bob.copy;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The copying of one item after the other, for one copy.
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
final class ItemCopy {
  /** Others would have to change one key that often, each time between a look and a put. */
  private static final int MOST_STEPS = 100;

  private final BobStore from;
  private final BobStore to;
  private final Predicate<StoredBob> filter;
  private final CopyTally tally;

  ItemCopy(BobStore from, BobStore to, Predicate<StoredBob> filter, CopyTally tally) {
    this.from = from;
    this.to = to;
    this.filter = filter;
    this.tally = tally;
  }

  CopyOutcome outcome(BobKey key) throws IOException {
    StoredBob ours = null;
    StoredBob before = null; // what others have put there last
    for (int step = 0; step < MOST_STEPS; step++) {
      StoredBob item = from.get(key).orElse(null);
      if (item == null || !filter.test(item)) {
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
        CopyProblem.text(
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
          CopyProblem.text(
              isPut
                  ? "what is read back is not what was put. Report that of the store copied to"
                  : "there is another one that was stored at the same instant, and stays. Delete the"
                      + " wrong one of them, then copy again"));
    }
    if (there == null && isPut) {
      throw new IOException(
          CopyProblem.text(
              "it was put, and is not there: deleted or pushed out meanwhile, or expired by the"
                  + " clock of the store copied to. Copy again, unless it was deleted"));
    }
  }

  /** What replaces an item by nothing. */
  private static StoredBob expired(StoredBob item) {
    return new StoredBob(item.key(), item.bob(), item.storedAt(), Instant.EPOCH, item.origin());
  }
}
