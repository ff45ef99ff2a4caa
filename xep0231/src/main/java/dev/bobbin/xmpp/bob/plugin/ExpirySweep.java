package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.plugin.PluginContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sweeps the session cache when items in it expire and nobody calls it. While none will expire,
 * nothing is scheduled; otherwise there is one task at a time, at least a second and at most ten
 * seconds ahead, since a clock may jump and an item that comes later may expire earlier.
 */
final class ExpirySweep {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final PluginContext context;
  private final InstantSource clock;
  private final SessionCache cache;
  private final AtomicBoolean scheduled = new AtomicBoolean();

  ExpirySweep(PluginContext context, SessionCache cache) {
    this.context = context;
    this.clock = context.clock();
    this.cache = cache;
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
      context.after(delay, this::run);
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
