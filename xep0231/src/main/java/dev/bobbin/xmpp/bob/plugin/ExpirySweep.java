package dev.bobbin.xmpp.bob.plugin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * Sweeps the session cache when items in it expire and nobody calls it. While none will expire,
 * nothing is scheduled; otherwise there is one task at a time, at least a second and at most ten
 * seconds ahead, since a clock may jump and an item that comes later may expire earlier.
 */
final class ExpirySweep {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final BiConsumer<Duration, Runnable> later;
  private final InstantSource clock;
  private final SessionCache cache;
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /**
   * Makes a sweep that is not scheduled.
   *
   * @param later has a task run after a delay; throws {@link IllegalStateException} once the plugin
   *     is off
   */
  ExpirySweep(SessionCache cache, InstantSource clock, BiConsumer<Duration, Runnable> later) {
    this.cache = cache;
    this.clock = clock;
    this.later = later;
  }

  /** To be called after something was put into the cache. */
  void schedule() {
    cache.nextExpiry().ifPresent(this::schedule);
  }

  private void schedule(Instant next) {
    if (!scheduled.compareAndSet(false, true)) {
      return;
    }
    Duration left = Duration.between(clock.instant(), next);
    Duration delay =
        left.compareTo(SHORTEST) < 0 ? SHORTEST : left.compareTo(LONGEST) > 0 ? LONGEST : left;
    try {
      later.accept(delay, this::run);
    } catch (IllegalStateException e) {
      // The plugin was turned off meanwhile, and the cache with it.
      scheduled.set(false);
    }
  }

  private void run() {
    cache.sweep();
    scheduled.set(false);
    schedule();
  }
}
