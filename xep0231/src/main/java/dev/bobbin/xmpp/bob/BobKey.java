package dev.bobbin.xmpp.bob;

import java.util.Objects;
import java.util.Optional;

/**
 * Under which a store keeps a bit of binary: a content-id on a shelf.
 *
 * @param shelf the shelf
 * @param cid the content-id
 */
public record BobKey(Shelf shelf, ContentId cid) {
  /**
   * Checks that nothing is null.
   *
   * @param shelf the shelf
   * @param cid the content-id
   */
  public BobKey {
    Objects.requireNonNull(shelf, "shelf");
    Objects.requireNonNull(cid, "cid");
  }

  /**
   * The key of something that we host.
   *
   * @param cid the content-id
   * @return the key on {@link Shelf#HOSTED}
   */
  public static BobKey hosted(ContentId cid) {
    return new BobKey(Shelf.HOSTED, cid);
  }

  /**
   * A name for this key that can be a file name on any system: from 1 to 200 of the ASCII
   * characters {@code a-z 0-9 @ + - . % _ =}, not beginning or ending with a dot, no device name,
   * and different for different keys even where letter case does not count. An ordinary content-id
   * that we host is its own name. A key too long for that has a name made of its SHA-256.
   *
   * @return the name
   */
  public String safeName() {
    return SafeName.of(this);
  }

  /**
   * Reads back a name that {@link #safeName()} made.
   *
   * @param name the name
   * @return its key; empty when no key has that name, or when the name is made of a hash
   */
  public static Optional<BobKey> ofSafeName(String name) {
    return SafeName.parse(name);
  }
}
