package dev.bobbin.store.jsonfile;

/**
 * A file is no item, or not the one that its name says, or none for this store. The message holds
 * nothing of its content.
 */
final class DamagedFileException extends Exception {
  private static final long serialVersionUID = 1L;

  /** How it is no item, and what to do about it. */
  enum Kind {
    DAMAGED,
    /** Nothing in it says that it ever was one. */
    FOREIGN,
    /** Its text ends or goes astray, as it does while a program writes it in place. */
    PERHAPS_UNFINISHED,
    /** It is whole, for all that we know, and a later version of this library reads it. */
    LATER_FORMAT(true, "Update the program", " (docs/errors.md#later-format)"),
    /** It is whole, for all that we know, and a store that takes larger items reads it. */
    TOO_LARGE(true, "Raise max-item-bytes", " (docs/errors.md#item-too-large)");

    private final boolean whole;
    private final String advice;
    private final String where;

    Kind() {
      this(false, "Restore it, delete it or put the item again", " (docs/errors.md#damaged-file)");
    }

    Kind(boolean whole, String advice, String where) {
      this.whole = whole;
      this.advice = advice;
      this.where = where;
    }

    /** Whether somebody else can give it out, so that it is not to be replaced unseen. */
    boolean isWhole() {
      return whole;
    }

    /** A sentence without its full stop. */
    String advice() {
      return advice;
    }

    /** Where that is explained, as a message ends with it. */
    String where() {
      return where;
    }
  }

  private final Kind kind;

  private DamagedFileException(String reason, Kind kind) {
    super(reason);
    this.kind = kind;
  }

  static DamagedFileException because(String reason) {
    return new DamagedFileException(reason, Kind.DAMAGED);
  }

  static DamagedFileException foreign(String reason) {
    return new DamagedFileException(reason, Kind.FOREIGN);
  }

  static DamagedFileException perhapsUnfinished(String reason) {
    return new DamagedFileException(reason, Kind.PERHAPS_UNFINISHED);
  }

  static DamagedFileException tooLarge(String reason) {
    return new DamagedFileException(reason, Kind.TOO_LARGE);
  }

  static DamagedFileException laterFormat(int format, int newest) {
    return new DamagedFileException(
        "its format is " + format + ", and the newest that this version knows is " + newest,
        Kind.LATER_FORMAT);
  }

  Kind kind() {
    return kind;
  }
}
