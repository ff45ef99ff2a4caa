package dev.bobbin.xmpp.bob.copy;

import static dev.bobbin.xmpp.bob.copy.WatchedStore.item;
import static dev.bobbin.xmpp.bob.copy.WatchedStore.key;
import static dev.bobbin.xmpp.bob.copy.WatchedStore.refusing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.ItemRefusedException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a copy meets, and how it is told. */
class CopyProblemsTest {
  private static final CopyOptions BY_TEN = CopyOptions.defaults().withPageSize(10);

  private final WatchedStore from = new WatchedStore(call -> {});
  private final WatchedStore to = new WatchedStore(call -> {});

  @Test
  void copy_all_saysWhatWasDone() throws Exception {
    from.fill(25);
    from.set(item(7, WatchedStore.NOW));
    to.set(item(3, null));
    CopyReport report = BobStores.copy(from, to);
    assertThat(report.toString())
        .isEqualTo("25 examined: 23 copied (115 bytes), 1 already there, 1 absent");
    assertThat(report.examined()).isEqualTo(25);
    assertThat(report.bytes()).isEqualTo(115);
    assertThat(report.isComplete()).isTrue();
    assertThat(report.cursor()).isEmpty();
    assertThat(report.problems())
        .extracting(CopyProblem::key, CopyProblem::outcome)
        .containsExactly(tuple(key(7), CopyOutcome.ABSENT));
    assertThat(report.problems().get(0).reason())
        .contains("expired", "damaged", "errors.md#copy-problem");
    assertThat(to.items).hasSize(24);
    assertThat(BobStores.copy(from, to).toString())
        .isEqualTo("25 examined: 24 already there, 1 absent");
  }

  @Test
  void copy_nothing_isComplete() throws Exception {
    assertThat(BobStores.copy(from, to).toString()).isEqualTo("0 examined");
  }

  @Test
  void copy_pages_areToldOneByOne() throws Exception {
    from.fill(25);
    List<CopyReport> told = new ArrayList<>();
    CopyReport last = BobStores.copy(from, to, BY_TEN.withProgress(told::add));
    assertThat(told).extracting(CopyReport::examined).startsWith(10L, 20L, 25L);
    assertThat(told.get(told.size() - 1)).isSameAs(last);
    assertThat(told.get(0).toString()).isEqualTo("10 examined: 10 copied (50 bytes); not complete");

    to.items.clear();
    String cursor = told.get(1).cursor().orElseThrow();
    CopyReport rest = BobStores.copy(from, to, BY_TEN.withCursor(cursor));
    assertThat(rest.count(CopyOutcome.COPIED)).isEqualTo(5);
    assertThat(rest.isComplete()).isTrue();
  }

  /** What has expired in their hundreds is listed as well, and hides no failure. */
  @Test
  void copy_manyOfTwoKinds_listsTheFirstOfEach() throws Exception {
    for (int i = 0; i < 150; i++) {
      from.set(item(i, WatchedStore.NOW));
    }
    from.set(item(150, null));
    IOException failure = new IOException("it failed");
    CopyReport report = BobStores.copy(from, refusing(List.of(key(150)), failure));
    assertThat(report.toString()).isEqualTo("151 examined: 150 absent, 1 failed");
    assertThat(report.problems()).hasSize(CopyReport.MOST_PROBLEMS + 1);
    assertThat(report.problems().get(CopyReport.MOST_PROBLEMS))
        .isEqualTo(new CopyProblem(key(150), CopyOutcome.FAILED, "it failed"));
  }

  /** The one that whoever moves has to hear of, among hundreds of which nobody has. */
  @Test
  void copy_damagedBehindManyExpired_isListedWithItsReason() throws Exception {
    WatchedStore telling =
        new WatchedStore(call -> {}) {
          @Override
          public Optional<String> damage(BobKey key) {
            return key.equals(key(200)) ? Optional.of("it is no JSON at 1:3") : Optional.empty();
          }
        };
    for (int i = 0; i < 201; i++) {
      telling.set(item(i, WatchedStore.NOW));
    }
    telling.set(item(201, null));
    CopyReport report = BobStores.copy(telling, to);
    assertThat(report.toString())
        .isEqualTo("202 examined: 1 copied (5 bytes), 200 absent, 1 damaged");
    CopyProblem last = report.problems().get(CopyReport.MOST_PROBLEMS);
    assertThat(last.key()).isEqualTo(key(200));
    assertThat(last.outcome()).isEqualTo(CopyOutcome.DAMAGED);
    assertThat(last.reason()).contains("it is no JSON at 1:3", "errors.md#copy-problem");
  }

  @Test
  void copy_damageCannotBeTold_isAFailure() throws Exception {
    WatchedStore unreadable =
        new WatchedStore(call -> {}) {
          @Override
          public Optional<String> damage(BobKey key) throws IOException {
            throw new IOException("input/output error");
          }
        };
    unreadable.set(item(0, WatchedStore.NOW));
    CopyReport report = BobStores.copy(unreadable, to);
    assertThat(report.problems())
        .containsExactly(new CopyProblem(key(0), CopyOutcome.FAILED, "input/output error"));
  }

  @Test
  void copy_refused_areListedAndTheOthersCopied() throws Exception {
    ItemRefusedException refusal = new ItemRefusedException("too large");
    from.fill(300);
    List<BobKey> refused = Stream.iterate(50, i -> i + 1).limit(150).map(i -> key(i)).toList();
    CopyReport report = BobStores.copy(from, refusing(refused, refusal));
    assertThat(report.count(CopyOutcome.REFUSED)).isEqualTo(150);
    assertThat(report.count(CopyOutcome.COPIED)).isEqualTo(150);
    assertThat(report.problems())
        .hasSize(CopyReport.MOST_PROBLEMS)
        .startsWith(new CopyProblem(key(50), CopyOutcome.REFUSED, "too large"));
  }

  @Test
  void copy_moreProblemsThanAreListed_areAllTold() throws Exception {
    from.fill(250);
    from.set(item(250, WatchedStore.NOW));
    List<BobKey> refused = Stream.iterate(0, i -> i + 1).limit(250).map(i -> key(i)).toList();
    WatchedStore strict = refusing(refused, new ItemRefusedException("too large"));
    List<CopyProblem> told = new ArrayList<>();
    CopyReport report =
        BobStores.copy(from, strict, CopyOptions.defaults().withProblems(told::add));
    assertThat(report.problems()).hasSize(CopyReport.MOST_PROBLEMS + 1);
    assertThat(told).hasSize(251).containsAll(report.problems());
    assertThat(told.get(249))
        .isEqualTo(new CopyProblem(key(249), CopyOutcome.REFUSED, "too large"));
  }

  @Test
  void copy_filter_leavesTheOthersOut() throws Exception {
    from.fill(25);
    CopyOptions odd = BY_TEN.withFilter(item -> item.key().safeName().matches(".*[13579]"));
    CopyReport report = BobStores.copy(from, to, odd);
    assertThat(report.toString()).isEqualTo("25 examined: 12 copied (60 bytes), 13 left out");
    assertThat(report.problems()).isEmpty();
    assertThat(to.items).hasSize(12).containsKey(key(23).safeName());
  }

  @Test
  void copy_filterThrows_isAFailureOfThatItem() throws Exception {
    from.fill(3);
    CopyOptions options =
        CopyOptions.defaults()
            .withFilter(
                item -> {
                  if (item.key().equals(key(1))) {
                    throw new IllegalStateException("no such person");
                  }
                  return true;
                });
    CopyReport report = BobStores.copy(from, to, options);
    assertThat(report.toString()).isEqualTo("3 examined: 2 copied (10 bytes), 1 failed");
    assertThat(report.problems().get(0).reason()).contains("no such person");
  }

  static Stream<Exception> failures() {
    return Stream.of(
        new IOException("x".repeat(600)),
        new SocketTimeoutException("no interrupt, whatever it is called"),
        new UnsupportedOperationException("a store that is broken"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void copy_someFail_areListedAndTheOthersCopied(Exception failure) throws Exception {
    from.fill(100);
    List<BobKey> failing = Stream.iterate(0, i -> i + 2).limit(50).map(i -> key(i)).toList();
    CopyReport report = BobStores.copy(from, refusing(failing, failure));
    assertThat(report.count(CopyOutcome.FAILED)).isEqualTo(50);
    assertThat(report.count(CopyOutcome.COPIED)).isEqualTo(50);
    CopyProblem first = report.problems().get(0);
    assertThat(first.key()).isEqualTo(key(0));
    String reason = failure.getMessage();
    assertThat(first.reason())
        .contains(reason.substring(0, Math.min(500, reason.length())))
        .hasSizeLessThan(600);
  }

  @Test
  void options_belowOne_areRefused() {
    assertThatThrownBy(() -> BY_TEN.withPageSize(0)).hasMessage("a page holds at least 1, not 0");
    assertThatThrownBy(() -> BY_TEN.withMostFailures(0))
        .hasMessage("a copy ends after at least 1, not 0");
  }

  @Test
  void copy_storeThatLosesAField_isAProblemEachTime() throws Exception {
    WatchedStore lossy =
        new WatchedStore(call -> {}) {
          @Override
          public boolean putIf(@Nullable StoredBob expected, StoredBob item) throws IOException {
            return super.putIf(
                expected,
                new StoredBob(item.key(), item.bob(), item.storedAt(), null, item.origin()));
          }
        };
    from.set(item(1, Instant.MAX));
    for (String reason : List.of("what is read back is not what was put", "another one")) {
      CopyReport report = BobStores.copy(from, lossy);
      assertThat(report.count(CopyOutcome.FAILED)).isEqualTo(1);
      assertThat(report.problems().get(0).reason()).contains(reason, "errors.md#copy-problem");
    }
  }
}
