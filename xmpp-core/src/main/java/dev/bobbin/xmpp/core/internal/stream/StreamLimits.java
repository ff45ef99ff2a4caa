package dev.bobbin.xmpp.core.internal.stream;

/**
 * What a stream may cost before it is ended with {@code policy-violation}.
 *
 * @param maxStanzaBytes bytes of one first-level element, or of the stream header with what stands
 *     before it
 * @param maxDepth elements inside each other, the first-level element being the first
 * @param maxAttributes attributes of one element, namespace declarations among them
 * @param maxNamespaceLength characters of a namespace; each element inside repeats it when it is
 *     written or compared, so that time and memory would grow with the square of a stanza's size
 * @param maxIdleBytes bytes of white space between two first-level elements
 * @param maxTotalBytes bytes of the whole stream
 */
public record StreamLimits(
    int maxStanzaBytes,
    int maxDepth,
    int maxAttributes,
    int maxNamespaceLength,
    int maxIdleBytes,
    long maxTotalBytes) {
  /** Before login a peer is nobody. */
  public static final StreamLimits BEFORE_LOGIN =
      new StreamLimits(8 * 1024, 16, 32, 512, 1024, 64 * 1024);

  /**
   * Once logged in; the size can be set by the application. White space keeps connections alive: at
   * a byte each minute, and not one element, a connection would last for two years.
   */
  public static final StreamLimits LOGGED_IN =
      new StreamLimits(64 * 1024, 64, 64, 512, 1024 * 1024, Long.MAX_VALUE);

  /**
   * The same limits with another size of stanzas.
   *
   * @param bytes the greatest number of bytes
   * @return a copy
   */
  public StreamLimits withMaxStanzaBytes(int bytes) {
    return new StreamLimits(
        bytes, maxDepth, maxAttributes, maxNamespaceLength, maxIdleBytes, maxTotalBytes);
  }
}
