package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.AsyncBobStore;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A store as something that never blocks: asked asynchronously where it can be, on the workers
 * where it blocks, and on the spot where it does not.
 */
final class StoreAccess {
  private final BobStore store;
  private final Executor workers;

  StoreAccess(BobStore store, Executor workers) {
    this.store = store;
    this.workers = workers;
  }

  CompletionStage<BobKey> put(StoredBob item) {
    if (store instanceof AsyncBobStore async) {
      return async.putAsync(item).thenApply(done -> item.key());
    }
    return run(
        () -> {
          store.put(item);
          return item.key();
        });
  }

  CompletionStage<Optional<StoredBob>> get(BobKey key) {
    return store instanceof AsyncBobStore async ? async.getAsync(key) : run(() -> store.get(key));
  }

  CompletionStage<Boolean> delete(BobKey key) {
    return store instanceof AsyncBobStore async
        ? async.deleteAsync(key)
        : run(() -> store.delete(key));
  }

  private <T> CompletionStage<T> run(Callable<T> task) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Runnable body =
        () -> {
          try {
            outcome.complete(task.call());
          } catch (Throwable e) {
            outcome.completeExceptionally(e);
          }
        };
    if (store.blocks()) {
      workers.execute(body);
    } else {
      body.run();
    }
    return outcome;
  }
}
