package dev.bobbin.xmpp.api.jid;

import java.text.Normalizer;

/** The code point classes of PRECIS (RFC 8264 section 9) that the JDK's tables can tell. */
final class UnicodeClasses {
  private UnicodeClasses() {}

  /** What FreeformClass takes: everything but controls, unassigned, ignorable and old jamo. */
  static boolean isFreeform(int c) {
    if (c < 0x80) {
      return c >= ' ' && c < 0x7F;
    }
    return !isDisallowed(c);
  }

  /** What IdentifierClass takes: printable ASCII, letters, marks and decimal digits. */
  static boolean isIdentifier(int c) {
    if (c < 0x80) {
      return c > ' ' && c < 0x7F;
    }
    return !isDisallowed(c)
        && (isValidException(c) || isLetterDigit(c) && !hasCompatibilityForm(c));
  }

  /** What a label of a host name may hold: letters, digits, marks, hyphen and underscore. */
  static boolean isHostCharacter(int c) {
    if (c < 0x80) {
      return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }
    return isIdentifier(c);
  }

  /** Whether a character only adds to the one before it. */
  static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  /** Maps a full-width or half-width form to the character that it stands for. */
  static String narrow(int c) {
    String one = Character.toString(c);
    return c >= 0xFF00 && c <= 0xFFEF || c == 0x3000
        ? Normalizer.normalize(one, Normalizer.Form.NFKC)
        : one;
  }

  /** RFC 5893 section 2, with the direction of the text taken from its first character. */
  static boolean obeysBidiRule(String text) {
    boolean anyRightToLeft = text.codePoints().anyMatch(UnicodeClasses::isRightToLeft);
    if (!anyRightToLeft) {
      return true;
    }
    byte first = Character.getDirectionality(text.codePointAt(0));
    if (first != Character.DIRECTIONALITY_RIGHT_TO_LEFT
        && first != Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC) {
      return false;
    }
    boolean european = false;
    boolean arabic = false;
    byte last = Character.DIRECTIONALITY_UNDEFINED;
    for (int c : text.codePoints().toArray()) {
      byte direction = Character.getDirectionality(c);
      if (direction == Character.DIRECTIONALITY_LEFT_TO_RIGHT) {
        return false;
      }
      european |= direction == Character.DIRECTIONALITY_EUROPEAN_NUMBER;
      arabic |= direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
      if (direction != Character.DIRECTIONALITY_NONSPACING_MARK) {
        last = direction;
      }
    }
    boolean endsWell =
        last == Character.DIRECTIONALITY_RIGHT_TO_LEFT
            || last == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
            || last == Character.DIRECTIONALITY_EUROPEAN_NUMBER
            || last == Character.DIRECTIONALITY_ARABIC_NUMBER;
    return endsWell && !(european && arabic);
  }

  private static boolean isRightToLeft(int c) {
    byte direction = Character.getDirectionality(c);
    return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
        || direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
  }

  private static boolean isDisallowed(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isIgnorable(c) || isOldJamo(c) || isDisallowedException(c);
    };
  }

  /** RFC 5892 section 2.6, of the letters and marks those that identify nothing. */
  private static boolean isDisallowedException(int c) {
    return c == 0x0640
        || c == 0x07FA
        || c == 0x302E
        || c == 0x302F
        || c >= 0x3031 && c <= 0x3035
        || c == 0x303B;
  }

  /** RFC 5892 section 2.6, where the general category alone would refuse. */
  private static boolean isValidException(int c) {
    return c == 0x06FD || c == 0x06FE || c == 0x0F0B || c == 0x3007;
  }

  private static boolean isLetterDigit(int c) {
    return switch (Character.getType(c)) {
      case Character.LOWERCASE_LETTER,
          Character.UPPERCASE_LETTER,
          Character.OTHER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.MODIFIER_LETTER,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK ->
          true;
      default -> false;
    };
  }

  private static boolean hasCompatibilityForm(int c) {
    String one = Character.toString(c);
    String canonical = Normalizer.normalize(one, Normalizer.Form.NFC);
    return !Normalizer.normalize(one, Normalizer.Form.NFKC).equals(canonical);
  }

  private static boolean isOldJamo(int c) {
    return c >= 0x1100 && c <= 0x11FF || c >= 0xA960 && c <= 0xA97C || c >= 0xD7B0 && c <= 0xD7FB;
  }

  private static boolean isIgnorable(int c) {
    return c == 0x034F
        || c == 0x115F
        || c == 0x1160
        || c == 0x17B4
        || c == 0x17B5
        || c >= 0x180B && c <= 0x180F
        || c == 0x3164
        || c >= 0xFE00 && c <= 0xFE0F
        || c == 0xFFA0
        || c >= 0xE0000 && c <= 0xE0FFF
        || c >= 0xFDD0 && c <= 0xFDEF
        || (c & 0xFFFE) == 0xFFFE;
  }
}
