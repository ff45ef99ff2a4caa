package dev.bobbin.xmpp.api.registry;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Runs a synchronous body, on the workers or where it was called. */
record BodyHandler<I, O>(ApiHandler.Body<I, O> body, boolean onWorkers)
    implements ApiHandler<I, O> {
  BodyHandler {
    Objects.requireNonNull(body, "body");
  }

  @Override
  public CompletionStage<O> handle(ApiCall<I, O> call) {
    CompletableFuture<O> outcome = new CompletableFuture<>();
    if (onWorkers) {
      call.workers().execute(() -> run(call, outcome));
    } else {
      run(call, outcome);
    }
    return outcome;
  }

  /** Handing over to the workers blocks as little as a direct body does. */
  @Override
  public boolean isDirect() {
    return true;
  }

  private void run(ApiCall<I, O> call, CompletableFuture<O> outcome) {
    try {
      outcome.complete(body.run(call));
    } catch (CompletionException e) {
      // The registry takes one CompletionException off, which stages add on their own; this one is
      // the body's, and the caller gets it as it was thrown.
      outcome.completeExceptionally(new CompletionException(e));
    } catch (Throwable e) {
      outcome.completeExceptionally(e);
    }
  }
}
