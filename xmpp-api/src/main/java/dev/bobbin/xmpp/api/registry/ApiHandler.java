package dev.bobbin.xmpp.api.registry;

import java.util.Objects;
import java.util.concurrent.CompletionStage;

/**
 * Serves calls of one internal-API method. Runs on several threads at once.
 *
 * <p>Three kinds, by what they promise:
 *
 * <ul>
 *   <li>{@link #blocking} wraps a body that may block: it runs on the runtime's workers.
 *   <li>{@link #direct} wraps a body that never blocks: it runs on the thread that calls, which may
 *       be the one that reads the connection.
 *   <li>A lambda that returns a stage is asynchronous. It runs on the thread that calls, or on a
 *       worker when that is the thread that reads the connection, and should return soon. {@link
 *       #directAsync} promises that it never blocks, and saves that hop.
 * </ul>
 *
 * @param <I> what the method takes
 * @param <O> what the method gives
 */
@FunctionalInterface
public interface ApiHandler<I, O> {
  /**
   * Serves one call.
   *
   * @param call what is asked, and the way to the covered handler
   * @return the outcome, never null; its failure reaches the caller as it is, but for the {@link
   *     java.util.concurrent.CompletionException} in which a dependent stage wraps it
   * @throws Exception whatever went wrong; the caller's future completes with that very instance
   */
  CompletionStage<O> handle(ApiCall<I, O> call) throws Exception;

  /**
   * Whether {@link #handle} may run on the thread that reads the connection.
   *
   * @return false unless the handler promises not to block
   */
  default boolean isDirect() {
    return false;
  }

  /**
   * A handler whose body may block and may throw; it runs on the runtime's workers.
   *
   * @param body what to do
   * @param <I> what the method takes
   * @param <O> what the method gives
   * @return the handler
   */
  static <I, O> ApiHandler<I, O> blocking(Body<I, O> body) {
    return new BodyHandler<>(body, true);
  }

  /**
   * A handler whose body promises never to block: no I/O, no waiting, no lock that is held long. It
   * runs on the calling thread.
   *
   * @param body what to do
   * @param <I> what the method takes
   * @param <O> what the method gives
   * @return the handler
   */
  static <I, O> ApiHandler<I, O> direct(Body<I, O> body) {
    return new BodyHandler<>(body, false);
  }

  /**
   * A handler that returns a stage and promises never to block until it has: no I/O, no waiting, no
   * lock that is held long. It runs on the calling thread.
   *
   * @param handler the handler
   * @param <I> what the method takes
   * @param <O> what the method gives
   * @return the same handler with that promise
   */
  static <I, O> ApiHandler<I, O> directAsync(ApiHandler<I, O> handler) {
    Objects.requireNonNull(handler, "handler");
    DirectApiHandler<I, O> direct = handler::handle;
    return direct;
  }

  /**
   * What a handler does, as plain synchronous code.
   *
   * @param <I> what the method takes
   * @param <O> what the method gives
   */
  @FunctionalInterface
  interface Body<I, O> {
    /**
     * Serves one call.
     *
     * @param call what is asked, and the way to the covered handler
     * @return the outcome
     * @throws Exception whatever went wrong; the caller's future completes with that very instance
     */
    O run(ApiCall<I, O> call) throws Exception;
  }
}

/** An asynchronous handler that made the promise. */
@FunctionalInterface
interface DirectApiHandler<I, O> extends ApiHandler<I, O> {
  @Override
  default boolean isDirect() {
    return true;
  }
}
