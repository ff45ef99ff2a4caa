package dev.bobbin.xmpp.bob.copy;

/** What became of one key that a copy came upon. */
public enum CopyOutcome {
  /** It was put, and read back equal while the store copied from still held the same. */
  COPIED,
  /** The store copied to held the very same item already. */
  ALREADY_THERE,
  /** The store copied to holds an item that was stored later, which stays. */
  NEWER_THERE,
  /** It was listed, and then not found: deleted, expired or pushed out meanwhile, or damaged. */
  ABSENT,
  /**
   * It was put, and had gone from the store copied from by then: deleted, expired or pushed out
   * there, or not readable for a moment. So what was put was taken back, and what had been there
   * before, if anything, is there again.
   */
  TAKEN_BACK,
  /** It is not wanted, by {@link CopyOptions#withFilter}. */
  LEFT_OUT,
  /** The store copied to does not take it, now or later: it is too large, or has another hash. */
  REFUSED,
  /** One of the stores failed or is full, or what was read back is not what was put. */
  FAILED
}
