package dev.bobbin.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bobbin.store.redis.DamagedValueException.Kind;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An item as bytes. Numbers are big-endian; a text or bytes have their length before them, as four
 * bytes; an instant is its second (eight bytes) and nanosecond (four).
 *
 * <pre>
 *   version      one byte, 1; those of later versions are up to 31
 *   what is there  one byte: 1 max-age, 2 expiry, 4 origin, added up
 *   [max-age]    eight bytes, in seconds
 *   stored at    instant
 *   [expiry]     instant
 *   key          text, as its name has it behind the prefix
 *   type         text
 *   [origin]     text, a JID
 *   data         bytes
 *   CRC-32C      of all before it, four bytes
 * </pre>
 *
 * <p>Whoever can write into the database may have written a value. So each length is checked
 * against what is left before anything is made of it; the key has to be the one that was looked
 * for, since values can be renamed and copied; and data has to have the hash that the content-id
 * carries, where that can be checked.
 */
final class ItemFormat {
  private static final byte VERSION = 1;

  /** No later version has a greater number: from there on, a value may be somebody's text. */
  private static final byte LATEST_VERSION = 31;

  private static final int MAX_AGE = 1;
  private static final int EXPIRY = 2;
  private static final int ORIGIN = 4;
  private static final int CHECKSUM_BYTES = 4;

  /** More than two JIDs of 3071 bytes, a content-id of 1023, a type of 512 and the numbers take. */
  private static final int SURROUNDINGS = 16 * 1024;

  private static final int MOST = Integer.MAX_VALUE - 64;

  private final int maxItemBytes;

  ItemFormat(int maxItemBytes) {
    this.maxItemBytes = maxItemBytes;
  }

  /** No item takes more bytes than this. */
  int maxValueBytes() {
    return (int) Math.min(MOST, (long) maxItemBytes + SURROUNDINGS);
  }

  static byte[] encode(StoredBob item) {
    Bob bob = item.bob();
    Duration maxAge = bob.maxAge();
    Instant expiresAt = item.expiresAt();
    byte[] key = KeySpace.local(item.key());
    byte[] type = bob.type().getBytes(UTF_8);
    byte[] origin = item.origin() == null ? null : item.origin().toString().getBytes(UTF_8);
    ByteBuffer data = bob.data().toByteBuffer();
    int size = 2 + 8 + 12 + 12 + 4 * 4 + key.length + type.length + data.remaining();
    ByteBuffer out = ByteBuffer.allocate(size + (origin == null ? 0 : origin.length) + 4);
    out.put(VERSION);
    out.put(
        (byte)
            ((maxAge == null ? 0 : MAX_AGE)
                | (expiresAt == null ? 0 : EXPIRY)
                | (origin == null ? 0 : ORIGIN)));
    if (maxAge != null) {
      out.putLong(maxAge.toSeconds());
    }
    put(out, item.storedAt());
    if (expiresAt != null) {
      put(out, expiresAt);
    }
    out.putInt(key.length).put(key);
    out.putInt(type.length).put(type);
    if (origin != null) {
      out.putInt(origin.length).put(origin);
    }
    out.putInt(data.remaining()).put(data);
    out.putInt(checksum(out.array(), out.position()));
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void put(ByteBuffer out, Instant instant) {
    out.putLong(instant.getEpochSecond()).putInt(instant.getNano());
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  /**
   * Reads a value that was found under the name of a key. It is no longer than one byte more than
   * {@link #maxValueBytes()}.
   */
  StoredBob decode(byte[] value, BobKey key) throws DamagedValueException {
    if (value.length == 0) {
      throw new DamagedValueException("it is empty");
    }
    requireKnownVersion(value[0]);
    if (value.length > maxValueBytes()) {
      throw new DamagedValueException(
          Kind.TOO_LARGE,
          "it is larger than an item of "
              + maxItemBytes
              + " bytes, the most that this store takes,"
              + " can be");
    }
    int end = value.length - CHECKSUM_BYTES;
    if (end < 1 || ByteBuffer.wrap(value).getInt(end) != checksum(value, end)) {
      throw new DamagedValueException("its checksum is not that of its bytes");
    }
    try {
      ByteBuffer in = ByteBuffer.wrap(value, 1, end - 1);
      StoredBob item = item(in, key);
      if (in.hasRemaining()) {
        throw new DamagedValueException("something follows its data");
      }
      return item;
    } catch (BufferUnderflowException e) {
      throw new DamagedValueException("it ends in the middle of a field");
    } catch (CharacterCodingException e) {
      throw new DamagedValueException("a text of it is not in UTF-8");
    } catch (DateTimeException e) {
      throw new DamagedValueException("one of its instants is none");
    }
  }

  private static void requireKnownVersion(byte version) throws DamagedValueException {
    if (version != VERSION) {
      throw new DamagedValueException(
          version > VERSION && version <= LATEST_VERSION ? Kind.LATER_VERSION : Kind.DAMAGED,
          "it has the version " + (version & 0xFF) + ", and this store reads 1 alone");
    }
  }

  private StoredBob item(ByteBuffer in, BobKey key)
      throws DamagedValueException, CharacterCodingException {
    int there = in.get();
    if ((there & ~(MAX_AGE | EXPIRY | ORIGIN)) != 0) {
      throw new DamagedValueException("it has fields that version 1 does not know");
    }
    Duration maxAge = (there & MAX_AGE) == 0 ? null : Duration.ofSeconds(in.getLong());
    Instant storedAt = instant(in);
    Instant expiresAt = (there & EXPIRY) == 0 ? null : instant(in);
    if (!Arrays.equals(bytes(in), KeySpace.local(key))) {
      throw new DamagedValueException("it holds another key than its name says");
    }
    String type = text(in);
    Jid origin = (there & ORIGIN) == 0 ? null : jid(text(in));
    return new StoredBob(key, bob(key, type, bytes(in), maxAge), storedAt, expiresAt, origin);
  }

  private Bob bob(BobKey key, String type, byte[] data, @Nullable Duration maxAge)
      throws DamagedValueException {
    if (data.length > maxItemBytes) {
      throw new DamagedValueException(
          Kind.TOO_LARGE,
          "its data is larger than the " + maxItemBytes + " bytes that this store takes");
    }
    BobData bytes = BobData.of(data);
    if (key.cid().isVerifiable() && !key.cid().matches(bytes)) {
      throw new DamagedValueException("its data does not have the hash of its content-id");
    }
    try {
      return new Bob(key.cid(), type, bytes, maxAge);
    } catch (IllegalArgumentException e) {
      throw new DamagedValueException("its type is no media type, or its max-age negative");
    }
  }

  private static Jid jid(String text) throws DamagedValueException {
    try {
      return Jid.of(text);
    } catch (MalformedJidException e) {
      throw new DamagedValueException("its origin is no JID");
    }
  }

  private static Instant instant(ByteBuffer in) throws DamagedValueException {
    long second = in.getLong();
    int nano = in.getInt();
    if (nano < 0 || nano > 999_999_999) {
      throw new DamagedValueException("one of its instants is none");
    }
    return Instant.ofEpochSecond(second, nano);
  }

  private static String text(ByteBuffer in) throws CharacterCodingException {
    return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(in))).toString();
  }

  private static byte[] bytes(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
