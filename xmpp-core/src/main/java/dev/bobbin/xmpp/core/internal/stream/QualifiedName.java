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
    private final CharacterBuffer characters = new CharacterBuffer();
    private int colon = -1;

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
      characters.append(c);
      return true;
    }

    /** The name, once a character was not taken; begins anew. */
    QualifiedName take() {
      String written = characters.take();
      QualifiedName name =
          colon < 0
              ? new QualifiedName("", written)
              : new QualifiedName(written.substring(0, colon), written.substring(colon + 1));
      colon = -1;
      return name;
    }

    /** For how many characters there is room. */
    int capacity() {
      return characters.capacity();
    }

    private static StreamViolation malformed() {
      return new StreamViolation(Condition.NOT_WELL_FORMED, "a malformed name");
    }
  }
}
