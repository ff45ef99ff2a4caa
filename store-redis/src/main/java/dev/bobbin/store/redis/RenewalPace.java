package dev.bobbin.store.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How often a connection to a server that takes no changes is ended, to look whether its name leads
 * to another one by now.
 *
 * <p>Each time all calls that are under way fail, also those that only read. So it is after 1 s at
 * first, then after twice as long each time, up to 60 s: the name may go on to lead there for
 * hours. After two minutes without, it begins anew. Safe for use by several threads.
 */
final class RenewalPace {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final AtomicReference<@Nullable Renewal> last = new AtomicReference<>();

  /** One, and how long to wait for the next. */
  private record Renewal(long nanos, Duration pause) {}

  /** Whether to do it now, by {@link System#nanoTime}; then it counts as done. */
  boolean isDue(long nanos) {
    Renewal before = last.get();
    if (before == null) {
      return last.compareAndSet(null, new Renewal(nanos, SHORTEST));
    }
    Duration since = Duration.ofNanos(nanos - before.nanos());
    Duration twice = before.pause().multipliedBy(2);
    Duration longer = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    boolean isNew = since.compareTo(LONGEST.multipliedBy(2)) > 0;
    return since.compareTo(before.pause()) >= 0
        && last.compareAndSet(before, new Renewal(nanos, isNew ? SHORTEST : longer));
  }
}
