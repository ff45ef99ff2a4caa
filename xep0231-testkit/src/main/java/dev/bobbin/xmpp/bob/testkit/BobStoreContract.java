package dev.bobbin.xmpp.bob.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What a {@link BobStore} is, as tests. The author of a store extends it with two methods:
 *
 * <pre>{@code
 * class MyStoreTest extends BobStoreContract {
 *   @Override protected BobStoreProvider provider() { return new MyStoreProvider(); }
 *   @Override protected StoreTraits traits() {
 *     return StoreTraits.persistent().placedBy("directory");
 *   }
 * }
 * }</pre>
 *
 * <p>and, for a store that takes more settings than a place on disk, {@link #settings()}. The store
 * must hold a thousand small items. {@link StoreTraits} says what can be excused, and how.
 *
 * <p>Every field comes back exactly as it was put: instants to the nanosecond, durations to the
 * second.
 *
 * <p>What this does not do: bounds that are a store's own, and crashes.
 */
public abstract class BobStoreContract extends ConcurrencyContract {
  private static final Duration HOUR = Duration.ofHours(1);

  /** For subclasses. */
  protected BobStoreContract() {}

  @Test
  void name_ofProvider_isLowerCaseWithHyphens() {
    assertThat(provider().name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
  }

  @Test
  void settings_ofProvider_areLowerCaseWithHyphensAndUnique() {
    assertThat(provider().settings())
        .extracting(setting -> setting.key())
        .doesNotHaveDuplicates()
        .allMatch(key -> key.matches("[a-z0-9]+(-[a-z0-9]+)*"));
  }

  @Test
  void place_open_isSaid() throws Exception {
    assertThat(open().place()).isNotBlank();
  }

  @Test
  void get_neverPut_isEmpty() throws Exception {
    assertThat(open().get(hosted("cid"))).isEmpty();
  }

  @Test
  void get_otherKey_isEmpty() throws Exception {
    BobStore store = open();
    store.put(item("cid", "x"));
    assertThat(store.get(hosted("cid2"))).isEmpty();
    assertThat(store.get(hosted("CID"))).isEmpty();
  }

  @Test
  void put_again_replaces() throws Exception {
    BobStore store = open();
    store.put(item("cid", "a longer text than the second"));
    store.put(item("cid", "second"));
    assertThat(store.get(hosted("cid"))).contains(item("cid", "second"));
  }

  @Test
  void put_everyField_comesBackEqual() throws Exception {
    BobStore store = open();
    for (StoredBob item : variety()) {
      store.put(item);
      assertThat(store.get(item.key())).as("%s", item).contains(item);
    }
    for (StoredBob item : variety()) {
      assertThat(store.get(item.key())).as("%s, at the end", item).contains(item);
    }
  }

  @Test
  void put_dataOfGreatestSize_comesBackEqual() throws Exception {
    int most = 20_000;
    BobStore store = open(most);
    byte[] bytes = new byte[most];
    new Random(231).nextBytes(bytes);
    StoredBob item = item(hosted("cid"), BobData.of(bytes), null);
    store.put(item);
    assertThat(store.get(item.key())).contains(item);
  }

  @Test
  void put_dataAboveGreatestSize_isKeptWholeOrRefusedWhole() throws Exception {
    int most = 1000;
    BobStore store = open(most);
    StoredBob old = item("cid", "old");
    StoredBob tooLarge = item(old.key(), BobData.of(new byte[most + 1]), null);
    store.put(old);
    Optional<StoredBob> expected = Optional.of(tooLarge);
    try {
      store.put(tooLarge);
    } catch (IOException refused) {
      expected = Optional.of(old);
    }
    assertThat(store.get(old.key())).isEqualTo(expected);
  }

  @Test
  void put_expiredAlready_isAsGoodAsAbsent() throws Exception {
    BobStore store = open();
    store.put(item("cid", "old"));
    store.put(expiring(hosted("cid"), "expired", Duration.ZERO));
    assertThat(store.get(hosted("cid"))).isEmpty();
    store.put(expiring(hosted("other"), "expired", HOUR.negated()));
    assertThat(store.get(hosted("other"))).isEmpty();
    assertThat(store.delete(hosted("other"))).isFalse();
  }

  @Test
  void get_atExpiry_isEmptyFromThatInstantOn() throws Exception {
    BobStore store = open();
    StoredBob item = expiring(hosted("cid"), "x", HOUR);
    store.put(item);
    clock.advance(HOUR.minusNanos(1));
    assertThat(store.get(item.key())).contains(item);
    clock.advance(Duration.ofNanos(1));
    assertThat(store.get(item.key())).isEmpty();
    clock.advance(HOUR);
    assertThat(store.get(item.key())).isEmpty();
  }

  @Test
  void put_afterExpiry_isThereAgain() throws Exception {
    BobStore store = open();
    store.put(expiring(hosted("cid"), "x", HOUR));
    clock.advance(HOUR);
    StoredBob fresh = expiring(hosted("cid"), "y", HOUR);
    store.put(fresh);
    assertThat(store.get(fresh.key())).contains(fresh);
  }

  @Test
  void get_maxAgePassed_doesNotCount() throws Exception {
    BobStore store = open();
    Bob bob = Bob.of(new byte[] {1}, "image/png").withMaxAge(Duration.ofSeconds(10));
    StoredBob item = new StoredBob(BobKey.hosted(bob.cid()), bob, clock.instant(), null, null);
    store.put(item);
    clock.advance(HOUR);
    assertThat(store.get(item.key())).contains(item);
  }

  @Test
  void delete_present_saysSoOnce() throws Exception {
    BobStore store = open();
    store.put(item("cid", "x"));
    store.put(item("other", "y"));
    assertThat(store.delete(hosted("cid"))).isTrue();
    assertThat(store.get(hosted("cid"))).isEmpty();
    assertThat(store.delete(hosted("cid"))).isFalse();
    assertThat(store.get(hosted("other"))).contains(item("other", "y"));
  }

  @Test
  void delete_absentOrExpired_isFalse() throws Exception {
    BobStore store = open();
    assertThat(store.delete(hosted("never"))).isFalse();
    store.put(expiring(hosted("cid"), "x", HOUR));
    clock.advance(HOUR);
    assertThat(store.delete(hosted("cid"))).isFalse();
  }

  @Test
  void put_afterDelete_isThereAgain() throws Exception {
    BobStore store = open();
    store.put(item("cid", "x"));
    store.delete(hosted("cid"));
    store.put(item("cid", "y"));
    assertThat(store.get(hosted("cid"))).contains(item("cid", "y"));
  }

  @Test
  void put_sameCidOnEveryShelf_staysApart() throws Exception {
    BobStore store = open();
    List<BobKey> keys = shelves(ContentId.of("cid"));
    for (BobKey key : keys) {
      store.put(item(key, key.shelf().toString()));
    }
    for (BobKey key : keys) {
      assertThat(store.get(key)).contains(item(key, key.shelf().toString()));
    }
    for (int i = 0; i < keys.size(); i++) {
      assertThat(store.delete(keys.get(i))).isTrue();
      assertThat(scanAll(store, 3))
          .containsExactlyInAnyOrderElementsOf(keys.subList(i + 1, keys.size()));
    }
  }

  @Test
  void put_hostileContentIds_stayApart() throws Exception {
    BobStore store = open();
    List<BobKey> keys = new ArrayList<>();
    for (ContentId cid : HostileContentIds.all()) {
      keys.add(BobKey.hosted(cid));
      store.put(item(keys.get(keys.size() - 1), "data of " + cid));
    }
    for (BobKey key : keys) {
      assertThat(store.get(key)).contains(item(key, "data of " + key.cid()));
    }
    assertThat(scanAll(store, 50)).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(store.delete(keys.get(0))).isTrue();
    assertThat(scanAll(store, 50))
        .containsExactlyInAnyOrderElementsOf(keys.subList(1, keys.size()));
  }

  @Test
  void put_hostileSendersAndContentIds_stayApart() throws Exception {
    BobStore store = open();
    List<BobKey> keys = new ArrayList<>();
    List<ContentId> cids = HostileContentIds.all();
    for (int i = 0; i < cids.size(); i += 3) {
      keys.add(new BobKey(Shelf.VERIFIED, cids.get(i)));
      keys.add(from("room@muc.example.org/%- _v- ../" + i, cids.get(i)));
    }
    keys.add(from("room@muc.example.org/" + "\u4e2d".repeat(341), cids.get(0)));
    for (BobKey key : keys) {
      store.put(item(key, "data of " + key));
    }
    for (BobKey key : keys) {
      assertThat(store.get(key)).contains(item(key, "data of " + key));
    }
    assertThat(scanAll(store, 50)).containsExactlyInAnyOrderElementsOf(keys);
  }

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
    assertThatThrownBy(() -> store.get(hosted("cid"))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.delete(hosted("cid"))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.scan(null, 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void open_again_findsWhatWasPut() throws Exception {
    require(StoreTraits.Part.PERSISTENCE);
    BobStore first = open();
    for (StoredBob item : variety()) {
      first.put(item);
    }
    first.put(item("deleted", "x"));
    first.delete(hosted("deleted"));
    first.put(expiring(hosted("expiring"), "x", HOUR));
    first.close();
    clock.advance(HOUR);
    BobStore second = open();
    for (StoredBob item : variety()) {
      assertThat(second.get(item.key())).as("%s", item).contains(item);
    }
    assertThat(second.get(hosted("deleted"))).isEmpty();
    assertThat(second.get(hosted("expiring"))).isEmpty();
  }

  private static List<BobKey> shelves(ContentId cid) {
    return List.of(
        BobKey.hosted(cid),
        new BobKey(Shelf.VERIFIED, cid),
        new BobKey(new Shelf.From(ROOM), cid),
        new BobKey(new Shelf.From(ROOM.withResource("a")), cid),
        new BobKey(new Shelf.From(ROOM.withResource("b")), cid),
        new BobKey(new Shelf.From(ROOM.withResource("A")), cid),
        new BobKey(new Shelf.From(Jid.of("a@example.org")), cid));
  }

  /** Items that differ in what is absent, empty, large or odd. */
  private static List<StoredBob> variety() {
    Instant stored = Instant.parse("2026-02-28T23:59:59.123456789Z");
    Jid sender = Jid.of("r\u00f6mer@example.org/B\u00fcro \u4e2d \ud83e\uddf5");
    BobData empty = BobData.of(new byte[0]);
    BobData every = everyByte();
    String parameters = "text/plain; charset=\"utf-8\";x=\"a\\\"\\\\; b\"";
    Bob hashed = Bob.of(every.toByteArray(), "image/png");
    List<StoredBob> items = new ArrayList<>();
    items.add(stored(Shelf.HOSTED, hashed, stored, null, null));
    items.add(stored(Shelf.VERIFIED, hashed, Instant.EPOCH, null, sender));
    items.add(stored(Shelf.HOSTED, bob("empty", parameters, empty, null), stored, null, null));
    items.add(
        stored(
            new Shelf.From(sender),
            bob("age-0", "x/y", every, Duration.ZERO),
            stored,
            Instant.parse("9999-12-31T23:59:59.999999999Z"),
            sender));
    items.add(
        stored(
            Shelf.HOSTED,
            bob("age-large", "x/y", every, Duration.ofSeconds(Long.MAX_VALUE)),
            stored.plusNanos(1),
            null,
            ROOM));
    items.add(
        stored(
            new Shelf.From(ROOM),
            bob("\u00e9 \u4e2d \ud83e\uddf5 \"\\/", "X/Y", every, Duration.ofDays(1)),
            Instant.parse("1969-12-31T23:59:59.000000001Z"),
            null,
            ROOM.withResource("origin".toUpperCase(Locale.ROOT))));
    return items;
  }

  private static Bob bob(String cid, String type, BobData data, @Nullable Duration age) {
    return new Bob(ContentId.of(cid), type, data, age);
  }

  private static StoredBob stored(
      Shelf shelf, Bob bob, Instant storedAt, @Nullable Instant expiresAt, @Nullable Jid origin) {
    return new StoredBob(new BobKey(shelf, bob.cid()), bob, storedAt, expiresAt, origin);
  }

  private static BobData everyByte() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return BobData.of(bytes);
  }
}
