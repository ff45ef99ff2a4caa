package dev.bobbin.crash;

import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one change has put under a key. The media type of an item says which change that was and
 * carries a checksum over it, the key and the data, so that even an item of one byte shows whose it
 * is, and that it is whole.
 *
 * @param writer who has put it
 * @param number which of the changes it was
 * @param expires milliseconds since 1970; 0 for never
 */
record Value(int writer, long number, long expires) {
  /** The writer that is no thread of ours: its items have neither a time nor an origin. */
  static final int PYTHON = 9;

  private static final Instant FIRST_DAY = Instant.parse("2026-01-02T03:04:05.678901234Z");
  private static final int SUM_BYTES = 8;
  private static final Pattern TYPE =
      Pattern.compile(
          "application/x-crash; w=([0-9]{1,9}); n=([0-9]{1,18}); e=([0-9]{1,18});"
              + " sum=([0-9a-f]{16})");

  /** An item with that value, whose other parts follow from it. */
  StoredBob item(BobKey key, BobData data) {
    return new StoredBob(
        key,
        new Bob(key.cid(), type(key, data), data, null),
        FIRST_DAY.plusSeconds(number % 1_000_000),
        expires == 0 ? null : Instant.ofEpochMilli(expires),
        key.shelf() instanceof Shelf.From from ? from.sender() : null);
  }

  private String type(BobKey key, BobData data) {
    return "application/x-crash; w=%d; n=%d; e=%d; sum=%s"
        .formatted(writer, number, expires, sum(key, data));
  }

  private String sum(BobKey key, BobData data) {
    String head = key.safeName() + ' ' + writer + ' ' + number + ' ' + expires + '\n';
    MessageDigest digest = sha256();
    digest.update(head.getBytes(StandardCharsets.US_ASCII));
    digest.update(data.toByteBuffer());
    return HexFormat.of().formatHex(digest.digest(), 0, SUM_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Reads it back; fails unless the whole item is as {@link #item} made it for that key, or as a
   * Python program has kept it.
   */
  static Value of(BobKey key, StoredBob item) throws WrongValueException {
    Value value = ofParts(key, item);
    if (value.writer != PYTHON && !value.item(key, item.bob().data()).equals(item)) {
      throw new WrongValueException(key, item, "it is not as it was put");
    }
    return value;
  }

  /** The same, but that the times and the origin may be any: a Python program writes none. */
  static Value ofParts(BobKey key, StoredBob item) throws WrongValueException {
    Matcher matcher = TYPE.matcher(item.bob().type());
    if (!matcher.matches()) {
      throw new WrongValueException(key, item, "its type is no writer's");
    }
    Value value =
        new Value(
            Integer.parseInt(matcher.group(1)),
            Long.parseLong(matcher.group(2)),
            Long.parseLong(matcher.group(3)));
    if (!value.sum(key, item.bob().data()).equals(matcher.group(4))) {
      throw new WrongValueException(key, item, "its checksum is another");
    }
    return value;
  }
}
