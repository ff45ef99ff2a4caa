package dev.bobbin.store.jsonfile;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The names in a directory, a bounded number at a time. Nothing stays open between two calls, which
 * is why the next names are found by reading all of them again: a million take about a second.
 */
final class DirectoryNames {
  /** How many names are read at a time for those who want the next ones: some 5 MiB. */
  static final int WINDOW = 50_000;

  private DirectoryNames() {}

  /** As what a file is listed. */
  @FunctionalInterface
  interface Listed {
    /**
     * Null when it is not listed.
     *
     * @throws InterruptedIOException when nobody wants the names any more
     */
    @Nullable String as(String fileName) throws InterruptedIOException;
  }

  /** Lists what is wanted under its own name, and ends with an error when that is stopped. */
  static Listed until(BooleanSupplier stopped, Predicate<String> wanted) {
    return name -> {
      if (stopped.getAsBoolean()) {
        throw new InterruptedIOException("stopped");
      }
      return wanted.test(name) ? name : null;
    };
  }

  /** The least of them above the given one, sorted, at most so many: memory is bounded by that. */
  static List<String> after(Path directory, String after, int limit, Listed listed)
      throws IOException {
    TreeSet<String> least = new TreeSet<>();
    read(
        directory,
        fileName -> {
          String name = listed.as(fileName);
          // Some file systems show twice what is renamed meanwhile.
          if (name != null
              && name.compareTo(after) > 0
              && (least.size() < limit || name.compareTo(least.last()) < 0)
              && least.add(name)
              && least.size() > limit) {
            least.pollLast();
          }
          return true;
        });
    return new ArrayList<>(least);
  }

  /** Some of the names, at most so many, in no order. */
  static List<String> some(Path directory, int limit, Predicate<String> wanted) throws IOException {
    List<String> names = new ArrayList<>();
    read(
        directory,
        name -> {
          if (wanted.test(name)) {
            names.add(name);
          }
          return names.size() < limit;
        });
    return names;
  }

  /** Takes a name, and tells whether more are wanted. */
  @FunctionalInterface
  private interface Taker {
    boolean take(String name) throws InterruptedIOException;
  }

  private static void read(Path directory, Taker taker) throws IOException {
    try (DirectoryStream<Path> listing = Files.newDirectoryStream(directory)) {
      for (Path file : listing) {
        if (!taker.take(String.valueOf(file.getFileName()))) {
          return;
        }
      }
    } catch (DirectoryIteratorException e) {
      throw Problems.notRead(directory, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw Problems.notRead(directory, e);
    }
  }
}
