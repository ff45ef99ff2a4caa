package dev.bobbin.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.HeapSize;
import dev.bobbin.xmpp.bob.spi.Page;
import dev.bobbin.xmpp.bob.spi.StoreFullException;
import dev.bobbin.xmpp.bob.spi.StoreUsage;
import dev.bobbin.xmpp.bob.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemoryBobStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** What an item of {@link #hosted} or {@link #received} with 100 bytes of data counts as. */
  private static final int COUNT = 576 + 4 * ("c1".length() + "x/y".length()) + 100;

  private final MutableClock clock = new MutableClock(NOW);

  @Test
  void put_hostedBeyondBytes_isRefusedAndOldItemKept() throws Exception {
    MemoryBobStore store = new MemoryBobStore(3 * COUNT, 100, clock);
    store.put(hosted("c1", 100));
    store.put(hosted("c2", 100));
    store.put(hosted("c3", 100));
    assertThatThrownBy(() -> store.put(hosted("c4", 100)))
        .isInstanceOf(StoreFullException.class)
        .hasMessage(
            "No room in memory for a hosted item that counts as 696 bytes: other hosted items take"
                + " 2088 of 2088 bytes. Raise bobbin.bob.memory.max-bytes, or delete some"
                + " (docs/errors.md#store-full)");
    assertThatThrownBy(() -> store.put(hosted("c1", 101))).isInstanceOf(StoreFullException.class);
    assertThat(store.get(key("c1"))).contains(hosted("c1", 100));
    assertThat(store.usage().orElseThrow()).isEqualTo(new StoreUsage(3 * COUNT, 3, true, 0));
    store.put(hosted("c1", 99));
    assertThat(store.get(key("c1"))).contains(hosted("c1", 99));
  }

  @Test
  void put_hostedBeyondEntries_isRefused() throws Exception {
    MemoryBobStore store = new MemoryBobStore(1_000_000, 2, clock);
    store.put(hosted("c1", 100));
    store.put(hosted("c2", 100));
    assertThatThrownBy(() -> store.put(hosted("c3", 100)))
        .isInstanceOf(StoreFullException.class)
        .hasMessage(
            "No room in memory for a hosted item that counts as 696 bytes: other hosted items take"
                + " 2 of 2 entries. Raise bobbin.bob.memory.max-entries, or delete some"
                + " (docs/errors.md#store-full)");
    store.put(hosted("c2", 7));
    assertThat(store.usage().orElseThrow().entries()).isEqualTo(2);
  }

  @Test
  void put_receivedBesideFullHosted_isRefusedAndEvictsNothing() throws Exception {
    MemoryBobStore store = new MemoryBobStore(3 * COUNT, 100, clock);
    store.put(received("r1", 100));
    store.put(hosted("c1", 100));
    store.put(hosted("c2", 100));
    assertThatThrownBy(() -> store.put(received("r2", 101)))
        .isInstanceOf(StoreFullException.class)
        .hasMessage(
            "No room in memory for a received item that counts as 697 bytes: other hosted items"
                + " take 1392 of 2088 bytes. Raise bobbin.bob.memory.max-bytes, or delete some"
                + " (docs/errors.md#store-full)");
    assertThat(store.get(received("r1", 100).key())).isPresent();
  }

  @Test
  void put_receivedWhenFull_evictsLeastRecentlyUsed() throws Exception {
    MemoryBobStore store = new MemoryBobStore(1_000_000, 3, clock);
    store.put(received("r1", 100));
    store.put(received("r2", 100));
    store.put(received("r3", 100));
    store.get(received("r1", 100).key());
    store.put(received("r4", 100));
    assertThat(cids(store)).containsExactly("r1", "r3", "r4");
    store.put(received("r3", 1));
    store.put(received("r5", 100));
    assertThat(cids(store)).containsExactly("r3", "r4", "r5");
  }

  @Test
  void scan_anyPage_doesNotCountAsUse() throws Exception {
    MemoryBobStore store = new MemoryBobStore(1_000_000, 3, clock);
    store.put(received("r1", 100));
    store.put(received("r2", 100));
    store.put(received("r3", 100));
    assertThat(store.scan(null, 1).items()).containsExactly(received("r1", 100).key());
    store.put(received("r4", 100));
    assertThat(cids(store)).containsExactly("r2", "r3", "r4");
  }

  @Test
  void put_hostedWhenFull_evictsReceivedAndNeverHosted() throws Exception {
    MemoryBobStore store = new MemoryBobStore(3 * COUNT, 100, clock);
    store.put(hosted("c1", 100));
    store.put(received("r1", 100));
    store.put(received("r2", 100));
    store.put(hosted("c2", 190));
    assertThat(cids(store)).containsExactly("c1", "c2");
    store.put(received("r3", 1));
    assertThat(cids(store)).containsExactly("c1", "c2", "r3");
    assertThat(store.usage().orElseThrow().bytes()).isLessThanOrEqualTo(3L * COUNT);
    assertThat(store.usage().orElseThrow().evicted()).isEqualTo(2);
  }

  @Test
  void put_expiredHostedFillTheStore_makeRoom() throws Exception {
    MemoryBobStore store = new MemoryBobStore(1_000_000, 2, clock);
    store.put(expiring(hosted("c1", 100)));
    store.put(hosted("c2", 100));
    clock.advance(Duration.ofHours(1));
    store.put(hosted("c3", 100));
    assertThat(cids(store)).containsExactly("c2", "c3");
  }

  @Test
  void usage_afterExpiryAndDelete_isZero() throws Exception {
    MemoryBobStore store = new MemoryBobStore(1_000_000, 10, clock);
    store.put(expiring(hosted("c1", 100)));
    store.put(expiring(received("r1", 100)));
    store.put(hosted("c2", 100));
    store.delete(key("c2"));
    clock.advance(Duration.ofHours(1));
    assertThat(store.scan(null, 10).items()).isEmpty();
    assertThat(store.usage().orElseThrow()).isEqualTo(new StoreUsage(0, 0, true, 0));
  }

  /** As many as there may be by default, so that each call is as short as any other. */
  @Test
  void anyMethod_manyHaveExpired_removesSomeAndFindsNone() throws Exception {
    MemoryBobStore store = new MemoryBobStore(100_000_000, 10_000, clock);
    for (int i = 0; i < 10_000; i++) {
      store.put(expiring(i % 2 == 0 ? hosted("c" + i, 1) : received("c" + i, 1)));
    }
    clock.advance(Duration.ofHours(1));
    int left = 10_000;
    assertThat(store.get(key("c9998"))).isEmpty();
    assertThat(store.usage().orElseThrow().entries()).isEqualTo(left -= 64 + 1);
    assertThat(store.delete(received("c9997", 1).key())).isFalse();
    assertThat(store.usage().orElseThrow().entries()).isEqualTo(left -= 64 + 1);
    assertThat(store.putIf(expiring(hosted("c9996", 1)), hosted("c9996", 2))).isFalse();
    assertThat(store.usage().orElseThrow().entries()).isEqualTo(left -= 64 + 1);
    assertThat(store.putIf(null, hosted("c9994", 2))).isTrue();
    assertThat(store.usage().orElseThrow().entries()).isEqualTo(left -= 64);
    store.put(received("c9993", 2));
    assertThat(store.usage().orElseThrow().entries()).isEqualTo(left -= 64);
    assertThat(store.scan(null, 10).items()).isEmpty();
    assertThat(store.usage().orElseThrow().entries()).isEqualTo(left -= 64);
    assertThat(keys(store, 5_000)).containsExactly(key("c9994"), received("c9993", 2).key());
  }

  @Test
  void put_moreHaveExpiredThanOneCallRemoves_makeRoomBeforeAnyThatLives() throws Exception {
    long each = 576 + 4 * ("c100".length() + "x/y".length()) + 256 + 4 * "a@b.example".length() + 1;
    for (boolean isHosted : new boolean[] {true, false}) {
      clock.set(NOW);
      MemoryBobStore store = new MemoryBobStore(COUNT + 200 * each, 201, clock);
      store.put(received("r1", 100));
      for (int i = 100; i < 200; i++) {
        store.put(expiring(received("r" + i, 1)));
        store.put(expiring(hosted("c" + i, 1)));
      }
      assertThat(store.usage().orElseThrow())
          .isEqualTo(new StoreUsage(COUNT + 200 * each, 201, true, 0));
      clock.advance(Duration.ofHours(1));
      int size = (int) (199 * each);
      StoredBob large = isHosted ? hosted("c1", size) : received("r2", size);
      store.put(large);
      assertThat(store.usage().orElseThrow().bytes()).isLessThanOrEqualTo(COUNT + 200 * each);
      assertThat(keys(store, 5_000)).containsExactly(received("r1", 100).key(), large.key());
    }
  }

  @Test
  void put_hostedBesideExpiredReceivedAndHosted_makesRoom() throws Exception {
    MemoryBobStore store = new MemoryBobStore(100_000_000, 300, clock);
    for (int i = 0; i < 150; i++) {
      store.put(expiring(received("r" + i, 1)));
      store.put(expiring(hosted("c" + i, 1)));
    }
    clock.advance(Duration.ofHours(1));
    for (int i = 0; i < 300; i++) {
      store.put(hosted("new" + i, 1));
    }
    assertThat(keys(store, 5_000)).hasSize(300);
    assertThatThrownBy(() -> store.put(hosted("c1", 1))).isInstanceOf(StoreFullException.class);
  }

  @Test
  void scan_moreIsAskedForThanAPageHolds_isBounded() throws Exception {
    MemoryBobStore store = new MemoryBobStore(100_000_000, 10_000, clock);
    for (int i = 0; i < 2_500; i++) {
      store.put(hosted("c" + i, 1));
    }
    assertThat(store.scan(null, Integer.MAX_VALUE).items()).hasSize(1_000);
    assertThat(keys(store, Integer.MAX_VALUE)).hasSize(2_500).doesNotHaveDuplicates();
  }

  @Test
  void anyMethod_closed_saysSo() {
    MemoryBobStore store = MemoryBobStore.create();
    store.close();
    assertThatThrownBy(() -> store.get(key("c1")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "This store in memory is closed; open another one (docs/errors.md#store-closed)");
  }

  @Test
  void scan_badCursorOrLimit_saysSo() {
    MemoryBobStore store = MemoryBobStore.create();
    assertThatThrownBy(() -> store.scan("x\n", 1))
        .hasMessage(
            "'x\uFFFD' is no cursor of this store; begin with null (docs/errors.md#bad-cursor)");
    assertThatThrownBy(() -> store.scan("\u2028" + "x".repeat(100), 1))
        .hasMessage(
            "'\uFFFD"
                + "x".repeat(99)
                + "...' is no cursor of this store; begin with null (docs/errors.md#bad-cursor)");
    assertThatThrownBy(() -> store.scan(null, 0)).hasMessage("A page holds at least 1 key, not 0");
  }

  @Test
  void put_refused_doesNotCountAsUse() throws Exception {
    MemoryBobStore store = new MemoryBobStore(3 * COUNT, 100, clock);
    store.put(received("r1", 100));
    store.put(received("r2", 100));
    assertThatThrownBy(() -> store.put(received("r1", 3 * COUNT)))
        .isInstanceOf(StoreFullException.class);
    store.put(received("r3", 100));
    store.put(received("r4", 100));
    assertThat(cids(store)).containsExactly("r2", "r3", "r4");
  }

  @Test
  void put_asLargeAsTheStore_fitsAloneAndOneByteMoreDoesNot() throws Exception {
    StoredBob greatest = received("r2", 8192);
    MemoryBobStore store = new MemoryBobStore(HeapSize.of(greatest), 100, clock);
    store.put(received("r1", 100));
    store.put(greatest);
    assertThat(cids(store)).containsExactly("r2");
    assertThat(store.usage().orElseThrow())
        .isEqualTo(new StoreUsage(HeapSize.of(greatest), 1, true, 1));
    assertThatThrownBy(() -> store.put(received("r2", 8193)))
        .isInstanceOf(StoreFullException.class);
    assertThat(store.get(greatest.key())).contains(greatest);
  }

  @Test
  void put_longNames_countAsWell() throws Exception {
    Jid sender = Jid.of("a".repeat(1023), "b.example", "c".repeat(1023));
    ContentId cid = ContentId.of("d".repeat(1023));
    Bob bob = new Bob(cid, "x/y", BobData.of(new byte[1]), null);
    MemoryBobStore store = new MemoryBobStore(1_000_000, 100, clock);
    store.put(new StoredBob(new BobKey(new Shelf.From(sender), cid), bob, NOW, null, sender));
    int jid = 256 + 4 * (1023 + 1 + 9 + 1 + 1023);
    assertThat(store.usage().orElseThrow())
        .isEqualTo(new StoreUsage(576 + 2 * jid + 4 * (1023 + 3) + 1, 1, true, 0));
  }

  @Test
  void clock_setBack_bringsNothingBackAndKeepsTheOrders() throws Exception {
    MemoryBobStore store = new MemoryBobStore(1_000_000, 3, clock);
    store.put(expiring(hosted("c1", 100)));
    store.put(expiring(received("r1", 100)));
    store.put(received("r2", 100));
    clock.advance(Duration.ofHours(1));
    assertThat(cids(store)).containsExactly("r2");
    clock.set(NOW);
    assertThat(store.get(key("c1"))).isEmpty();
    assertThat(cids(store)).containsExactly("r2");
    clock.advance(Duration.ofDays(-1));
    store.put(expiring(received("r3", 100)));
    store.put(received("r4", 100));
    store.put(received("r5", 100));
    assertThat(store.scan(null, 9).items())
        .extracting(key -> key.cid().value())
        .containsExactly("r3", "r4", "r5");
    clock.advance(Duration.ofDays(1).plusHours(1));
    assertThat(cids(store)).containsExactly("r4", "r5");
  }

  private static List<BobKey> keys(MemoryBobStore store, int limit) {
    List<BobKey> keys = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      Page<BobKey> page = store.scan(cursor, limit);
      keys.addAll(page.items());
      cursor = page.next();
    } while (cursor != null);
    return keys;
  }

  private static List<String> cids(MemoryBobStore store) {
    return store.scan(null, 100).items().stream().map(key -> key.cid().value()).sorted().toList();
  }

  private static BobKey key(String cid) {
    return BobKey.hosted(ContentId.of(cid));
  }

  private static StoredBob hosted(String cid, int bytes) {
    return item(key(cid), bytes);
  }

  private static StoredBob received(String cid, int bytes) {
    return item(new BobKey(Shelf.VERIFIED, ContentId.of(cid)), bytes);
  }

  private static StoredBob item(BobKey key, int bytes) {
    Bob bob = new Bob(key.cid(), "x/y", BobData.of(new byte[bytes]), null);
    return new StoredBob(key, bob, NOW, null, null);
  }

  private static StoredBob expiring(StoredBob item) {
    return new StoredBob(
        item.key(),
        item.bob(),
        item.storedAt(),
        NOW.plus(Duration.ofHours(1)),
        Jid.of("a@b.example"));
  }
}
