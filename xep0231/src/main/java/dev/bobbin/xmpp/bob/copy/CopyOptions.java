package dev.bobbin.xmpp.bob.copy;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How to copy. Immutable; each {@code with} method gives a copy. */
public final class CopyOptions {
  private static final CopyOptions DEFAULTS = new CopyOptions(null, 500, 20, report -> {});

  private final @Nullable String cursor;
  private final int pageSize;
  private final int mostFailures;
  private final Consumer<CopyReport> progress;

  private CopyOptions(
      @Nullable String cursor, int pageSize, int mostFailures, Consumer<CopyReport> progress) {
    this.cursor = cursor;
    this.pageSize = pageSize;
    this.mostFailures = mostFailures;
    this.progress = progress;
  }

  /**
   * From the first key on, by pages of 500, until 20 items in a row have failed, telling nobody.
   *
   * @return the options
   */
  public static CopyOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Beginning where an earlier copy ended.
   *
   * @param newCursor what {@link CopyReport#cursor} gave
   * @return a copy
   */
  public CopyOptions withCursor(String newCursor) {
    Objects.requireNonNull(newCursor, "newCursor");
    return new CopyOptions(newCursor, pageSize, mostFailures, progress);
  }

  /**
   * With pages of another size: so many keys are held in memory, and so many items are copied
   * between two calls of the progress's listener.
   *
   * @param newPageSize a number of keys, at least 1
   * @return a copy
   * @throws IllegalArgumentException when it is less
   */
  public CopyOptions withPageSize(int newPageSize) {
    return new CopyOptions(cursor, positive(newPageSize, "a page holds"), mostFailures, progress);
  }

  /**
   * With another bound on how many items may fail in a row before a store is taken to be away, or
   * full, and the copy ends. Items that are refused do not count.
   *
   * @param newMostFailures a number of items, at least 1
   * @return a copy
   * @throws IllegalArgumentException when it is less
   */
  public CopyOptions withMostFailures(int newMostFailures) {
    return new CopyOptions(
        cursor, pageSize, positive(newMostFailures, "a copy ends after"), progress);
  }

  /**
   * With a listener to the progress.
   *
   * @param newProgress is given what was done so far after each page, the last one included, on the
   *     thread that copies; what it throws ends the copy
   * @return a copy
   */
  public CopyOptions withProgress(Consumer<CopyReport> newProgress) {
    Objects.requireNonNull(newProgress, "newProgress");
    return new CopyOptions(cursor, pageSize, mostFailures, newProgress);
  }

  private static int positive(int number, String what) {
    if (number < 1) {
      throw new IllegalArgumentException(what + " at least 1, not " + number);
    }
    return number;
  }

  @Nullable String cursor() {
    return cursor;
  }

  int pageSize() {
    return pageSize;
  }

  int mostFailures() {
    return mostFailures;
  }

  Consumer<CopyReport> progress() {
    return progress;
  }
}
