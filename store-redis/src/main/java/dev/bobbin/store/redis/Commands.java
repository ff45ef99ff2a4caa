package dev.bobbin.store.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Commands that a store gives to Redis, and what becomes of them.
 *
 * <p>An answer arrives on a thread of the connection, which takes it apart, checksum and hash
 * included, and leaves all else to others: whatever depends on a stage that is {@linkplain #given
 * given out} runs on the executor of the context, lest it blocks the connection. Who blocks
 * {@linkplain #result waits} for the answer itself, since that executor may be busy with those who
 * wait.
 *
 * <p>About {@value #MOST_WAITING} commands may wait for their answers, and they may put 32 MiB of
 * data together, or one item that is larger; more are refused: Lettuce has no bound on those that
 * it has written, and a server that hangs, or a slow way to it, would fill the heap. One that gets
 * holds nothing yet. A place, and its bytes, are free once Lettuce has ended the command: by an
 * answer, or with its connection, which {@link AnswerGuard} ends where an answer is late; a
 * time-out of the caller alone would free what is still held. All are known here also for the end:
 * one that is written while its connection is closed may slip through Lettuce's hands.
 *
 * <p>What was not sent, as there was no connection to that node of a cluster, is tried a few times
 * more, for somewhat less than a second: a node that is first heard of when keys move to it is
 * connected to meanwhile. What may have been sent is never sent again.
 *
 * <p>Safe for use by several threads; nothing here blocks but {@link #result} and {@link #close}.
 */
final class Commands {
  static final int MOST_WAITING = 2048;
  static final long MOST_BYTES = 32 * 1024 * 1024;

  private static final int MORE_TRIES = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration SLACK = Duration.ofSeconds(1);

  private final RedisLink link;
  private final String place;
  private final Executor executor;
  private final Duration patience;
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final Map<Long, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** By a link, which is closed with this; the place is what messages call it. */
  Commands(RedisLink link, String place, Executor executor, RedisSettings settings) {
    this.link = link;
    this.place = place;
    this.executor = executor;
    patience = settings.connectTimeout().plus(settings.commandTimeout()).plus(SLACK);
  }

  /** Gives one, unless this is closed; all that goes wrong is in the future. */
  <A, T> CompletableFuture<T> ask(
      String what, Supplier<CompletionStage<A>> command, Function<A, T> meaning) {
    return ask(what, 0, command, meaning);
  }

  /** Gives one that holds so many bytes of data until it is answered. */
  <A, T> CompletableFuture<T> ask(
      String what, long bytes, Supplier<CompletionStage<A>> command, Function<A, T> meaning) {
    if (closed.get()) {
      return CompletableFuture.failedFuture(Problems.closed(place));
    }
    long others = waitingBytes.getAndAdd(bytes);
    boolean fits = bytes == 0 || others == 0 || others + bytes <= MOST_BYTES;
    if (underWay.size() >= MOST_WAITING || !fits) {
      waitingBytes.addAndGet(-bytes);
      return CompletableFuture.failedFuture(Problems.tooMany(what, place));
    }
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Long number = asked.incrementAndGet();
    underWay.put(number, outcome);
    if (closed.get()) { // Whoever closes may have looked before it was added.
      underWay.remove(number);
      return CompletableFuture.failedFuture(Problems.closed(place));
    }
    sent(command, link.isOfCluster() ? MORE_TRIES : 0, FIRST_PAUSE)
        .whenComplete(
            (answer, failure) -> {
              underWay.remove(number);
              waitingBytes.addAndGet(-bytes);
              try {
                if (failure == null) {
                  outcome.complete(meaning.apply(answer));
                } else {
                  if (Problems.isReadOnly(failure)) {
                    link.renew();
                  }
                  outcome.completeExceptionally(Problems.notDone(what, place, failure));
                }
              } catch (Throwable e) {
                outcome.completeExceptionally(e);
              }
            });
    return outcome;
  }

  private <A> CompletionStage<A> sent(
      Supplier<CompletionStage<A>> command, int moreTries, Duration pause) {
    CompletionStage<A> answer;
    try {
      answer = command.get();
    } catch (RuntimeException | Error e) { // No heap, say; what is under way has to end.
      return CompletableFuture.failedStage(e);
    }
    if (moreTries == 0) {
      return answer;
    }
    return answer.exceptionallyCompose(
        failure ->
            Problems.isNotSent(failure)
                ? link.after(pause)
                    .thenCompose(passed -> sent(command, moreTries - 1, pause.multipliedBy(3)))
                : CompletableFuture.failedStage(failure));
  }

  /** What depends on it runs where it may block. */
  <T> CompletionStage<T> given(CompletableFuture<T> answer) {
    return answer.isDone() ? answer : answer.whenCompleteAsync((value, failure) -> {}, executor);
  }

  /** Waits for an answer, within a bound. */
  <T> T result(CompletableFuture<T> answer, String what) throws IOException {
    return Waiting.result(answer, patience, what, failure -> told(what, failure));
  }

  private IOException told(String what, Throwable failure) {
    if (failure instanceof IllegalStateException closedMeanwhile) {
      throw closedMeanwhile;
    }
    return failure instanceof IOException known ? known : Problems.notDone(what, place, failure);
  }

  boolean isClosed() {
    return closed.get();
  }

  /** Refuses what comes later, and ends what is under way. Idempotent. */
  void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      try {
        link.close();
      } finally {
        IOException cutOff = Problems.notDone("end a call", place, new CancellationException());
        underWay.values().forEach(outcome -> outcome.completeExceptionally(cutOff));
        underWay.clear();
      }
    }
  }
}
