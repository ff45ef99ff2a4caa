package dev.bobbin.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for what nobody tells when it happens: a connection that comes back, say. */
final class Patience {
  private static final long SECONDS = 30;
  private static final long POLL_MILLIS = 5;

  private Patience() {}

  /** Calls until that does not fail any more. */
  static <T> T eventually(Callable<T> call) throws Exception {
    long deadline = deadline();
    while (true) {
      try {
        return call.call();
      } catch (IOException e) {
        if (System.nanoTime() - deadline > 0) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    }
  }

  /** Looks until it is so. */
  static void until(Callable<Boolean> isSo) throws Exception {
    long deadline = deadline();
    while (!isSo.call()) {
      assertThat(System.nanoTime() - deadline).as("nanoseconds too late").isNegative();
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private static long deadline() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
  }
}
