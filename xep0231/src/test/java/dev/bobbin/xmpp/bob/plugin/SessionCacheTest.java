package dev.bobbin.xmpp.bob.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SessionCacheTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Jid ALICE = Jid.of("alice@example.org/phone");
  private static final Jid MALLORY = Jid.of("mally@example.org/robot");

  /** Content-id of 4 characters, type of 3, sender of 23, and 428 bytes of data. */
  private static final int SIZE = 576 + 4 * 7 + 256 + 4 * 23 + 428;

  /** What either sender counts as, a bare JID of 17 characters. */
  private static final int SENDER = 384 + 256 + 4 * 17;

  private final AtomicReference<Instant> now = new AtomicReference<>(START);

  private final List<BobKey> expired = new ArrayList<>();

  private SessionCache cache(long maxBytes) {
    return new SessionCache(maxBytes, 1000, now::get, expired::add);
  }

  @Test
  void get_whatWasPut_isGivenAsItWasPut() {
    SessionCache cache = cache(SIZE + SENDER);
    StoredBob item = item("0001", ALICE, null);
    cache.put(item);

    assertThat(cache.get(item.key())).contains(item);
    assertThat(cache.get(BobKey.hosted(item.key().cid()))).isEmpty();
    assertThat(cache.bytes()).isEqualTo(SIZE + SENDER);
  }

  @Test
  void put_largerThanTheBound_isNotKept() {
    SessionCache cache = cache(SIZE + SENDER - 1);
    StoredBob item = item("0001", ALICE, null);
    cache.put(item);

    assertThat(cache.get(item.key())).isEmpty();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void put_longNames_countAsWell() {
    SessionCache cache = cache(SIZE + SENDER);
    StoredBob item = item("1".repeat(1000), ALICE, null);
    cache.put(item);

    assertThat(cache.get(item.key())).isEmpty();
  }

  @Test
  void put_sameKeyAndSender_replaces() {
    SessionCache cache = cache(2 * SIZE + SENDER);
    cache.put(item("0001", ALICE, START.plusSeconds(1)));
    StoredBob second = item("0001", ALICE, START.plusSeconds(9));
    cache.put(second);

    assertThat(cache.get(second.key())).contains(second);
    assertThat(cache.bytes()).isEqualTo(SIZE + SENDER);
  }

  @Test
  void put_oneMoreThanFits_displacesTheLeastRecentlyUsed() {
    SessionCache cache = cache(3 * SIZE + SENDER);
    cache.put(item("0001", ALICE, null));
    cache.put(item("0002", ALICE, null));
    cache.put(item("0003", ALICE, null));
    assertThat(cache.get(key("0001"))).isPresent();

    cache.put(item("0004", ALICE, null));

    assertThat(cache.get(key("0002"))).isEmpty();
    assertThat(cache.get(key("0001"))).isPresent();
    assertThat(cache.get(key("0003"))).isPresent();
    assertThat(cache.get(key("0004"))).isPresent();
    assertThat(cache.bytes()).isEqualTo(3 * SIZE + SENDER);
  }

  @Test
  @DisplayName("B4: one sender cannot push another's items out of the cache")
  void put_floodFromOneSender_displacesOnlyItsOwn() {
    SessionCache cache = cache(4 * SIZE + 2 * SENDER);
    cache.put(item("0001", ALICE, null));
    cache.put(item("0002", ALICE, null));

    for (int i = 0; i < 1000; i++) {
      cache.put(item("9" + String.format("%03d", i), MALLORY.withResource("r" + i % 10), null));
    }

    assertThat(cache.get(key("0001"))).isPresent();
    assertThat(cache.get(key("0002"))).isPresent();
    assertThat(cache.get(key("9999"))).isPresent();
    assertThat(cache.get(key("9001"))).isEmpty();
    assertThat(cache.bytes()).isLessThanOrEqualTo(4 * SIZE + 2 * SENDER);
  }

  @Test
  void put_byOneWhoHasLess_displacesFromTheOneWhoHasMost() {
    SessionCache cache = cache(3 * SIZE + 2 * SENDER);
    cache.put(item("0001", MALLORY, null));
    cache.put(item("0002", MALLORY, null));
    cache.put(item("0003", MALLORY, null));

    cache.put(item("0004", ALICE, null));

    assertThat(cache.get(key("0001"))).isEmpty();
    assertThat(cache.get(key("0002"))).isPresent();
    assertThat(cache.get(key("0004"))).isPresent();
  }

  @Test
  void put_verifiedByAnotherSenderBefore_isLeftAsItIs() {
    SessionCache cache = cache(9 * SIZE);
    StoredBob first = item("0001", ALICE, null);
    cache.put(first);

    cache.put(item("0001", MALLORY, START.plusSeconds(1)));

    assertThat(cache.get(first.key())).contains(first);
  }

  @Test
  void put_verifiedByAnotherSenderButExpired_replaces() {
    SessionCache cache = cache(9 * SIZE);
    cache.put(item("0001", ALICE, START.plusSeconds(1)));
    now.set(START.plusSeconds(1));
    StoredBob second = item("0001", MALLORY, null);

    cache.put(second);

    assertThat(cache.get(second.key())).contains(second);
  }

  @Test
  @DisplayName("11: an item is given until it expires, and not at that instant")
  void get_atExpiry_isEmpty() {
    SessionCache cache = cache(SIZE + SENDER);
    StoredBob item = item("0001", ALICE, START.plusSeconds(10));
    cache.put(item);

    now.set(START.plusSeconds(10).minusNanos(1));
    assertThat(cache.get(item.key())).contains(item);
    now.set(START.plusSeconds(10));
    assertThat(cache.get(item.key())).isEmpty();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void delete_presentExpiredAbsent_tellsWhetherItWasThere() {
    SessionCache cache = cache(9 * SIZE);
    cache.put(item("0001", ALICE, null));
    cache.put(item("0002", ALICE, START.plusSeconds(1)));
    now.set(START.plusSeconds(1));

    assertThat(cache.delete(key("0001"))).isTrue();
    assertThat(cache.delete(key("0001"))).isFalse();
    assertThat(cache.delete(key("0002"))).isFalse();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void clear_always_leavesNothing() {
    SessionCache cache = cache(2 * SIZE + SENDER);
    cache.put(item("0001", ALICE, null));
    cache.clear();

    assertThat(cache.get(key("0001"))).isEmpty();
    assertThat(cache.bytes()).isZero();
    cache.put(item("0002", ALICE, null));
    assertThat(cache.get(key("0002"))).isPresent();
  }

  @Test
  void put_boundOfZero_keepsNothing() {
    SessionCache cache = cache(0);
    cache.put(item("0001", ALICE, null));

    assertThat(cache.get(key("0001"))).isEmpty();
  }

  @Test
  void put_unknownOrigin_isASenderOfItsOwn() {
    SessionCache cache = cache(9 * SIZE);
    cache.put(item("0001", null, null));

    assertThat(cache.get(key("0001"))).isPresent();
  }

  @Test
  @DisplayName("B4: one sender cannot push another's items out, however small its own are")
  void put_moreThanTheBoundOfEntries_displacesFromTheOneWhoHasMost() {
    SessionCache cache = new SessionCache(1 << 20, 3, now::get, expired::add);
    cache.put(item("0001", ALICE, null));
    for (int i = 0; i < 100; i++) {
      cache.put(item("9" + String.format("%03d", i), MALLORY, null));
    }

    assertThat(cache.get(key("0001"))).isPresent();
    assertThat(cache.get(key("9097"))).isEmpty();
    assertThat(cache.get(key("9098"))).isPresent();
    assertThat(cache.get(key("9099"))).isPresent();
    assertThat(cache.bytes()).isEqualTo(3 * SIZE + 2 * SENDER);
  }

  @Test
  void put_boundOfNoEntries_keepsNothing() {
    SessionCache cache = new SessionCache(1 << 20, 0, now::get, expired::add);
    cache.put(item("0001", ALICE, null));

    assertThat(cache.get(key("0001"))).isEmpty();
  }

  @Test
  void anyCall_othersHaveExpired_tellsOfThemInTheirOrderAndFreesTheirRoom() {
    SessionCache cache = cache(9 * SIZE);
    cache.put(item("0002", ALICE, START.plusSeconds(2)));
    cache.put(item("0001", ALICE, START.plusSeconds(1)));
    cache.put(item("0003", ALICE, START.plusSeconds(3)));
    cache.put(item("0004", ALICE, null));
    assertThat(cache.nextExpiry()).contains(START.plusSeconds(1));
    now.set(START.plusSeconds(2));

    cache.get(key("absent"));

    assertThat(expired).containsExactly(key("0001"), key("0002"));
    assertThat(cache.bytes()).isEqualTo(2 * SIZE + SENDER);
    assertThat(cache.nextExpiry()).contains(START.plusSeconds(3));
  }

  @Test
  void sweep_manyHaveExpired_removesABoundedNumberAtOnce() {
    SessionCache cache = cache(1 << 20);
    for (int i = 0; i < SessionCache.MOST_SWEPT + 1; i++) {
      cache.put(item(String.format("%04d", i), ALICE, START.plusSeconds(1)));
    }
    now.set(START.plusSeconds(1));

    cache.sweep();
    assertThat(expired).hasSize(SessionCache.MOST_SWEPT);
    assertThat(cache.get(key("0064"))).as("though not swept yet").isEmpty();
    assertThat(expired).hasSize(SessionCache.MOST_SWEPT + 1).doesNotHaveDuplicates();
    assertThat(cache.nextExpiry()).isEmpty();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void put_inPlaceOfOneThatExpiredAmongMany_tellsOfThatOne() {
    SessionCache cache = cache(1 << 20);
    for (int i = 0; i < SessionCache.MOST_SWEPT + 1; i++) {
      cache.put(item(String.format("%04d", i), ALICE, START.plusSeconds(1)));
    }
    now.set(START.plusSeconds(1));

    assertThat(cache.put(item("0064", ALICE, null))).isTrue();
    assertThat(expired).hasSize(SessionCache.MOST_SWEPT + 1).contains(key("0064"));
    assertThat(cache.get(key("0064"))).isPresent();
  }

  @Test
  void displacedReplacedDeletedCleared_neverTellOfExpiry() {
    SessionCache cache = cache(SIZE + SENDER);
    cache.put(item("0001", ALICE, START.plusSeconds(1)));
    cache.put(item("0001", ALICE, START.plusSeconds(1)));
    cache.put(item("0002", ALICE, START.plusSeconds(1)));
    cache.delete(key("0002"));
    cache.put(item("0003", ALICE, START.plusSeconds(1)));
    cache.clear();
    now.set(START.plusSeconds(1));

    cache.sweep();

    assertThat(expired).isEmpty();
  }

  private static BobKey key(String cid) {
    return new BobKey(Shelf.VERIFIED, ContentId.of(cid));
  }

  private static StoredBob item(String cid, @Nullable Jid origin, @Nullable Instant expiresAt) {
    Bob bob = new Bob(ContentId.of(cid), "a/b", BobData.of(new byte[428]), null);
    return new StoredBob(key(cid), bob, START, expiresAt, origin);
  }
}
