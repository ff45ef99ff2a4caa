package dev.bobbin.xmpp.core.internal.stream;

import java.nio.charset.StandardCharsets;

/**
 * Collects characters until they are taken. Room for more than a little is not kept for the next
 * ones: a peer that sends one long name would have its room for as long as it stays connected. For
 * use by one thread.
 */
final class CharacterBuffer {
  /** As much room as outlives what was in it. */
  static final int KEPT_CAPACITY = 8 * 1024;

  private StringBuilder characters = new StringBuilder();

  void append(int codePoint) {
    characters.appendCodePoint(codePoint);
  }

  /** Appends characters of ASCII. */
  void append(byte[] ascii, int offset, int length) {
    characters.append(new String(ascii, offset, length, StandardCharsets.US_ASCII));
  }

  int length() {
    return characters.length();
  }

  /** The last character; there has to be one. */
  char last() {
    return characters.charAt(characters.length() - 1);
  }

  /** All that was collected; begins anew. */
  String take() {
    String taken = characters.toString();
    if (characters.capacity() > KEPT_CAPACITY) {
      characters = new StringBuilder();
    } else {
      characters.setLength(0);
    }
    return taken;
  }

  /** For how many characters there is room. */
  int capacity() {
    return characters.capacity();
  }
}
