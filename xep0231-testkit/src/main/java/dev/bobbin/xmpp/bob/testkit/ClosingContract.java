package dev.bobbin.xmpp.bob.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import org.junit.jupiter.api.Test;

/** The part of the contract about the end of a store, and about its being opened again. */
abstract class ClosingContract extends PutIfContract {
  ClosingContract() {}

  @Test
  void close_again_doesNothing() throws Exception {
    BobStore store = open();
    store.close();
    assertThatCode(store::close).doesNotThrowAnyException();
  }

  @Test
  void anyMethod_closed_isRefused() throws Exception {
    BobStore store = open();
    store.put(item("cid", "x"));
    store.close();
    assertThatThrownBy(() -> store.put(item("cid", "y"))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.putIf(null, item("cid", "y")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.get(hosted("cid"))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.delete(hosted("cid"))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.scan(null, 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void open_again_findsWhatWasPut() throws Exception {
    require(StoreTraits.Part.PERSISTENCE);
    BobStore first = open();
    for (StoredBob item : ItemVariety.items()) {
      first.put(item);
    }
    first.put(item("deleted", "x"));
    first.delete(hosted("deleted"));
    first.put(expiring(hosted("expiring"), "x", life()));
    first.close();
    letPass(life());
    BobStore second = open();
    for (StoredBob item : ItemVariety.items()) {
      assertThat(second.get(item.key())).as("%s", item).contains(item);
    }
    assertThat(second.get(hosted("deleted"))).isEmpty();
    assertThat(second.get(hosted("expiring"))).isEmpty();
  }

  @Test
  void open_againManyTimes_keepsEachLastItem() throws Exception {
    require(StoreTraits.Part.PERSISTENCE);
    for (int round = 0; round < 5; round++) {
      try (BobStore store = open()) {
        if (round > 0) {
          assertThat(store.get(hosted("cid"))).contains(item("cid", "round " + (round - 1)));
          assertThat(Pages.keys(store, 1)).containsExactly(hosted("cid"));
        }
        store.put(item("cid", "round " + round));
      }
    }
  }

  @Test
  void close_byManyThreads_doesNothingMore() throws Exception {
    BobStore store = open();
    Threads.run(8, patience(), thread -> store.close());
    assertThatThrownBy(() -> store.get(hosted("cid"))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void close_underUse_endsEachCallAndKeepsWhatWasAcknowledged() throws Exception {
    BobStore store = open();
    UseUntilClosed use = new UseUntilClosed(store, hosted("replaced"), hosted("deleted"));
    use.run(patience());
    if (traits().excuse(StoreTraits.Part.PERSISTENCE).isEmpty()) {
      use.assertKept(open());
    }
  }
}
