package dev.bobbin.fuzz;

import org.jspecify.annotations.Nullable;

/** What has to be so, whatever the input. */
public final class Claim {
  private Claim() {}

  /**
   * Ends the try of an input when something is not so.
   *
   * @param holds whether it is so
   * @param otherwise what went wrong, without the input, which is kept beside it
   */
  public static void that(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  /**
   * Ends the try of an input when a text could forge a line of a log, or turn the direction of what
   * stands around it.
   *
   * @param text a message, or what something shows of itself
   */
  public static void printable(@Nullable String text) {
    that(
        text != null && text.codePoints().noneMatch(Claim::isUnprintable),
        "this is not fit for a log: " + text);
  }

  private static boolean isUnprintable(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
