package dev.bobbin.xmpp.api;

/**
 * Text of unknown origin, made fit for a message: cut, and without what could forge a log line or
 * turn the reading direction of the text around it. Each control or format character, line or
 * paragraph separator and lone surrogate is shown as U+FFFD.
 *
 * <p>What this does not do: set quotation marks around the text, or escape those in it; hide
 * secrets.
 *
 * <p>Safe for use by several threads; nothing blocks.
 */
public final class Quoted {
  private static final int SHOWN = 100;

  private Quoted() {}

  /**
   * Cuts to 100 characters and cleans.
   *
   * @param text any text, lone surrogates included
   * @return printable text, with three dots where it was cut
   */
  public static String of(String text) {
    return cut(text, SHOWN);
  }

  /**
   * Cuts and cleans.
   *
   * @param text any text, lone surrogates included
   * @param most the greatest number of characters (code points) to show
   * @return printable text, with three dots where it was cut
   */
  public static String cut(String text, int most) {
    StringBuilder printable = new StringBuilder(Math.min(text.length(), most) + 3);
    int i = 0;
    for (int shown = 0; shown < most && i < text.length(); shown++) {
      int c = text.codePointAt(i);
      printable.appendCodePoint(isPrintable(c) ? c : 0xFFFD);
      i += Character.charCount(c);
    }
    return i < text.length() ? printable.append("...").toString() : printable.toString();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
