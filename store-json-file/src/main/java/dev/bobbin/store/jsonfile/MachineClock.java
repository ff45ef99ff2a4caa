package dev.bobbin.store.jsonfile;

import java.time.Duration;
import java.time.Instant;

/**
 * The clock of this machine, which every age of a file is told by: a file's modification and the
 * time in a hidden name come from it as well. The clock that a store was opened with may say
 * anything (in a test, or in a program that replays what happened), and tells only whether an item
 * has expired.
 */
final class MachineClock {
  private MachineClock() {}

  static Instant now() {
    return Instant.now();
  }

  /** How far that time is away, be it ahead. */
  static Duration distance(Instant time) {
    return Duration.between(time, now()).abs();
  }
}
