package dev.bobbin.xmpp.core.internal.registry;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The future of one call. Its own type marks an outcome that the registry made, whose failure is
 * the handler's instance already; what is derived from it is a plain {@link CompletableFuture}.
 */
final class Outcome<O> extends CompletableFuture<O> {
  static <O> Outcome<O> failed(Throwable failure) {
    Outcome<O> outcome = new Outcome<>();
    outcome.completeExceptionally(failure);
    return outcome;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }

  /** Completes like the handler's stage does. */
  void follow(CompletionStage<O> stage) {
    boolean exact = stage instanceof Outcome<?>;
    stage.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            complete(value);
          } else {
            completeExceptionally(exact ? failure : unwrapped(failure));
          }
        });
  }

  /** Takes off the one layer in which a dependent stage wraps what its function threw. */
  private static Throwable unwrapped(Throwable failure) {
    @Nullable Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
