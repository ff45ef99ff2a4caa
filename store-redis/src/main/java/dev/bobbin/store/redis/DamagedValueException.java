package dev.bobbin.store.redis;

/** A value is not what this store writes; the message says why, and quotes nothing of it. */
final class DamagedValueException extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedValueException(String reason) {
    super(reason);
  }
}
