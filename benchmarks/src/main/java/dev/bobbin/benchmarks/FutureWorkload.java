package dev.bobbin.benchmarks;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges that are futures: as many chains as shall be in flight, each of which begins its next
 * exchange where the last one has completed, as an application with callbacks does.
 */
record FutureWorkload(String name, Supplier<CompletableFuture<?>> exchange) implements Workload {
  private static final long GRACE_SECONDS = 30;

  @Override
  public Measurement run(int inFlight, Duration time, int most) throws Exception {
    CountDownLatch chains = new CountDownLatch(inFlight);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Recorder recorder = new Recorder(time.toNanos(), most);
    for (int i = 0; i < inFlight; i++) {
      next(recorder, chains, failure);
    }
    if (!chains.await(time.toSeconds() + GRACE_SECONDS, TimeUnit.SECONDS)) {
      throw new TimeoutException(name + " did not end");
    }
    Throwable cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException(name + " failed", cause);
    }
    return recorder.finish();
  }

  private void next(
      Recorder recorder, CountDownLatch chains, AtomicReference<@Nullable Throwable> failure) {
    long start = System.nanoTime();
    if (!recorder.begin(start)) {
      chains.countDown();
      return;
    }
    CompletableFuture<?> answered;
    try {
      answered = exchange.get();
    } catch (RuntimeException | Error e) {
      // Inside the completion of the last exchange, whoever completed it would swallow this.
      failure.compareAndSet(null, e);
      chains.countDown();
      return;
    }
    answered.whenComplete(
        (answer, problem) -> {
          if (problem != null) {
            failure.compareAndSet(null, problem);
            chains.countDown();
          } else {
            recorder.end(System.nanoTime() - start);
            next(recorder, chains, failure);
          }
        });
  }
}
