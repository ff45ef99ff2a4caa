package dev.bobbin.xmpp.core.internal.stream;

/** The classes of characters of XML 1.0, fifth edition, sections 2.2 and 2.3. */
final class XmlCharacters {
  private XmlCharacters() {}

  /** Whether this code point, which may be any number, can stand in XML at all. */
  static boolean isAllowed(int c) {
    if (c < 0x20) {
      return isSpace(c);
    }
    return c < 0xD800 || c > 0xDFFF && c < 0xFFFE || c > 0xFFFF && c <= 0x10FFFF;
  }

  static boolean isSpace(int c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /** Whether this byte of UTF-8 is a character that means nothing but itself in text and values. */
  static boolean isPlain(byte b) {
    return b >= ' ' && b != '<' && b != '>' && b != '&' && b != ']' && b != '\'' && b != '"';
  }

  /** Whether a name can begin with it; no colon, since names have prefixes. */
  static boolean isNameStart(int c) {
    if (c < 0x80) {
      return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }
    return c >= 0xC0 && c <= 0x2FF && c != 0xD7 && c != 0xF7
        || c >= 0x370 && c <= 0x1FFF && c != 0x37E
        || c == 0x200C
        || c == 0x200D
        || c >= 0x2070 && c <= 0x218F
        || c >= 0x2C00 && c <= 0x2FEF
        || c >= 0x3001 && c <= 0xD7FF
        || c >= 0xF900 && c <= 0xFDCF
        || c >= 0xFDF0 && c <= 0xFFFD
        || c >= 0x10000 && c <= 0xEFFFF;
  }

  /** Whether a name can go on with it; no colon either. */
  static boolean isNamePart(int c) {
    return isNameStart(c)
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '.'
        || c == 0xB7
        || c >= 0x300 && c <= 0x36F
        || c == 0x203F
        || c == 0x2040;
  }
}
