package dev.bobbin.xmpp.bob.copy;

/** What became of one key that a copy came upon. */
public enum CopyOutcome {
  /** It was put, and read back equal while the store copied from still held the same. */
  COPIED,
  /** The store copied to held the very same item already. */
  ALREADY_THERE,
  /** The store copied to holds an item that was stored later, which stays. */
  NEWER_THERE,
  /**
   * It was listed, and then not found: deleted, expired or pushed out meanwhile, or damaged, where
   * the store copied from cannot tell that.
   */
  ABSENT,
  /** The store copied from keeps something of it that it cannot give out, and says why. */
  DAMAGED,
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
  FAILED,
  /**
   * It was put or found there, and was there no more when all keys had had their turn: the store
   * copied to is too small and has pushed it out, or somebody has deleted it there. Counted beside
   * the outcome that it had before.
   */
  GONE
}
