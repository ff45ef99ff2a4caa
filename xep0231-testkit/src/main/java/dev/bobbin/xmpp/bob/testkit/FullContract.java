package dev.bobbin.xmpp.bob.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.bob.spi.StoreFullException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The part of the contract about a store that has no room left. */
abstract class FullContract extends ClosingContract {
  private static final int MOST = 5_000;
  private static final int MORE = 20;

  FullContract() {}

  @Test
  void put_hostedWhenFull_isRefusedAsFullAndTheOthersStay() throws Exception {
    BobStore store = openBounded();
    List<StoredBob> kept = fill(store);
    for (int i = 0; i < MORE; i++) {
      StoredBob more = item("more" + i, "0123456789");
      if (isPut(store, more)) {
        kept.add(more);
      } else {
        assertThat(store.get(more.key())).isEmpty();
      }
    }
    assertAllThere(store, kept);
  }

  @Test
  void put_hostedAfterDelete_hasRoomAgain() throws Exception {
    BobStore store = openBounded();
    List<StoredBob> kept = fill(store);
    StoredBob gone = kept.remove(kept.size() - 1);
    assertThat(store.delete(gone.key())).isTrue();
    store.put(gone);
    kept.add(gone);
    assertAllThere(store, kept);
  }

  @Test
  void put_againWhenFull_replacesOrLeavesTheOldOne() throws Exception {
    BobStore store = openBounded();
    List<StoredBob> kept = fill(store);
    StoredBob old = kept.get(0);
    StoredBob other = item(old.key(), "9876543210");
    StoredBob expected = isPut(store, other) ? other : old;
    assertThat(store.get(old.key())).contains(expected);
  }

  @Test
  void put_receivedWhenFull_pushesNoHostedOneOut() throws Exception {
    BobStore store = openBounded();
    List<StoredBob> kept = fill(store);
    for (int i = 0; i < MORE; i++) {
      StoredBob received = received("received" + i, "0123456789");
      boolean put = isPut(store, received);
      assertThat(store.get(received.key()).filter(there -> !there.equals(received))).isEmpty();
      assertThat(put || store.get(received.key()).isEmpty()).isTrue();
    }
    assertAllThere(store, kept);
  }

  @Test
  void put_receivedWhenFullOfReceived_isThere() throws Exception {
    BobStore store = openBounded();
    fillWithReceived(store);
    StoredBob another = received("another", "0123456789");
    store.put(another);
    assertThat(store.get(another.key())).contains(another);
  }

  @Test
  void put_hostedWhenFullOfReceived_isThere() throws Exception {
    BobStore store = openBounded();
    List<StoredBob> hosted = fillWithReceived(store);
    for (StoredBob item : hosted) {
      store.put(item);
      assertThat(store.get(item.key())).contains(item);
    }
    assertAllThere(store, hosted);
  }

  @Test
  void usage_receivedPushedOut_areCounted() throws Exception {
    BobStore store = openBounded();
    counted(store);
    fillWithReceived(store);
    assertThat(counted(store).evicted()).isPositive();
  }

  private BobStore openBounded() throws IOException {
    StoreTraits.Bound bound =
        traits()
            .bound()
            .orElseGet(() -> Assumptions.abort("no bound: traits() have no boundedBy(...)"));
    return open(StoreContext.DEFAULT_MAX_ITEM_BYTES, Map.of(bound.key(), bound.value()));
  }

  /** Puts hosted items until one is refused. */
  private List<StoredBob> fill(BobStore store) throws IOException {
    List<StoredBob> kept = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      StoredBob item = item("hosted" + i, "0123456789");
      if (!isPut(store, item)) {
        assertThat(kept).as("what is there when the store is full").isNotEmpty();
        return kept;
      }
      kept.add(item);
    }
    throw new AssertionError(
        MOST + " items fit in a store bounded by " + traits().bound().orElseThrow());
  }

  /**
   * Puts more received items than there is room for; all that is needed for one is the others'.
   *
   * @return the hosted items that there would be room for
   */
  private List<StoredBob> fillWithReceived(BobStore store) throws IOException {
    List<StoredBob> hosted = fill(store);
    for (StoredBob item : hosted) {
      assertThat(store.delete(item.key())).isTrue();
    }
    for (int i = 0; i < hosted.size() + MORE; i++) {
      store.put(received("received" + i, "0123456789"));
    }
    return hosted;
  }

  /** Any other exception than that the store is full fails the test. */
  private static boolean isPut(BobStore store, StoredBob item) throws IOException {
    try {
      store.put(item);
      return true;
    } catch (StoreFullException e) {
      assertThat(e).hasMessageMatching("(?s).+");
      return false;
    }
  }

  private static void assertAllThere(BobStore store, List<StoredBob> items) throws IOException {
    for (StoredBob item : items) {
      assertThat(store.get(item.key())).contains(item);
    }
  }
}
