package dev.bobbin.xmpp.bob.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.StoreUsage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The part of the contract about what a store tells of itself: how full it is, where it counts, and
 * that nothing is damaged where nothing is. {@link DamageContract} has the damage.
 */
abstract class TellingContract extends ExpiryContract {
  private static final int SIZE = 5_000;

  TellingContract() {}

  @Test
  void damage_wholeDeletedOrNeverPut_isEmpty() throws Exception {
    BobStore store = open();
    for (StoredBob item : ItemVariety.items()) {
      store.put(item);
      assertThat(store.damage(item.key())).as("%s", item).isEmpty();
    }
    StoredBob deleted = item("deleted", "x");
    store.put(deleted);
    store.delete(deleted.key());
    assertThat(store.damage(deleted.key())).isEmpty();
    assertThat(store.damage(hosted("never"))).isEmpty();
  }

  @Test
  void damage_expired_isEmpty() throws Exception {
    BobStore store = open();
    StoredBob already = expiring(hosted("already"), "x", Duration.ofHours(-1));
    StoredBob brief = expiring(hosted("brief"), "x", life());
    store.put(already);
    store.put(brief);
    letPass(life());
    assertThat(store.damage(already.key())).isEmpty();
    assertThat(store.damage(brief.key())).isEmpty();
  }

  @Test
  void usage_putAndReplaced_countsEachItemOnce() throws Exception {
    BobStore store = open();
    StoreUsage begin = counted(store);
    for (StoredBob item : items()) {
      store.put(item);
    }
    StoreUsage full = counted(store);
    assertThat(full.entries()).isEqualTo(begin.entries() + items().size());
    assertThat(full.bytes()).isGreaterThan(begin.bytes());
    for (StoredBob item : items()) {
      store.put(item);
    }
    assertThat(counted(store)).isEqualTo(full);
  }

  @Test
  void usage_deleted_isLessAndNeverBelowNothing() throws Exception {
    BobStore store = open();
    StoreUsage begin = counted(store);
    for (StoredBob item : items()) {
      store.put(item);
    }
    for (StoredBob item : items()) {
      StoreUsage before = counted(store);
      store.delete(item.key());
      StoreUsage after = counted(store);
      assertThat(after.entries()).isEqualTo(before.entries() - 1);
      assertThat(after.bytes()).isLessThan(before.bytes());
      store.delete(item.key());
      assertThat(counted(store)).as("after another delete").isEqualTo(after);
    }
    assertThat(counted(store).entries()).isEqualTo(begin.entries());
  }

  @Test
  void usage_openedAgain_countsWhatIsThere() throws Exception {
    require(StoreTraits.Part.PERSISTENCE);
    BobStore first = open();
    for (StoredBob item : items()) {
      first.put(item);
    }
    StoreUsage before = counted(first);
    first.close();
    StoreUsage after = counted(open());
    assertThat(after.entries()).isEqualTo(before.entries());
    assertThat(after.bytes()).isEqualTo(before.bytes());
  }

  /** What the store counts; skips the test where it does not. */
  static StoreUsage counted(BobStore store) {
    StoreUsage usage =
        store.usage().orElseGet(() -> Assumptions.abort("it does not count: usage() is empty"));
    assertThat(usage.entries()).isNotNegative();
    assertThat(usage.bytes()).isNotNegative();
    assertThat(usage.evicted()).isNotNegative();
    if (!usage.complete()) {
      Assumptions.abort("it has not counted all yet: usage() is not complete");
    }
    return usage;
  }

  private List<StoredBob> items() {
    BobData data = BobData.of(new byte[SIZE]);
    return List.of(
        item(hosted("one"), data, null),
        item(hosted("two"), data, null),
        received("three", "a text that was received"));
  }
}
