package dev.bobbin.xmpp.bob.testkit;

import java.util.Objects;

/** Whether a store's items outlive it: declared, so that a part that does not apply says why. */
public sealed interface Persistence {
  /**
   * Opening a store again with the same settings finds what the one before was given.
   *
   * @return persistent
   */
  static Persistence persistent() {
    return new Persistent();
  }

  /**
   * Items end with their store.
   *
   * @param reason why that is right for this store; the report of skipped tests shows it
   * @return not persistent
   */
  static Persistence notPersistent(String reason) {
    return new NotPersistent(reason);
  }

  /** Items outlive the store. */
  record Persistent() implements Persistence {}

  /**
   * Items end with their store.
   *
   * @param reason why
   */
  record NotPersistent(String reason) implements Persistence {
    /**
     * Checks that there is a reason.
     *
     * @param reason why
     */
    public NotPersistent {
      Objects.requireNonNull(reason, "reason");
      if (reason.isBlank()) {
        throw new IllegalArgumentException("say why the store is not persistent");
      }
    }
  }
}
