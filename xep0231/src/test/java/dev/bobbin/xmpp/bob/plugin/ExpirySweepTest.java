package dev.bobbin.xmpp.bob.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Items that expire while nobody calls the cache. */
class ExpirySweepTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org/orchard");

  private final FakeTimer timer = new FakeTimer();
  private final List<BobKey> expired = new ArrayList<>();
  private final SessionCache cache = new SessionCache(1 << 20, 1000, () -> timer.now, expired::add);
  private final ExpirySweep sweep = new ExpirySweep(cache, () -> timer.now, timer::after);

  private static BobKey key(String cid) {
    return new BobKey(new Shelf.From(ROMEO), ContentId.of(cid));
  }

  private void put(String cid, Duration life) {
    Bob bob = new Bob(ContentId.of(cid), "a/b", BobData.utf8("x"), null);
    cache.put(new StoredBob(key(cid), bob, timer.now, timer.now.plus(life), ROMEO));
    sweep.schedule();
  }

  @Test
  void schedule_nothingThatExpires_waitsForNothing() {
    Bob bob = new Bob(ContentId.of("x"), "a/b", BobData.utf8("x"), null);
    cache.put(new StoredBob(key("x"), bob, timer.now, null, ROMEO));
    sweep.schedule();

    assertThat(timer.delays()).isEmpty();
  }

  @Test
  void run_itemHasExpired_tellsOfItAndRests() {
    put("x", Duration.ofSeconds(5));
    assertThat(timer.delays()).containsExactly(Duration.ofSeconds(5));
    timer.pass(Duration.ofSeconds(5));

    assertThat(expired).containsExactly(key("x"));
    assertThat(timer.delays()).isEmpty();
    put("y", Duration.ofSeconds(3));
    assertThat(timer.delays()).containsExactly(Duration.ofSeconds(3));
  }

  @Test
  void schedule_soonOrLate_waitsFromOneToTenSeconds() {
    put("late", Duration.ofDays(1));
    assertThat(timer.delays()).containsExactly(Duration.ofSeconds(10));
    put("soon", Duration.ofMillis(1));
    assertThat(timer.delays()).as("one task at a time").containsExactly(Duration.ofSeconds(10));

    timer.pass(Duration.ofSeconds(10));
    assertThat(expired).containsExactly(key("soon"));
    put("sooner", Duration.ofNanos(1));
    assertThat(timer.delays()).containsExactly(Duration.ofSeconds(10));
    cache.delete(key("late"));
    timer.pass(Duration.ofSeconds(10));
    put("soonest", Duration.ofNanos(1));
    assertThat(timer.delays()).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void run_clockWasSetBack_waitsOn() {
    put("x", Duration.ofSeconds(5));
    timer.now = timer.now.minus(Duration.ofDays(1));
    timer.pass(Duration.ofSeconds(5));

    assertThat(expired).isEmpty();
    assertThat(timer.delays()).containsExactly(Duration.ofSeconds(10));
  }

  @Test
  void run_manyHaveExpired_sweepsSomeEachSecond() {
    for (int i = 0; i < 2 * SessionCache.MOST_SWEPT + 1; i++) {
      put("x" + i, Duration.ofSeconds(5));
    }
    timer.pass(Duration.ofSeconds(5));
    assertThat(expired).hasSize(SessionCache.MOST_SWEPT);
    timer.pass(Duration.ofSeconds(1));
    assertThat(expired).hasSize(2 * SessionCache.MOST_SWEPT);
    timer.pass(Duration.ofSeconds(1));

    assertThat(expired).hasSize(2 * SessionCache.MOST_SWEPT + 1);
    assertThat(timer.delays()).isEmpty();
  }

  @Test
  void schedule_pluginIsOff_failsNobody() {
    timer.off = true;
    put("x", Duration.ofSeconds(5));
    timer.off = false;
    sweep.schedule();

    assertThat(timer.delays()).containsExactly(Duration.ofSeconds(5));
  }
}
