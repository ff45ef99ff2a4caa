package dev.bobbin.store.redis;

import dev.bobbin.fuzz.Claim;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A name and its value in Redis. The input is the name without its prefix, a line feed, and the
 * value without its checksum; it is tried with the right one, so that what comes behind it is
 * reached, and without any.
 *
 * <p>Claimed: a name is a key's, and the very one that this key is given, or nobody's; a value is
 * an item or damaged, and the reason given holds nothing of it; an item has no more data than
 * allowed, and the hash that its content-id carries; and it is the same when it is written and read
 * again, in no more bytes than are read.
 */
public final class RedisValueTarget {
  private static final int MAX_ITEM_BYTES = 100;
  private static final ItemFormat FORMAT = new ItemFormat(MAX_ITEM_BYTES);

  private RedisValueTarget() {}

  /**
   * Tries one input.
   *
   * @param input a name, a line feed, and a value
   */
  public static void fuzzerTestOneInput(byte[] input) {
    int end = 0;
    while (end < input.length && input[end] != '\n') {
      end++;
    }
    byte[] name = Arrays.copyOf(input, end);
    Optional<BobKey> key = KeySpace.key(name);
    if (key.isEmpty()) {
      return;
    }
    Claim.that(Arrays.equals(KeySpace.local(key.get()), name), "the key has another name");
    byte[] value = Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length);
    tryValue(value, key.get());
    tryValue(sealed(value), key.get());
  }

  private static byte[] sealed(byte[] value) {
    CRC32C checksum = new CRC32C();
    checksum.update(value, 0, value.length);
    byte[] sealed = Arrays.copyOf(value, value.length + 4);
    for (int i = 0; i < 4; i++) {
      sealed[value.length + i] = (byte) (checksum.getValue() >>> 24 - 8 * i);
    }
    return sealed;
  }

  private static void tryValue(byte[] value, BobKey key) {
    try {
      StoredBob item = FORMAT.decode(value, key);
      Claim.that(item.key().equals(key), "it has another key");
      Claim.that(item.bob().data().size() <= MAX_ITEM_BYTES, "it is too large");
      Claim.that(
          !key.cid().isVerifiable() || key.cid().matches(item.bob().data()), "it has another hash");
      checkWritten(item);
    } catch (DamagedValueException e) {
      String reason = Objects.requireNonNull(e.getMessage());
      Claim.that(reason.matches("[ -~]{1,100}"), "the reason is " + reason);
    }
  }

  private static void checkWritten(StoredBob item) {
    byte[] written = ItemFormat.encode(item);
    Claim.that(written.length <= FORMAT.maxValueBytes(), "it is larger than what is read");
    try {
      Claim.that(FORMAT.decode(written, item.key()).equals(item), "it changes when it is written");
    } catch (DamagedValueException e) {
      throw new AssertionError("it is damaged when it is written", e);
    }
  }
}
