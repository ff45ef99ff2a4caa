package dev.bobbin.xmpp.core.internal.stream;

import dev.bobbin.xmpp.core.internal.stream.StreamViolation.Condition;

/**
 * A reference, read character by character behind its ampersand. Character references and the five
 * predefined entities mean a character; any other entity is {@code restricted-xml} (RFC 6120
 * section 11.1). For use by one thread.
 */
final class Reference {
  /** What {@link #accept} gives while the reference is not complete. */
  static final int INCOMPLETE = -1;

  private static final int ABOVE_ALL = 0x110000;

  /** More characters than the longest predefined entity has: any name that long is another's. */
  private static final int KEPT_CHARACTERS = 5;

  private final StringBuilder name = new StringBuilder();
  private boolean numeric;
  private int radix;
  private int digits;
  private int value;

  /** Begins anew. */
  void clear() {
    name.setLength(0);
    numeric = false;
    radix = 10;
    digits = 0;
    value = 0;
  }

  /** Takes the next character, and gives the one that is meant once this is the semicolon. */
  int accept(int c) throws StreamViolation {
    if (c == ';') {
      return numeric ? character() : entity();
    }
    if (numeric) {
      acceptDigit(c);
    } else if (c == '#' && name.length() == 0) {
      numeric = true;
    } else if (name.length() == 0 ? XmlCharacters.isNameStart(c) : XmlCharacters.isNamePart(c)) {
      if (name.length() < KEPT_CHARACTERS) {
        name.appendCodePoint(c);
      }
    } else {
      throw malformed();
    }
    return INCOMPLETE;
  }

  /** For how many characters there is room. */
  int capacity() {
    return name.capacity();
  }

  private void acceptDigit(int c) throws StreamViolation {
    if (c == 'x' && digits == 0 && radix == 10) {
      radix = 16;
      return;
    }
    // Character.digit would take the digits of other scripts as well.
    int digit = c < 0x80 ? Character.digit(c, radix) : -1;
    if (digit < 0) {
      throw malformed();
    }
    digits++;
    // There may be any number of zeros in front, and the value must not wrap around.
    value = Math.min(value * radix + digit, ABOVE_ALL);
  }

  private int character() throws StreamViolation {
    if (digits == 0 || !XmlCharacters.isAllowed(value)) {
      throw new StreamViolation(
          Condition.NOT_WELL_FORMED, "a reference to a character that cannot stand in XML");
    }
    return value;
  }

  private int entity() throws StreamViolation {
    return switch (name.toString()) {
      case "amp" -> '&';
      case "lt" -> '<';
      case "gt" -> '>';
      case "apos" -> '\'';
      case "quot" -> '"';
      case "" -> throw malformed();
      default -> throw new StreamViolation(Condition.RESTRICTED_XML, "an entity reference");
    };
  }

  private static StreamViolation malformed() {
    return new StreamViolation(Condition.NOT_WELL_FORMED, "a malformed reference");
  }
}
