package dev.bobbin.fuzz;

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
}
