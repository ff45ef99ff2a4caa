package dev.bobbin.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What may be read after what was said. */
class HistoryTest {
  private static final int KEY = 3;
  private static final long NOW = 1_000_000;

  private final History history = new History();

  @Test
  void problem_nothingSaid_onlyAbsenceIsRight() {
    assertThat(absent()).isEmpty();
    assertThat(read(1)).hasValueSatisfying(text -> assertThat(text).contains("was not put"));
  }

  @Test
  void problem_begun_oldAndNewAreRight() {
    put(1);
    acknowledge(1);
    put(2);
    assertThat(read(1)).isEmpty();
    assertThat(read(2)).isEmpty();
    assertThat(absent()).isPresent();
  }

  @Test
  void problem_acknowledged_onlyTheNewOneIsRight() {
    put(1);
    acknowledge(1);
    put(2);
    acknowledge(2);
    assertThat(read(1)).isPresent();
    assertThat(read(2)).isEmpty();
    assertThat(absent()).isPresent();
  }

  @Test
  void problem_deleted_onlyAbsenceIsRight() {
    put(1);
    acknowledge(1);
    history.add(new Report.Begun(2, KEY, false, 0, Report.Begun.ANY, 0));
    assertThat(read(1)).isEmpty();
    assertThat(absent()).isEmpty();
    acknowledge(2);
    assertThat(read(1)).isPresent();
    assertThat(absent()).isEmpty();
  }

  @Test
  void problem_overlappingChanges_eitherMayBeTheLast() {
    put(1);
    put(2);
    acknowledge(1);
    acknowledge(2);
    assertThat(read(1)).isEmpty();
    assertThat(read(2)).isEmpty();
    put(3);
    acknowledge(3);
    assertThat(read(1)).isPresent();
    assertThat(read(2)).isPresent();
  }

  @Test
  void problem_neverAcknowledged_mayTakeEffectAtAnyTime() {
    put(1);
    put(2);
    acknowledge(2);
    put(3);
    acknowledge(3);
    assertThat(read(1)).isEmpty();
    assertThat(read(2)).isPresent();
  }

  @Test
  void problem_refused_wasNeverThere() {
    put(1);
    acknowledge(1);
    put(2);
    history.add(new Report.Refused(2));
    assertThat(read(1)).isEmpty();
    assertThat(read(2)).isPresent();
    assertThat(absent()).isPresent();
  }

  @Test
  void problem_readBeforeTheAcknowledgementCame_theOldOneIsRight() {
    put(1);
    acknowledge(1);
    int known = history.known();
    put(2);
    acknowledge(2);
    assertThat(history.problem(new Observed(KEY, known, value(1, 0), NOW, NOW))).isEmpty();
    assertThat(history.problem(new Observed(KEY, known, value(2, 0), NOW, NOW))).isEmpty();
  }

  @Test
  void problem_otherKey_isNotRight() {
    put(1);
    assertThat(history.problem(new Observed(KEY + 1, history.known(), value(1, 0), NOW, NOW)))
        .isPresent();
  }

  @Test
  void problem_expiring_absenceIsRightOnceItHasExpired() {
    history.add(new Report.Begun(1, KEY, true, NOW, Report.Begun.ANY, 0));
    acknowledge(1);
    int known = history.known();
    Optional<Value> none = Optional.empty();
    assertThat(history.problem(new Observed(KEY, known, none, NOW - 2, NOW - 1))).isPresent();
    assertThat(history.problem(new Observed(KEY, known, none, NOW - 2, NOW))).isEmpty();
    assertThat(history.problem(new Observed(KEY, known, value(1, NOW), NOW - 1, NOW + 5)))
        .isEmpty();
    assertThat(history.problem(new Observed(KEY, known, value(1, NOW), NOW, NOW + 5))).isPresent();
  }

  @Test
  void settle_found_isAllThatMayBeFoundLater() {
    put(1);
    put(2);
    assertThat(history.touched()).containsExactly(KEY);
    history.settle(KEY, value(1, 0));
    assertThat(history.touched()).isEmpty();
    assertThat(read(1)).isEmpty();
    assertThat(read(2)).isPresent();
    assertThat(history.isThere(KEY)).contains(true);
    history.settle(KEY, Optional.empty());
    assertThat(history.isThere(KEY)).contains(false);
  }

  @Test
  void problemsOfAnswers_putThoughSomethingElseWasThere_isOne() {
    put(1);
    acknowledge(1);
    putIf(2, 9);
    acknowledge(2);
    assertThat(answers()).singleElement().asString().contains("2, which expected 9, was put");
  }

  @Test
  void problemsOfAnswers_putThoughSomethingWasThere_isOne() {
    put(1);
    acknowledge(1);
    putIf(2, Report.Begun.NOTHING);
    acknowledge(2);
    assertThat(answers()).hasSize(1);
  }

  @Test
  void problemsOfAnswers_expectedMayHaveBeenThere_isNone() {
    put(1);
    putIf(2, 1);
    acknowledge(2);
    acknowledge(1);
    putIf(3, 2);
    history.add(new Report.Begun(4, KEY, false, 0, Report.Begun.ANY, 0));
    acknowledge(4);
    history.add(new Report.Refused(3));
    putIf(5, Report.Begun.NOTHING);
    acknowledge(5);
    assertThat(answers()).isEmpty();
  }

  @Test
  void problemsOfAnswers_twoPutInPlaceOfTheSame_isOne() {
    put(1);
    acknowledge(1);
    putIf(2, 1);
    putIf(3, 1);
    acknowledge(2);
    acknowledge(3);
    assertThat(answers()).hasSize(1);
  }

  @Test
  void problemsOfAnswers_refusedThoughItWasThere_isOne() {
    put(1);
    acknowledge(1);
    putIf(2, 1);
    history.add(new Report.Refused(2));
    putIf(3, Report.Begun.NOTHING);
    history.add(new Report.Refused(3));
    assertThat(answers()).singleElement().asString().contains("2, which expected 1, was refused");
  }

  @Test
  void problemsOfAnswers_noRoom_isOneUnlessThereIsTooLittle() {
    put(1);
    history.add(new Report.Full(1));
    assertThat(answers()).hasSize(1);
    assertThat(history.problemsOfAnswers(true, NOW)).isEmpty();
  }

  @Test
  void mayBeEvicted_asManyAsPutsThatEndedLater_notMore() {
    history.begin(8);
    put(1);
    acknowledge(1);
    assertThat(history.mayBeEvicted(List.of(missed(KEY)))).isFalse();
    begin(2, KEY + 1);
    assertThat(history.mayBeEvicted(List.of(missed(KEY)))).isTrue();
    acknowledge(2);
    assertThat(history.mayBeEvicted(List.of(missed(KEY)))).isTrue();
    assertThat(history.mayBeEvicted(List.of(missed(KEY + 1)))).isFalse();
    assertThat(history.mayBeEvicted(List.of(missed(KEY), missed(KEY + 1)))).isFalse();
    begin(3, KEY + 2);
    assertThat(history.mayBeEvicted(List.of(missed(KEY), missed(KEY + 1)))).isTrue();
  }

  @Test
  void mayBeEvicted_wereTooManyBefore_alsoThese() {
    history.settle(KEY, value(1, 0));
    history.settle(KEY + 1, value(2, 0));
    history.begin(2);
    assertThat(history.mayBeEvicted(List.of(missed(KEY)))).isFalse();
    history.begin(1);
    assertThat(history.mayBeEvicted(List.of(missed(KEY)))).isTrue();
    assertThat(history.mayBeEvicted(List.of(missed(KEY), missed(KEY + 1)))).isFalse();
  }

  private Observed missed(int key) {
    return new Observed(key, history.known(), Optional.empty(), NOW, NOW);
  }

  private List<String> answers() {
    return history.problemsOfAnswers(false, NOW);
  }

  private void begin(long number, int key) {
    history.add(new Report.Begun(number, key, true, 0, Report.Begun.ANY, 0));
  }

  private void putIf(long number, long expected) {
    history.add(new Report.Begun(number, KEY, true, 0, expected, 0));
  }

  private void put(long number) {
    history.add(new Report.Begun(number, KEY, true, 0, Report.Begun.ANY, 0));
  }

  private void acknowledge(long number) {
    history.add(new Report.Acknowledged(number));
  }

  private Optional<String> read(long number) {
    return history.problem(new Observed(KEY, history.known(), value(number, 0), NOW, NOW));
  }

  private Optional<String> absent() {
    return history.problem(new Observed(KEY, history.known(), Optional.empty(), NOW, NOW));
  }

  private static Optional<Value> value(long number, long expires) {
    return Optional.of(new Value(0, number, expires));
  }
}
