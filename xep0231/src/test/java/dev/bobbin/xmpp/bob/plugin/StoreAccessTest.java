package dev.bobbin.xmpp.bob.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.AsyncBobStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** On which thread a store is called, and how its outcome comes back. */
class StoreAccessTest {
  private static final Bob BOB = Bob.of("coucou".getBytes(), "text/plain");
  private static final StoredBob ITEM =
      new StoredBob(BobKey.hosted(BOB.cid()), BOB, Instant.EPOCH, null, null);

  /** Work that waits until the test runs it. */
  private final Queue<Runnable> workers = new ArrayDeque<>();

  private static final class QuickStore extends MapStore {
    @Override
    public boolean blocks() {
      return false;
    }
  }

  /** A store whose answers come when the test says so, and whose blocking methods must not be. */
  private static final class SlowStore extends MapStore implements AsyncBobStore {
    final CompletableFuture<Void> put = new CompletableFuture<>();
    final CompletableFuture<Optional<StoredBob>> got = new CompletableFuture<>();
    final CompletableFuture<Boolean> deleted = new CompletableFuture<>();

    @Override
    public CompletionStage<Void> putAsync(StoredBob item) {
      return put;
    }

    @Override
    public CompletionStage<Optional<StoredBob>> getAsync(BobKey key) {
      return got;
    }

    @Override
    public CompletionStage<Boolean> deleteAsync(BobKey key) {
      return deleted;
    }
  }

  @Test
  void calls_storeThatBlocks_runOnTheWorkers() {
    MapStore store = new MapStore();
    StoreAccess access = new StoreAccess(store, workers::add);

    var put = access.put(ITEM).toCompletableFuture();
    assertThat(put).isNotDone();
    assertThat(store.items).isEmpty();
    runWorkers();
    assertThat(put).isCompletedWithValue(ITEM.key());

    var got = access.get(ITEM.key()).toCompletableFuture();
    var deleted = access.delete(ITEM.key()).toCompletableFuture();
    assertThat(got).isNotDone();
    assertThat(deleted).isNotDone();
    runWorkers();
    assertThat(got).isCompletedWithValue(Optional.of(ITEM));
    assertThat(deleted).isCompletedWithValue(true);
  }

  @Test
  void calls_storeThatDoesNotBlock_runOnTheSpot() {
    QuickStore store = new QuickStore();
    StoreAccess access = new StoreAccess(store, workers::add);

    assertThat(access.put(ITEM).toCompletableFuture()).isCompletedWithValue(ITEM.key());
    assertThat(store.calledOn).isSameAs(Thread.currentThread());
    assertThat(access.get(ITEM.key()).toCompletableFuture())
        .isCompletedWithValue(Optional.of(ITEM));
    assertThat(access.delete(ITEM.key()).toCompletableFuture()).isCompletedWithValue(true);
    assertThat(workers).isEmpty();
  }

  @Test
  void calls_asyncStore_useNoThread() {
    SlowStore store = new SlowStore();
    StoreAccess access = new StoreAccess(store, workers::add);

    var put = access.put(ITEM).toCompletableFuture();
    var got = access.get(ITEM.key()).toCompletableFuture();
    var deleted = access.delete(ITEM.key()).toCompletableFuture();
    assertThat(put).isNotDone();
    store.put.complete(null);
    store.got.complete(Optional.of(ITEM));
    store.deleted.complete(false);

    assertThat(put).isCompletedWithValue(ITEM.key());
    assertThat(got).isCompletedWithValue(Optional.of(ITEM));
    assertThat(deleted).isCompletedWithValue(false);
    assertThat(workers).isEmpty();
    assertThat(store.calledOn).isNull();
  }

  @Test
  void calls_storeFails_completeWithItsVeryException() {
    IOException full = new IOException("full");
    MapStore store =
        new MapStore() {
          @Override
          public void put(StoredBob item) throws IOException {
            throw full;
          }
        };
    var put = new StoreAccess(store, workers::add).put(ITEM).toCompletableFuture();
    runWorkers();

    assertThatThrownBy(put::get).cause().isSameAs(full);
  }

  @Test
  void calls_workersRefuse_fail() {
    StoreAccess access =
        new StoreAccess(
            new MapStore(),
            task -> {
              throw new RejectedExecutionException("closed");
            });

    assertThatThrownBy(() -> access.get(ITEM.key())).isInstanceOf(RejectedExecutionException.class);
  }

  private void runWorkers() {
    Runnable task = workers.poll();
    while (task != null) {
      task.run();
      task = workers.poll();
    }
  }
}
