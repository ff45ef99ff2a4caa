package dev.bobbin.xmpp.bob.copy;

import dev.bobbin.xmpp.bob.BobKey;
import java.util.BitSet;

/**
 * Remembers keys in a bounded space, and is never wrong about one that it has been given: of others
 * it takes some for known, one of 17 once it holds a million. Not safe for use by several threads.
 */
final class SeenKeys {
  /** At most 2 MiB; it grows with the highest bit, hence at once. */
  private static final int BITS = 24;

  private final BitSet seen = new BitSet();

  void add(BobKey key) {
    seen.set(bit(key));
  }

  boolean mayHold(BobKey key) {
    return seen.get(bit(key));
  }

  /** Hashes of similar texts are close together; the factor spreads them over the high bits. */
  private static int bit(BobKey key) {
    return (key.hashCode() * 0x9E3779B9) >>> (Integer.SIZE - BITS);
  }
}
