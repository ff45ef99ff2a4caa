package dev.bobbin.xmpp.bob.spi;

import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.StoredBob;
import java.io.IOException;
import java.util.Optional;

/**
 * A store does not take an item as it is, and will not the next time either: it is too large, or
 * its content-id carries the hash of other data. What the store held before is untouched. Where
 * only room is missing, it is a {@link StoreFullException}.
 */
public final class ItemRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message which bound or rule was met, and what to do
   */
  public ItemRefusedException(String message) {
    super(message);
  }

  /**
   * The refusal of an item that a store, which checks what it reads, would take for damaged when it
   * reads it again: one that is too large for it, or whose content-id carries the hash of other
   * data.
   *
   * @param item what is to be put
   * @param maxItemBytes how much data an item of that store has at most, in bytes: {@link
   *     StoreContext#maxItemBytes()}
   * @return why it is refused, and what to do; empty when it can be put
   */
  public static Optional<ItemRefusedException> of(StoredBob item, int maxItemBytes) {
    int size = item.bob().data().size();
    if (size > maxItemBytes) {
      return Optional.of(
          new ItemRefusedException(
              "An item of "
                  + size
                  + " bytes is larger than this store takes, "
                  + maxItemBytes
                  + " bytes; raise the plugin's limit (docs/errors.md#item-too-large)"));
    }
    ContentId cid = item.key().cid();
    if (cid.isVerifiable() && !cid.matches(item.bob().data())) {
      return Optional.of(
          new ItemRefusedException(
              cid
                  + " is not the hash of the item's data; name it by its own hash, or by a"
                  + " content-id that carries none (docs/errors.md#hash-mismatch)"));
    }
    return Optional.empty();
  }
}
