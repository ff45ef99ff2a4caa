package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.bob.spi.StoreFullException;
import dev.bobbin.xmpp.bob.spi.StoreUsage;
import java.nio.file.Path;

/**
 * Keeps a store within its limits. Counted is each regular file of the two directories, whoever put
 * it there, with its length; not those under hidden names of ours, which are about to go.
 *
 * <p>A change reserves what it adds before anything is written, and gives back what it has not
 * used; so several threads do not overshoot together. A change that adds nothing is never refused,
 * nor one for which as much was evicted as it adds: a store that is over its limits, because they
 * were lowered or because another process has put more, goes on working, and does not grow.
 *
 * <p>Nothing is known of files that no census has counted yet. So no refusal is wrong, and a store
 * may grow over its limits until the first census is through.
 *
 * <p>Safe for use by several threads. Its lock is held for a few additions and never for I/O.
 */
final class Quota {
  private final Path place;
  private final Limits limits;
  private final DirectoryCount hosted = new DirectoryCount(this);
  private final DirectoryCount received = new DirectoryCount(this);
  private long evicted;

  Quota(Path place, Limits limits) {
    this.place = place;
    this.limits = limits;
  }

  DirectoryCount hosted() {
    return hosted;
  }

  DirectoryCount received() {
    return received;
  }

  /**
   * Reserves what a file adds.
   *
   * @param evicted what went for its sake already
   * @return what is to be given back to {@link #settle}
   * @throws StoreFullException when hosted files leave no room
   * @throws NoRoomException when there is none, unless received ones are evicted
   */
  synchronized Tally reserve(DirectoryCount count, Tally before, Tally after, Tally evicted)
      throws StoreFullException, NoRoomException {
    Tally growth = after.minus(before).growth();
    if (!growth.equals(Tally.NONE)) {
      Tally hostedNow = hosted.withReserved();
      Tally beside = count == hosted ? hostedNow.minus(before).growth() : hostedNow;
      if (!over(growth, beside.plus(after)).equals(Tally.NONE)) {
        throw new StoreFullException(full(count, after, beside, "other hosted files take "));
      }
      Tally all = all();
      Tally lacking = lacking(growth, all, evicted);
      if (!lacking.equals(Tally.NONE)) {
        throw new NoRoomException(full(count, after, all, "the files there take "), lacking);
      }
    }
    count.reserve(growth);
    return growth;
  }

  private Tally all() {
    return hosted.withReserved().plus(received.withReserved());
  }

  /** By how much a change goes over the limits that it comes nearer to. */
  private Tally over(Tally growth, Tally all) {
    Tally over = all.minus(limit()).growth();
    return new Tally(
        growth.entries() == 0 ? 0 : over.entries(), growth.bytes() == 0 ? 0 : over.bytes());
  }

  private Tally limit() {
    return new Tally(limits.maxEntries(), limits.maxBytes());
  }

  /**
   * How much has to go. In a store that is over its limits all the same, that is what the change
   * adds; otherwise no more than what it is over, but what was evicted for it may be taken already.
   */
  private Tally lacking(Tally growth, Tally all, Tally evicted) {
    Tally over = over(growth, all.plus(growth));
    return new Tally(
        all.entries() > limits.maxEntries()
            ? Math.min(over.entries(), growth.minus(evicted).growth().entries())
            : over.entries(),
        all.bytes() > limits.maxBytes()
            ? Math.min(over.bytes(), growth.minus(evicted).growth().bytes())
            : over.bytes());
  }

  private String full(DirectoryCount count, Tally file, Tally taken, String whose) {
    boolean bytes = taken.plus(file).bytes() > limits.maxBytes();
    return "No room in "
        + place
        + " for a "
        + (count == hosted ? "hosted" : "received")
        + " item whose file has "
        + file.bytes()
        + " bytes: "
        + whose
        + (bytes
            ? taken.bytes() + " of " + limits.maxBytes() + " bytes"
            : taken.entries() + " of " + limits.maxEntries() + " entries")
        + ". Raise bobbin.bob.json-file."
        + (bytes ? Limits.MAX_BYTES : Limits.MAX_ENTRIES)
        + ", or delete some (docs/errors.md#store-full)";
  }

  /** A change is over, well or not. */
  synchronized void settle(
      DirectoryCount count, String name, Tally reserved, Tally before, Tally after) {
    count.settle(name, reserved, before, after);
  }

  /** How much is there over the limits. */
  synchronized Tally excess() {
    return all().minus(limit()).growth();
  }

  /** What is counted at this moment, hosted and received. */
  synchronized Tally total() {
    return hosted.now().plus(received.now());
  }

  /** A received file went to make room. */
  synchronized void evicted() {
    evicted++;
  }

  /** How many went so far. */
  synchronized long evictions() {
    return evicted;
  }

  synchronized StoreUsage usage() {
    Tally total = total();
    boolean complete = hosted.isKnown() && received.isKnown();
    return new StoreUsage(total.bytes(), total.entries(), complete, evicted);
  }
}
