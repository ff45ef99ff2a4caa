package dev.bobbin.xmpp.core.internal.sasl;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A password in UTF-8, made without a string that could not be wiped. */
final class PasswordBytes {
  /** Of a char. */
  private static final int MOST_BYTES = 3;

  private PasswordBytes() {}

  /**
   * An array that the caller wipes. Preparation lets no lone surrogate pass, and neither does this.
   */
  static byte[] of(char[] password) {
    ByteBuffer longest = ByteBuffer.allocate(MOST_BYTES * password.length);
    CoderResult result =
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(password), longest, true);
    byte[] bytes = Arrays.copyOf(longest.array(), longest.position());
    Arrays.fill(longest.array(), (byte) 0);
    if (result.isError()) {
      Arrays.fill(bytes, (byte) 0);
      throw new IllegalArgumentException("the password is no Unicode text");
    }
    return bytes;
  }
}
