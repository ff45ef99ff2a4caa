package dev.bobbin.xmpp.bob;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Bytes that never change. Equal when the bytes are; safe for use by several threads. */
public final class BobData {
  private final byte[] bytes;

  private BobData(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Copies bytes.
   *
   * @param bytes the bytes
   * @return a copy that later changes of the array do not reach
   */
  public static BobData of(byte[] bytes) {
    return new BobData(Objects.requireNonNull(bytes, "bytes").clone());
  }

  /**
   * The UTF-8 bytes of a text.
   *
   * @param text the text
   * @return its bytes
   */
  public static BobData utf8(String text) {
    return new BobData(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Decodes Base64 (<a href="https://www.rfc-editor.org/rfc/rfc4648#section-4">RFC 4648 section
   * 4</a>) strictly: padded, with pad bits of zero, without white space. So bytes have one text.
   *
   * @param base64 the text
   * @return the bytes
   * @throws IllegalArgumentException when the text is not such Base64
   */
  public static BobData fromBase64(String base64) {
    if (base64.length() % 4 != 0) {
      throw new IllegalArgumentException("Base64 comes in groups of four characters");
    }
    BobData data = new BobData(Base64.getDecoder().decode(base64));
    // The JDK's decoder takes any pad bits; only the last group can have some.
    if (base64.endsWith("=") && !data.toBase64().equals(base64)) {
      throw new IllegalArgumentException("The pad bits of Base64 are zero");
    }
    return data;
  }

  /**
   * Encodes as Base64 (RFC 4648 section 4) on one line, padded.
   *
   * @return the text
   */
  public String toBase64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * How many bytes there are.
   *
   * @return the number of bytes
   */
  public int size() {
    return bytes.length;
  }

  /**
   * The bytes as an array.
   *
   * @return a copy that the caller may change
   */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /**
   * The bytes without copying them.
   *
   * @return a read-only buffer
   */
  public ByteBuffer toByteBuffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BobData that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /**
   * The size only, since the bytes may be private.
   *
   * @return such as {@code 6 bytes}
   */
  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
