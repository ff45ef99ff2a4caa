package dev.bobbin.xmpp.core.internal.stream;

/**
 * What a stream may cost before it is ended with {@code policy-violation}.
 *
 * @param maxStanzaBytes bytes of one first-level element, or of the stream header
 * @param maxDepth elements inside each other, the first-level element being the first
 * @param maxAttributes attributes of one element
 * @param maxNames distinct names after which the parser is replaced, since its symbol table would
 *     grow for ever
 */
public record StreamLimits(int maxStanzaBytes, int maxDepth, int maxAttributes, int maxNames) {
  /** Before login a peer is nobody. */
  public static final StreamLimits BEFORE_LOGIN = new StreamLimits(8 * 1024, 16, 32, 2000);

  /** Once logged in; the size can be set by the application. */
  public static final StreamLimits LOGGED_IN = new StreamLimits(64 * 1024, 64, 64, 2000);

  /**
   * The same limits with another size of stanzas.
   *
   * @param bytes the greatest number of bytes
   * @return a copy
   */
  public StreamLimits withMaxStanzaBytes(int bytes) {
    return new StreamLimits(bytes, maxDepth, maxAttributes, maxNames);
  }
}
