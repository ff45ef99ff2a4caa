package dev.bobbin.xmpp.bob.copy;

import dev.bobbin.xmpp.bob.StoredBob;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How to copy. Immutable; each {@code with} method gives a copy. */
public final class CopyOptions {
  private static final CopyOptions DEFAULTS =
      new CopyOptions(null, 500, 20, item -> true, problem -> {}, report -> {});

  private final @Nullable String cursor;
  private final int pageSize;
  private final int mostFailures;
  private final Predicate<StoredBob> filter;
  private final Consumer<CopyProblem> problems;
  private final Consumer<CopyReport> progress;

  private CopyOptions(
      @Nullable String cursor,
      int pageSize,
      int mostFailures,
      Predicate<StoredBob> filter,
      Consumer<CopyProblem> problems,
      Consumer<CopyReport> progress) {
    this.cursor = cursor;
    this.pageSize = pageSize;
    this.mostFailures = mostFailures;
    this.filter = filter;
    this.problems = problems;
    this.progress = progress;
  }

  /**
   * All items, from the first key on, by pages of 500, until 20 items in a row have failed, telling
   * nobody.
   *
   * @return the options
   */
  public static CopyOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Beginning where an earlier copy ended. What failed, was damaged or is gone before that place is
   * neither tried again nor reported again; so before the store copied to takes over, copy once
   * without a cursor, which skips what is there, and look at the problems of that report.
   *
   * @param newCursor what {@link CopyReport#cursor} gave
   * @return a copy
   */
  public CopyOptions withCursor(String newCursor) {
    Objects.requireNonNull(newCursor, "newCursor");
    return new CopyOptions(newCursor, pageSize, mostFailures, filter, problems, progress);
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
    int size = positive(newPageSize, "a page holds");
    return new CopyOptions(cursor, size, mostFailures, filter, problems, progress);
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
    int most = positive(newMostFailures, "a copy ends after");
    return new CopyOptions(cursor, pageSize, most, filter, problems, progress);
  }

  /**
   * Copying some of the items only, such as those of one shelf, or what was stored since a time.
   * What is not wanted is as good as not there, and counts as {@link CopyOutcome#LEFT_OUT}.
   *
   * @param newFilter tells which are wanted, in place of the filter before, on the thread that
   *     copies; an item may be asked for several times, and what is thrown is a failure of its item
   * @return a copy
   */
  public CopyOptions withFilter(Predicate<StoredBob> newFilter) {
    Objects.requireNonNull(newFilter, "newFilter");
    return new CopyOptions(cursor, pageSize, mostFailures, newFilter, problems, progress);
  }

  /**
   * With a listener to problems, of which a report lists some only.
   *
   * @param newProblems is given each problem once it is met, on the thread that copies; what it
   *     throws ends the copy
   * @return a copy
   */
  public CopyOptions withProblems(Consumer<CopyProblem> newProblems) {
    Objects.requireNonNull(newProblems, "newProblems");
    return new CopyOptions(cursor, pageSize, mostFailures, filter, newProblems, progress);
  }

  /**
   * With a listener to the progress.
   *
   * @param newProgress is given what was done so far after each page, those of the second look
   *     included, on the thread that copies; what it throws ends the copy
   * @return a copy
   */
  public CopyOptions withProgress(Consumer<CopyReport> newProgress) {
    Objects.requireNonNull(newProgress, "newProgress");
    return new CopyOptions(cursor, pageSize, mostFailures, filter, problems, newProgress);
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

  Predicate<StoredBob> filter() {
    return filter;
  }

  Consumer<CopyProblem> problems() {
    return problems;
  }

  Consumer<CopyReport> progress() {
    return progress;
  }
}
