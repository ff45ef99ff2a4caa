package dev.bobbin.xmpp.core.internal.stream;

import dev.bobbin.xmpp.core.internal.stream.StreamViolation.Condition;

/**
 * Checks that bytes are UTF-8 in the one form that RFC 3629 section 4 allows. The parser lets
 * overlong forms pass, so that two spellings of one character would compare as different bytes and
 * equal text. For use by one thread.
 */
final class Utf8Check {
  private int missing;
  private int begun;
  private int least = 0x80;
  private int most = 0xBF;

  /** Takes the next byte. */
  void accept(byte next) throws StreamViolation {
    int b = next & 0xFF;
    if (missing == 0) {
      if (b >= 0x80) {
        begin(b);
      }
      return;
    }
    if (b < least || b > most) {
      throw invalid();
    }
    missing--;
    begun = missing == 0 ? 0 : begun + 1;
    least = 0x80;
    most = 0xBF;
  }

  /** How many bytes of a character that is not complete were the last. */
  int begun() {
    return begun;
  }

  private void begin(int lead) throws StreamViolation {
    if (lead < 0xC2 || lead > 0xF4) {
      throw invalid();
    }
    missing = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    begun = 1;
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
  }

  private static StreamViolation invalid() {
    return new StreamViolation(Condition.NOT_WELL_FORMED, "bytes that are no UTF-8");
  }
}
