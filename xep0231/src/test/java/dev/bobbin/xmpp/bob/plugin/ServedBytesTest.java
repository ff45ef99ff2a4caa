package dev.bobbin.xmpp.bob.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ServedBytesTest {
  private static final Jid ALICE = Jid.of("alice@example.org/phone");
  private static final Jid MALLORY = Jid.of("mallory@example.org/bot");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final ServedBytes budget = new ServedBytes(100, 200, now::get);

  private void pass(Duration time) {
    now.set(now.get().plus(time));
  }

  @Test
  @DisplayName("B8: eight seconds' worth is served at once, and no byte more")
  void charge_eightSecondsWorth_isServedAtOnceAndNoByteMore() {
    assertThat(budget.charge(MALLORY, 300)).isTrue();
    assertThat(budget.charge(MALLORY, 500)).isTrue();
    assertThat(budget.charge(MALLORY, 1)).isFalse();
  }

  @Test
  void charge_timePasses_isServedAsMuchAsTheRateAllows() {
    assertThat(budget.charge(MALLORY, 800)).isTrue();
    pass(Duration.ofSeconds(2));
    assertThat(budget.charge(MALLORY, 201)).isFalse();
    assertThat(budget.charge(MALLORY, 200)).as("a refusal costs nothing").isTrue();
    pass(Duration.ofDays(1));
    assertThat(budget.charge(MALLORY, 800)).isTrue();
    assertThat(budget.charge(MALLORY, 1)).as("nothing is saved up beyond that").isFalse();
  }

  @Test
  @DisplayName("B8: a requester is a bare JID: resources share a budget, and others have their own")
  void charge_resources_shareTheBudgetAndOthersDoNot() {
    for (int i = 0; i < 8; i++) {
      assertThat(budget.charge(MALLORY.withResource("r" + i), 100)).isTrue();
    }
    assertThat(budget.charge(MALLORY.bare(), 1)).isFalse();
    assertThat(budget.charge(ALICE, 800)).isTrue();
  }

  @Test
  void charge_largestItem_isServedToOneWhoWasServedNothing() {
    ServedBytes small = new ServedBytes(1, 5000, now::get);

    assertThat(small.charge(MALLORY, ServedBytes.COST_OF_AN_ANSWER)).isTrue();
    assertThat(small.charge(MALLORY, 5000)).isTrue();
    assertThat(small.charge(MALLORY, 1)).isFalse();
  }

  @Test
  void charge_noBound_isAlwaysServed() {
    ServedBytes none = new ServedBytes(0, 200, now::get);
    for (int i = 0; i < 1000; i++) {
      assertThat(none.charge(MALLORY, Integer.MAX_VALUE)).isTrue();
    }
    assertThat(none.size()).isZero();
  }

  @Test
  void charge_clockIsSetBack_isNotHeldAgainstTheRequester() {
    budget.charge(MALLORY, 800);
    pass(Duration.ofDays(-1));

    assertThat(budget.charge(MALLORY, 800)).isTrue();
    assertThat(budget.charge(MALLORY, 1)).isFalse();
  }

  @Test
  void charge_manyRequesters_areForgottenWhenPaidOffOrTooMany() {
    for (int i = 0; i < ServedBytes.MOST_REQUESTERS + 50; i++) {
      budget.charge(Jid.of("a" + i + "@example.org"), 800);
    }
    assertThat(budget.size()).isEqualTo(ServedBytes.MOST_REQUESTERS);
    assertThat(budget.charge(Jid.of("a10049@example.org"), 1)).isFalse();

    pass(Duration.ofSeconds(9));
    for (int i = 0; i < 20_000; i++) {
      budget.charge(ALICE, 1);
      pass(Duration.ofSeconds(1));
    }
    assertThat(budget.size()).isLessThanOrEqualTo(1);
  }
}
