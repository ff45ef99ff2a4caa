package dev.bobbin.packaging;

import java.util.Objects;

/** Assertions that are printed, one a line, and counted. */
final class Checks {
  private int failed;

  void that(String what, Object expected, Object actual) {
    if (Objects.equals(expected, actual)) {
      System.out.println("ok: " + what + ": " + actual);
    } else {
      failed++;
      System.out.println("FAILED: " + what + ": " + actual + " instead of " + expected);
    }
  }

  void threw(String what, Throwable failure) {
    failed++;
    System.out.println("FAILED: " + what + ": " + failure);
  }

  /** The program's exit status. */
  int status() {
    return failed == 0 ? 0 : 1;
  }
}
