package dev.bobbin.xmpp.bob.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part of the contract about time. */
abstract class ExpiryContract extends ItemContract {
  private static final Duration HOUR = Duration.ofHours(1);

  ExpiryContract() {}

  @Test
  void put_expiredAlready_isAsGoodAsAbsent() throws Exception {
    BobStore store = open();
    store.put(item("cid", "old"));
    store.put(expiring(hosted("cid"), "expired", HOUR.negated()));
    assertThat(store.get(hosted("cid"))).isEmpty();
    store.put(expiring(hosted("other"), "expired", HOUR.negated()));
    assertThat(store.get(hosted("other"))).isEmpty();
    assertThat(store.delete(hosted("other"))).isFalse();
  }

  @Test
  void get_atExpiry_isEmptyFromThatInstantOn() throws Exception {
    require(StoreTraits.Part.INJECTED_CLOCK);
    BobStore store = open();
    StoredBob item = expiring(hosted("cid"), "x", HOUR);
    store.put(item);
    letPass(HOUR.minusNanos(1));
    assertThat(store.get(item.key())).contains(item);
    letPass(Duration.ofNanos(1));
    assertThat(store.get(item.key())).isEmpty();
    letPass(HOUR);
    assertThat(store.get(item.key())).isEmpty();
  }

  @Test
  void put_afterExpiry_isThereAgain() throws Exception {
    BobStore store = open();
    store.put(expiring(hosted("cid"), "x", life()));
    letPass(life());
    StoredBob fresh = expiring(hosted("cid"), "y", HOUR);
    store.put(fresh);
    assertThat(store.get(fresh.key())).contains(fresh);
  }

  @Test
  void get_maxAgePassed_doesNotCount() throws Exception {
    BobStore store = open();
    List<StoredBob> items = new ArrayList<>();
    for (Duration age : new Duration[] {Duration.ZERO, Duration.ofSeconds(10)}) {
      Bob bob = Bob.of(age.toString().getBytes(UTF_8), "image/png").withMaxAge(age);
      items.add(new StoredBob(BobKey.hosted(bob.cid()), bob, clock.instant(), null, null));
    }
    for (StoredBob item : items) {
      store.put(item);
    }
    letPass(life());
    for (StoredBob item : items) {
      assertThat(store.get(item.key())).contains(item);
    }
  }

  @Test
  void delete_expired_isFalse() throws Exception {
    BobStore store = open();
    store.put(expiring(hosted("cid"), "x", life()));
    letPass(life());
    assertThat(store.delete(hosted("cid"))).isFalse();
  }

  @Test
  void put_withoutExpiryOverExpiring_stays() throws Exception {
    BobStore store = open();
    store.put(expiring(hosted("cid"), "x", life()));
    StoredBob lasting = item("cid", "y");
    store.put(lasting);
    letPass(life());
    assertThat(store.get(lasting.key())).contains(lasting);
  }
}
