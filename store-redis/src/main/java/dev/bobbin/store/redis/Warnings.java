package dev.bobbin.store.redis;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Warns on an executor, since who writes a log may block, and what is told of is noticed on the
 * threads of a connection. Safe for use by several threads.
 */
final class Warnings implements Consumer<String> {
  private final Executor executor;
  private final Consumer<String> log;

  Warnings(Executor executor, Consumer<String> log) {
    this.executor = executor;
    this.log = log;
  }

  @Override
  public void accept(String warning) {
    try {
      executor.execute(() -> log.accept(warning));
    } catch (RejectedExecutionException e) {
      log.accept(warning);
    }
  }
}
