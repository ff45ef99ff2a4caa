package dev.bobbin.store.jsonfile;

import dev.bobbin.fuzz.Claim;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import java.time.Instant;
import java.util.Objects;

/**
 * The JSON file of an item. The input is its bytes.
 *
 * <p>Claimed: a file is an item or damaged, and the reason given holds nothing of it; an item has
 * no more data than allowed, and the hash that its content-id carries; and it is the same when it
 * is written and read again.
 */
public final class JsonFileTarget {
  private static final int MAX_ITEM_BYTES = 100;
  private static final Instant MODIFIED = Instant.EPOCH;
  private static final ItemFormat FORMAT = new ItemFormat(ItemReader.maxFileBytes(MAX_ITEM_BYTES));

  private JsonFileTarget() {}

  /**
   * Tries one input.
   *
   * @param input a file's bytes
   */
  public static void fuzzerTestOneInput(byte[] input) {
    try {
      ItemFile file = FORMAT.decode(input);
      Shelf shelf = file.sender() == null ? Shelf.HOSTED : new Shelf.From(file.sender());
      BobKey key = new BobKey(shelf, file.bob().cid());
      StoredBob item = file.item(key, MODIFIED, MAX_ITEM_BYTES);
      Claim.that(file.key(key.safeName()).isPresent(), "its own name is not its name");
      Claim.that(item.bob().data().size() <= MAX_ITEM_BYTES, "it is too large");
      Claim.that(
          !key.cid().isVerifiable() || key.cid().matches(item.bob().data()), "it has another hash");
      checkWritten(item);
    } catch (DamagedFileException e) {
      String reason = Objects.requireNonNull(e.getMessage());
      Claim.that(reason.matches("[ -~]{1,100}"), "the reason is " + reason);
    }
  }

  private static void checkWritten(StoredBob item) {
    byte[] written = FORMAT.encode(item);
    for (byte b : written) {
      Claim.that(b >= ' ' && b <= '~', "it is written with other bytes than ASCII");
    }
    try {
      StoredBob again = FORMAT.decode(written).item(item.key(), MODIFIED, MAX_ITEM_BYTES);
      Claim.that(again.equals(item), "it changes when it is written");
    } catch (DamagedFileException e) {
      throw new AssertionError("it is damaged when it is written", e);
    }
  }
}
