package dev.bobbin.store.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Waits for what completes by itself, within a bound. */
final class Waiting {
  private Waiting() {}

  /**
   * Gives what a stage completes with.
   *
   * @param what is done meanwhile, for a message
   * @param problem what to say of a failure, or of the time that has passed
   * @throws IOException when it fails, or has not completed within the bound
   */
  static <T> T result(
      CompletionStage<T> stage,
      Duration bound,
      String what,
      Function<Throwable, IOException> problem)
      throws IOException {
    try {
      return stage.toCompletableFuture().get(bound.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problems.interrupted(what);
    } catch (ExecutionException e) {
      throw problem.apply(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw problem.apply(e);
    }
  }
}
