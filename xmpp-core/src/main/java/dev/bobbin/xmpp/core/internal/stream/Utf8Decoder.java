package dev.bobbin.xmpp.core.internal.stream;

import dev.bobbin.xmpp.core.internal.stream.StreamViolation.Condition;
import java.util.Arrays;

/**
 * Turns bytes into code points, byte by byte, in the one form of UTF-8 that RFC 3629 section 4
 * allows: no overlong form, no surrogate, nothing above U+10FFFF. For use by one thread.
 *
 * <p>Bytes that are no UTF-8 are {@code unsupported-encoding} (RFC 6120 section 4.9.3.22), and so
 * are streams that begin as UTF-16 and UTF-32 do (<a
 * href="https://www.w3.org/TR/xml/#sec-guessing">XML 1.0 appendix F</a>): with their mark, whose
 * bytes no UTF-8 has, or with zero bytes where theirs are. Any other zero byte is U+0000. A mark in
 * UTF-8 is the character U+FEFF like any other (RFC 6120 section 11.6).
 */
final class Utf8Decoder {
  /** What {@link #accept} gives while a character is not complete. */
  static final int INCOMPLETE = -1;

  private static final int FIRST_BYTES = 4;

  /** Those first four bytes of the appendix that could be UTF-8 as far as their first zero byte. */
  private static final int[] OTHERS = {
    0x0000FEFF, 0x0000FFFE, 0x0000003C, 0x3C000000, 0x00003C00, 0x003C0000, 0x003C003F, 0x3C003F00
  };

  private int read;
  private int first;
  private boolean zero;
  private int missing;
  private int point;
  private int least = 0x80;
  private int most = 0xBF;

  /** Takes the next byte, and gives the character that it completes. */
  int accept(byte next) throws StreamViolation {
    int b = next & 0xFF;
    if (read < FIRST_BYTES && isOther(b)) {
      if (read == FIRST_BYTES) {
        throw invalid("a stream in UTF-16 or UTF-32");
      }
      return INCOMPLETE;
    }
    if (zero && missing == 0) {
      // No such stream: the zero byte before this was the first fault.
      return 0;
    }
    if (missing == 0) {
      return b < 0x80 ? b : begin(b);
    }
    if (b < least || b > most) {
      throw invalid("bytes that are no UTF-8");
    }
    least = 0x80;
    most = 0xBF;
    point = point << 6 | b & 0x3F;
    missing--;
    return missing == 0 ? point : INCOMPLETE;
  }

  /** Whether the next byte begins a character, of a stream that is known to be UTF-8. */
  boolean isBetweenCharacters() {
    return missing == 0 && read == FIRST_BYTES;
  }

  /** Whether the first bytes, this being one, have a zero among them where other encodings do. */
  private boolean isOther(int b) {
    read++;
    first = first << 8 | b;
    zero |= b == 0;
    int left = Byte.SIZE * (FIRST_BYTES - read);
    return zero && Arrays.stream(OTHERS).anyMatch(other -> other >>> left == first);
  }

  private int begin(int lead) throws StreamViolation {
    if (lead < 0xC2 || lead > 0xF4) {
      throw invalid("bytes that are no UTF-8");
    }
    missing = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    point = lead & 0x3F >> missing;
    // The second byte alone tells overlong forms, surrogates and what is above U+10FFFF.
    switch (lead) {
      case 0xE0 -> least = 0xA0;
      case 0xED -> most = 0x9F;
      case 0xF0 -> least = 0x90;
      case 0xF4 -> most = 0x8F;
      default -> {
        // All continuations are allowed.
      }
    }
    return INCOMPLETE;
  }

  private static StreamViolation invalid(String what) {
    return new StreamViolation(Condition.UNSUPPORTED_ENCODING, what);
  }
}
