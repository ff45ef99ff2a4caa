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
  @DisplayName("B8: eight seconds' worth and the largest item are served, and no byte more")
  void chargeData_eightSecondsWorthAndTheLargestItem_isServedAndNoByteMore() {
    assertThat(budget.chargeData(MALLORY, 300)).isTrue();
    assertThat(budget.chargeData(MALLORY, 700)).isTrue();
    assertThat(budget.chargeData(MALLORY, 1)).isFalse();
  }

  @Test
  void chargeAnswer_eightSecondsWorth_isTheMostBeforeIt() {
    budget.chargeData(MALLORY, 289);
    assertThat(budget.chargeAnswer(MALLORY)).isFalse();
    pass(Duration.ofMillis(10));
    assertThat(budget.chargeAnswer(MALLORY)).as("512 bytes, and a refusal costs nothing").isTrue();
    assertThat(budget.chargeData(MALLORY, 200)).as("the largest item is sent then").isTrue();
    assertThat(budget.chargeAnswer(MALLORY)).isFalse();
  }

  @Test
  void chargeData_timePasses_isServedAsMuchAsTheRateAllows() {
    assertThat(budget.chargeData(MALLORY, 1000)).isTrue();
    pass(Duration.ofSeconds(2));
    assertThat(budget.chargeData(MALLORY, 201)).isFalse();
    assertThat(budget.chargeData(MALLORY, 200)).as("a refusal costs nothing").isTrue();
    pass(Duration.ofDays(1));
    assertThat(budget.chargeData(MALLORY, 1000)).isTrue();
    assertThat(budget.chargeData(MALLORY, 1)).as("nothing is saved up beyond that").isFalse();
  }

  @Test
  @DisplayName("B8: a requester is a bare JID: resources share a budget, and others have their own")
  void charge_resources_shareTheBudgetAndOthersDoNot() {
    for (int i = 0; i < 10; i++) {
      assertThat(budget.chargeData(MALLORY.withResource("r" + i), 100)).isTrue();
    }
    assertThat(budget.chargeData(MALLORY.bare(), 1)).isFalse();
    assertThat(budget.chargeData(ALICE, 1000)).isTrue();
  }

  @Test
  void charge_largestItem_isServedToOneWhoWasServedNothing() {
    ServedBytes small = new ServedBytes(1, 5000, now::get);

    assertThat(small.chargeAnswer(MALLORY)).isTrue();
    assertThat(small.chargeData(MALLORY, 5000)).isTrue();
    assertThat(small.chargeData(MALLORY, 1)).isFalse();
  }

  @Test
  void charge_noBound_isAlwaysServed() {
    ServedBytes none = new ServedBytes(0, 200, now::get);
    for (int i = 0; i < 1000; i++) {
      assertThat(none.chargeAnswer(MALLORY)).isTrue();
      assertThat(none.chargeData(MALLORY, Integer.MAX_VALUE)).isTrue();
    }
    assertThat(none.size()).isZero();
  }

  @Test
  void charge_clockIsSetBack_isNotHeldAgainstTheRequester() {
    budget.chargeData(MALLORY, 1000);
    pass(Duration.ofDays(-1));

    assertThat(budget.chargeData(MALLORY, 1000)).isTrue();
    assertThat(budget.chargeData(MALLORY, 1)).isFalse();
  }

  @Test
  void charge_manyRequesters_areForgottenWhenPaidOffOrTooMany() {
    for (int i = 0; i < ServedBytes.MOST_REQUESTERS + 50; i++) {
      budget.chargeData(Jid.of("a" + i + "@example.org"), 1000);
    }
    assertThat(budget.size()).isEqualTo(ServedBytes.MOST_REQUESTERS);
    assertThat(budget.chargeData(Jid.of("a10049@example.org"), 1)).isFalse();

    pass(Duration.ofSeconds(11));
    for (int i = 0; i < 20_000; i++) {
      budget.chargeData(ALICE, 1);
      pass(Duration.ofSeconds(1));
    }
    assertThat(budget.size()).isLessThanOrEqualTo(1);
  }
}
