package dev.bobbin.xmpp.api.xml;

import dev.bobbin.xmpp.api.Quoted;
import java.util.Objects;

/** The character and name rules of XML 1.0 (sections 2.2 and 2.3) and of Namespaces in XML. */
final class XmlNames {
  private static final String XMLNS = "http://www.w3.org/2000/xmlns/";

  private XmlNames() {}

  /** Namespaces in XML section 3: nothing may be bound to the namespace of declarations. */
  static void requireNamespace(String namespace) {
    requireCharacters(namespace);
    if (namespace.equals(XMLNS)) {
      throw new IllegalArgumentException(XMLNS + " is kept for namespace declarations");
    }
  }

  static void requireCharacters(String text) {
    Objects.requireNonNull(text, "text");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean allowed;
      if (c < 0x20) {
        allowed = c == '\t' || c == '\n' || c == '\r';
      } else if (c < 0xD800) {
        allowed = true;
      } else if (Character.isHighSurrogate(c)) {
        allowed = i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
      } else {
        allowed = !Character.isLowSurrogate(c) && c < 0xFFFE;
      }
      if (!allowed) {
        throw new IllegalArgumentException(
            String.format("U+%04X at index %d cannot stand in XML 1.0", (int) c, i));
      }
      if (c >= 0xD800 && Character.isHighSurrogate(c)) {
        i++;
      }
    }
  }

  static void requireName(String name) {
    Objects.requireNonNull(name, "name");
    boolean allowed = !name.isEmpty();
    for (int i = 0; allowed && i < name.length(); i += Character.charCount(name.codePointAt(i))) {
      int c = name.codePointAt(i);
      allowed = i == 0 ? isNameStart(c) : isNameStart(c) || isNamePart(c);
    }
    if (!allowed) {
      throw new IllegalArgumentException(
          "'" + Quoted.of(name) + "' is no XML name without a colon");
    }
  }

  private static boolean isNameStart(int c) {
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

  private static boolean isNamePart(int c) {
    return c == '-'
        || c == '.'
        || c >= '0' && c <= '9'
        || c == 0xB7
        || c >= 0x300 && c <= 0x36F
        || c == 0x203F
        || c == 0x2040;
  }
}
