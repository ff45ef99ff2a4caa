package dev.bobbin.store.jsonfile;

/**
 * What the files of one directory come to, by the last census that was finished, or by the first
 * one while that is under way; and what is being written.
 *
 * <p>Guarded by the lock of its {@link Quota}, through which all goes that it is asked and told.
 */
final class DirectoryCount {
  private Census known = new Census();
  private Census latest = known;
  private Tally reserved = Tally.NONE;

  Tally now() {
    return known.counted();
  }

  Tally withReserved() {
    return now().plus(reserved);
  }

  void reserve(Tally growth) {
    reserved = reserved.plus(growth);
  }

  void release(Tally growth) {
    reserved = reserved.minus(growth);
  }

  void changed(String name, Tally before, Tally after) {
    known.changed(name, before, after);
    if (latest != known) {
      latest.changed(name, before, after);
    }
  }

  /** Whether a census was finished. */
  boolean isKnown() {
    return known.isFinished();
  }

  /** Begins a census, in place of one that is under way. */
  void begin() {
    latest = new Census();
    if (!known.isFinished()) {
      known = latest;
    }
  }

  /** The one under way. */
  Census census() {
    return latest;
  }

  void finish() {
    latest.finish();
    known = latest;
  }
}
