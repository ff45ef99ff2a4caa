package dev.bobbin.store.redis;

/** A value gives no item here; the message says why, and quotes nothing of it. */
final class DamagedValueException extends Exception {
  private static final long serialVersionUID = 1L;

  /** How it gives none, and what to do. */
  enum Kind {
    DAMAGED("Restore it, delete it or put the item again (docs/errors.md#damaged-value)"),
    /** It is whole, for all that we know, and a later version of this library reads it. */
    LATER_VERSION("Update the program (docs/errors.md#later-format)"),
    /** It is whole, for all that we know, and a process with another bound reads it. */
    TOO_LARGE("Raise the plugin's max-item-bytes (docs/errors.md#item-too-large)");

    private final String advice;

    Kind(String advice) {
      this.advice = advice;
    }

    String advice() {
      return advice;
    }
  }

  private final Kind kind;

  DamagedValueException(String reason) {
    this(Kind.DAMAGED, reason);
  }

  DamagedValueException(Kind kind, String reason) {
    super(reason);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
