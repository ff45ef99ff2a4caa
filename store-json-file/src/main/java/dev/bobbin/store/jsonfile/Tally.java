package dev.bobbin.store.jsonfile;

/**
 * Files and their lengths, or a change of these.
 *
 * @param entries how many files
 * @param bytes how long they are together
 */
record Tally(long entries, long bytes) {
  static final Tally NONE = new Tally(0, 0);

  static Tally file(long length) {
    return new Tally(1, length);
  }

  Tally plus(Tally other) {
    return new Tally(entries + other.entries, bytes + other.bytes);
  }

  Tally minus(Tally other) {
    return new Tally(entries - other.entries, bytes - other.bytes);
  }

  /** Without what is less than nothing. */
  Tally growth() {
    return new Tally(Math.max(0, entries), Math.max(0, bytes));
  }

  boolean covers(Tally other) {
    return entries >= other.entries && bytes >= other.bytes;
  }
}
