package dev.bobbin.xmpp.bob.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/** A clock that stands still until a test moves it. Safe for use by several threads. */
public final class MutableClock implements InstantSource {
  private Instant now;

  /**
   * Makes a clock.
   *
   * @param start what it shows at first
   */
  public MutableClock(Instant start) {
    now = Objects.requireNonNull(start, "start");
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /**
   * Moves it to an instant, earlier or later.
   *
   * @param instant what it shows from now on
   */
  public synchronized void set(Instant instant) {
    now = Objects.requireNonNull(instant, "instant");
  }

  /**
   * Moves it on.
   *
   * @param by for how long; negative moves it back
   */
  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }
}
