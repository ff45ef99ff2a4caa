package dev.bobbin.store.jsonfile;

/**
 * A file is no item, or not the one that its name says. The message holds nothing of its content.
 */
final class DamagedFileException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean unfinished;

  private DamagedFileException(String reason, boolean unfinished) {
    super(reason);
    this.unfinished = unfinished;
  }

  static DamagedFileException because(String reason) {
    return new DamagedFileException(reason, false);
  }

  /** Its text ends or goes astray, as it does while a program writes it in place. */
  static DamagedFileException perhapsUnfinished(String reason) {
    return new DamagedFileException(reason, true);
  }

  boolean isPerhapsUnfinished() {
    return unfinished;
  }
}
