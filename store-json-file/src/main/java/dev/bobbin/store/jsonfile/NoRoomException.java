package dev.bobbin.store.jsonfile;

import java.io.IOException;

/** A file has no room unless others are evicted first. */
final class NoRoomException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Tally lacking;

  NoRoomException(String message, Tally lacking) {
    super(message);
    this.lacking = lacking;
  }

  /** How much has to go. */
  Tally lacking() {
    return lacking;
  }
}
