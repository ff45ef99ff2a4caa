package dev.bobbin.store.jsonfile;

/**
 * A file is no item, or not the one that its name says. The message holds nothing of its content.
 */
final class DamagedFileException extends Exception {
  private static final long serialVersionUID = 1L;

  /** How it is no item. */
  enum Kind {
    DAMAGED,
    /** Nothing in it says that it ever was one. */
    FOREIGN,
    /** Its text ends or goes astray, as it does while a program writes it in place. */
    PERHAPS_UNFINISHED,
    /** It is whole, for all that we know, and a later version of this library reads it. */
    LATER_FORMAT
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

  static DamagedFileException laterFormat(int format, int newest) {
    return new DamagedFileException(
        "its format is " + format + ", and the newest that this version knows is " + newest,
        Kind.LATER_FORMAT);
  }

  Kind kind() {
    return kind;
  }
}
