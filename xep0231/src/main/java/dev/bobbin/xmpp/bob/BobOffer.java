package dev.bobbin.xmpp.bob;

import java.util.Objects;

/**
 * Received data before it is decoded: what its sender says of it. Nothing of that is verified.
 *
 * @param cid its content-id
 * @param type its media type
 * @param size how many bytes its Base64 text stands for; not exact where the text is malformed,
 *     which shows later
 * @param asked whether it answers a request of ours; false for what was pushed
 */
public record BobOffer(ContentId cid, String type, int size, boolean asked) {
  /**
   * Checks the parts.
   *
   * @param cid its content-id
   * @param type its media type
   * @param size how many bytes its Base64 text stands for; not exact where the text is malformed,
   *     which shows later
   * @param asked whether it answers a request of ours; false for what was pushed
   * @throws IllegalArgumentException when {@code type} is no media type, or {@code size} is
   *     negative
   */
  public BobOffer {
    Objects.requireNonNull(cid, "cid");
    MediaTypes.require(type);
    if (size < 0) {
      throw new IllegalArgumentException("a size is not negative: " + size);
    }
  }
}
