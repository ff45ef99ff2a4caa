package dev.bobbin.store.jsonfile;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test sets. */
final class Clock implements InstantSource {
  private volatile Instant now = Items.STORED;

  @Override
  public Instant instant() {
    return now;
  }

  /** Ahead, or back. */
  void jump(Duration time) {
    now = now.plus(time);
  }
}
