package dev.bobbin.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** How targets read the bytes that they are given, so that a seed is a file that one can read. */
public final class Input {
  private Input() {}

  /**
   * Bytes as text that Java can hold and UTF-8 cannot: U+F000 to U+F7FF, of private use, stand for
   * the halves of surrogate pairs.
   *
   * @param bytes UTF-8; what is none becomes U+FFFD
   * @return the text
   */
  public static String text(byte[] bytes) {
    StringBuilder text = new StringBuilder(new String(bytes, StandardCharsets.UTF_8));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '\uF000' && c <= '\uF7FF') {
        text.setCharAt(i, (char) (c - 0xF000 + 0xD800));
      }
    }
    return text.toString();
  }

  /**
   * The text's first lines, and all that follows them.
   *
   * @param bytes the input
   * @param count how many parts there are
   * @return that many texts, empty ones for what is not there
   */
  public static List<String> lines(byte[] bytes, int count) {
    String[] lines = text(bytes).split("\n", count);
    int there = lines.length;
    String[] all = Arrays.copyOf(lines, count);
    Arrays.fill(all, there, count, "");
    return List.of(all);
  }
}
