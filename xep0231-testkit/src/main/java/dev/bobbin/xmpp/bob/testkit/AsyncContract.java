package dev.bobbin.xmpp.bob.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.AsyncBobStore;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The part of the contract about {@link AsyncBobStore}: the same, with failures in the stages. */
abstract class AsyncContract extends FullContract {
  private static final int IN_FLIGHT = 50;

  AsyncContract() {}

  @Test
  void async_everyField_comesBackEqualBothWays() throws Exception {
    AsyncBobStore store = openAsync();
    for (StoredBob item : ItemVariety.items()) {
      assertThat(result(store.getAsync(item.key()))).isEmpty();
      result(store.putAsync(item));
      assertThat(result(store.getAsync(item.key()))).contains(item);
      assertThat(store.get(item.key())).contains(item);
    }
    assertThat(Pages.keys(store, 2)).hasSize(ItemVariety.items().size());
    StoredBob blocking = item("blocking", "x");
    store.put(blocking);
    assertThat(result(store.getAsync(blocking.key()))).contains(blocking);
  }

  @Test
  void async_delete_saysSoOnce() throws Exception {
    AsyncBobStore store = openAsync();
    assertThat(result(store.deleteAsync(hosted("cid")))).isFalse();
    result(store.putAsync(item("cid", "x")));
    assertThat(result(store.deleteAsync(hosted("cid")))).isTrue();
    assertThat(result(store.getAsync(hosted("cid")))).isEmpty();
    assertThat(result(store.deleteAsync(hosted("cid")))).isFalse();
  }

  @Test
  void async_expired_isAbsent() throws Exception {
    AsyncBobStore store = openAsync();
    result(store.putAsync(expiring(hosted("cid"), "x", life())));
    result(store.putAsync(expiring(hosted("other"), "x", life().negated())));
    letPass(life());
    assertThat(result(store.getAsync(hosted("cid")))).isEmpty();
    assertThat(result(store.deleteAsync(hosted("cid")))).isFalse();
    assertThat(result(store.getAsync(hosted("other")))).isEmpty();
  }

  @Test
  void async_tooLarge_isKeptWholeOrRefusedInTheStage() throws Exception {
    int most = 1000;
    AsyncBobStore store = async(open(most));
    StoredBob old = item("cid", "old");
    StoredBob tooLarge = item(old.key(), BobData.of(new byte[most + 1]), null);
    result(store.putAsync(old));
    Optional<StoredBob> expected = Optional.of(tooLarge);
    CompletionStage<Void> stage = store.putAsync(tooLarge);
    try {
      result(stage);
    } catch (IOException refused) {
      expected = Optional.of(old);
    }
    assertThat(result(store.getAsync(old.key()))).isEqualTo(expected);
  }

  @Test
  void async_manyAtOnce_giveWholeItemsOnly() throws Exception {
    AsyncBobStore store = openAsync();
    BobKey shared = hosted("replaced");
    List<CompletionStage<?>> stages = new ArrayList<>();
    List<CompletionStage<Optional<StoredBob>>> found = new ArrayList<>();
    for (int i = 0; i < IN_FLIGHT; i++) {
      stages.add(store.putAsync(Versions.item(shared, "async", i)));
      stages.add(store.putAsync(Versions.item(hosted("own" + i), "async", i)));
      found.add(store.getAsync(shared));
    }
    for (CompletionStage<?> stage : stages) {
      result(stage);
    }
    for (CompletionStage<Optional<StoredBob>> stage : found) {
      result(stage).ifPresent(Versions::requireWhole);
    }
    for (int i = 0; i < IN_FLIGHT; i++) {
      BobKey own = hosted("own" + i);
      assertThat(result(store.getAsync(own))).contains(Versions.item(own, "async", i));
    }
  }

  @Test
  void async_closed_failsInTheStage() throws Exception {
    AsyncBobStore store = openAsync();
    result(store.putAsync(item("cid", "x")));
    store.close();
    List<CompletionStage<?>> stages =
        List.of(
            store.putAsync(item("cid", "y")),
            store.getAsync(hosted("cid")),
            store.deleteAsync(hosted("cid")));
    for (CompletionStage<?> stage : stages) {
      assertThatThrownBy(() -> result(stage)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void async_closedUnderUse_endsEachStage() throws Exception {
    AsyncBobStore store = openAsync();
    List<CompletionStage<?>> stages = Collections.synchronizedList(new ArrayList<>());
    Threads.run(
        4,
        patience(),
        thread -> {
          for (int i = 0; i < IN_FLIGHT; i++) {
            if (thread == 0 && i == IN_FLIGHT / 2) {
              store.close();
            }
            BobKey key = hosted("cid" + thread);
            stages.add(store.putAsync(Versions.item(key, "async", i)));
            stages.add(store.getAsync(key));
            stages.add(store.deleteAsync(key));
          }
        });
    for (CompletionStage<?> stage : stages) {
      try {
        result(stage);
      } catch (IllegalStateException | IOException e) {
        // Refused because it is closed, or cut off by that.
      }
    }
  }

  private AsyncBobStore openAsync() throws IOException {
    return async(open(StoreContext.DEFAULT_MAX_ITEM_BYTES));
  }

  private static AsyncBobStore async(BobStore store) {
    return store instanceof AsyncBobStore async
        ? async
        : Assumptions.abort("blocking only: it is no AsyncBobStore");
  }

  /** What a stage completes with; throws what it fails with. */
  private <T> T result(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("a stage is not complete after " + patience().toSeconds() + " s", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }
}
