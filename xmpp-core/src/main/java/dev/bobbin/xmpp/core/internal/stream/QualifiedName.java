package dev.bobbin.xmpp.core.internal.stream;

import dev.bobbin.xmpp.core.internal.stream.StreamViolation.Condition;

/**
 * A name as it is written, read character by character.
 *
 * @param prefix empty for none
 * @param local the local name
 */
record QualifiedName(String prefix, String local) {
  /** As it is written: an end tag has to repeat it. */
  String written() {
    return prefix.isEmpty() ? local : prefix + ':' + local;
  }

  /** Collects a name. For use by one thread. */
  static final class Reader {
    private final StringBuilder characters = new StringBuilder();
    private int colon = -1;

    /** Begins anew. */
    void clear() {
      characters.setLength(0);
      colon = -1;
    }

    /** Takes a character, unless the name ended before it. */
    boolean accepts(int c) throws StreamViolation {
      boolean begins = characters.length() == colon + 1;
      if (c == ':') {
        if (begins || colon >= 0) {
          throw malformed();
        }
        colon = characters.length();
      } else if (begins ? !XmlCharacters.isNameStart(c) : !XmlCharacters.isNamePart(c)) {
        if (begins) {
          throw malformed();
        }
        return false;
      }
      characters.appendCodePoint(c);
      return true;
    }

    /** The name, once a character was not taken. */
    QualifiedName name() {
      return colon < 0
          ? new QualifiedName("", characters.toString())
          : new QualifiedName(characters.substring(0, colon), characters.substring(colon + 1));
    }

    private static StreamViolation malformed() {
      return new StreamViolation(Condition.NOT_WELL_FORMED, "a malformed name");
    }
  }
}
