package dev.bobbin.xmpp.bob.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.ItemRefusedException;
import dev.bobbin.xmpp.bob.spi.Page;
import dev.bobbin.xmpp.bob.spi.StoreFullException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a copy meets, how it is told, and how it goes on or is begun again. */
class CopyProblemsTest {
  private static final CopyOptions BY_TEN = CopyOptions.defaults().withPageSize(10);

  private final WatchedStore from = new WatchedStore(call -> {});
  private final WatchedStore to = new WatchedStore(call -> {});

  @AfterEach
  void forgetInterrupt() {
    boolean interrupted = Thread.interrupted();
    assertThat(interrupted).as("no test leaves its thread interrupted").isFalse();
  }

  private static BobKey key(int number) {
    return BobKey.hosted(ContentId.of(String.format("cid%03d", number)));
  }

  private static StoredBob item(int number, @Nullable Instant expiresAt) {
    Bob bob = new Bob(key(number).cid(), "text/plain", BobData.utf8("12345"), null);
    return new StoredBob(key(number), bob, WatchedStore.NOW, expiresAt, null);
  }

  private void fill(int items) {
    for (int i = 0; i < items; i++) {
      from.set(item(i, null));
    }
  }

  /** A store that throws when it is to keep some items. */
  private static WatchedStore refusing(List<BobKey> refused, Exception problem) {
    return new WatchedStore(call -> {}) {
      @Override
      public boolean putIf(@Nullable StoredBob expected, StoredBob item) throws IOException {
        if (refused.contains(item.key())) {
          if (problem instanceof IOException known) {
            throw known;
          }
          throw (RuntimeException) problem;
        }
        return super.putIf(expected, item);
      }
    };
  }

  @Test
  void copy_all_saysWhatWasDone() throws Exception {
    fill(25);
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
    fill(25);
    List<CopyReport> told = new ArrayList<>();
    CopyReport last = BobStores.copy(from, to, BY_TEN.withProgress(told::add));
    assertThat(told).extracting(CopyReport::examined).containsExactly(10L, 20L, 25L);
    assertThat(told).extracting(CopyReport::isComplete).containsExactly(false, false, true);
    assertThat(told.get(2)).isSameAs(last);
    assertThat(told.get(0).toString()).isEqualTo("10 examined: 10 copied (50 bytes); not complete");

    to.items.clear();
    String cursor = told.get(1).cursor().orElseThrow();
    CopyReport rest = BobStores.copy(from, to, BY_TEN.withCursor(cursor));
    assertThat(rest.count(CopyOutcome.COPIED)).isEqualTo(5);
    assertThat(rest.isComplete()).isTrue();
  }

  @Test
  void copy_listenerThrows_endsWithThat() {
    fill(25);
    IllegalStateException enough = new IllegalStateException("enough");
    assertThatThrownBy(
            () ->
                BobStores.copy(
                    from,
                    to,
                    BY_TEN.withProgress(
                        report -> {
                          throw enough;
                        })))
        .isSameAs(enough);
    assertThat(to.items).hasSize(10);
  }

  /** It makes no room by itself, and a million refused puts would tell nothing more. */
  @Test
  void copy_toIsFull_ends() {
    fill(100);
    List<BobKey> tooMany = Stream.iterate(30, i -> i + 1).limit(70).map(i -> key(i)).toList();
    StoreFullException full = new StoreFullException("no room");
    CopyException ended =
        catchThrowableOfType(
            CopyException.class, () -> BobStores.copy(from, refusing(tooMany, full)));
    assertThat(ended).hasMessageContaining("no room").hasCause(full);
    assertThat(ended.report().count(CopyOutcome.COPIED)).isEqualTo(30);
    assertThat(ended.report().count(CopyOutcome.FAILED)).isEqualTo(20);
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

  @Test
  void copy_refused_areListedAndTheOthersCopied() throws Exception {
    ItemRefusedException refusal = new ItemRefusedException("too large");
    fill(300);
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
    fill(250);
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
  void copy_problemsListenerThrows_endsWithThat() {
    fill(1);
    IllegalStateException enough = new IllegalStateException("enough");
    CopyOptions options =
        CopyOptions.defaults()
            .withProblems(
                problem -> {
                  throw enough;
                });
    WatchedStore strict = refusing(List.of(key(0)), new ItemRefusedException("too large"));
    assertThatThrownBy(() -> BobStores.copy(from, strict, options)).isSameAs(enough);
  }

  @Test
  void copy_filter_leavesTheOthersOut() throws Exception {
    fill(25);
    CopyOptions odd = BY_TEN.withFilter(item -> item.key().safeName().matches(".*[13579]"));
    CopyReport report = BobStores.copy(from, to, odd);
    assertThat(report.toString()).isEqualTo("25 examined: 12 copied (60 bytes), 13 left out");
    assertThat(report.problems()).isEmpty();
    assertThat(to.items).hasSize(12).containsKey(key(23).safeName());
  }

  @Test
  void copy_filterThrows_isAFailureOfThatItem() throws Exception {
    fill(3);
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

  @Test
  void copyException_written_saysThatItCannotBe() throws Exception {
    CopyException ended = new CopyException("ended", null, BobStores.copy(from, to));
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      assertThatThrownBy(() -> out.writeObject(ended))
          .isInstanceOf(NotSerializableException.class)
          .hasMessage(CopyReport.class.getName());
    }
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
    fill(100);
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
  void copy_manyFailInARow_endsAndCarriesWhatWasDone() {
    fill(100);
    List<BobKey> failing = Stream.iterate(15, i -> i + 1).limit(85).map(i -> key(i)).toList();
    IOException away = new IOException("it is away");
    CopyException ended =
        catchThrowableOfType(
            CopyException.class,
            () -> BobStores.copy(from, refusing(failing, away), BY_TEN.withMostFailures(7)));
    assertThat(ended)
        .hasMessageContainingAll("7 items in a row", "it is away", "docs/errors.md#copy-ended")
        .hasCause(away);
    assertThat(ended.report().count(CopyOutcome.COPIED)).isEqualTo(15);
    assertThat(ended.report().count(CopyOutcome.FAILED)).isEqualTo(7);
    assertThat(ended.report().isComplete()).isFalse();
    // Of the page in whose midst it ended.
    assertThat(ended.report().cursor()).contains("after " + key(19).safeName());
  }

  @Test
  void copy_listingFails_endsAndCanGoOn() throws Exception {
    fill(25);
    AtomicInteger scans = new AtomicInteger();
    WatchedStore failing =
        new WatchedStore(
            call -> {
              if (call.equals("scan") && scans.incrementAndGet() == 2) {
                throw new IOException("the disk is gone");
              }
            });
    failing.items.putAll(from.items);
    CopyException ended =
        catchThrowableOfType(CopyException.class, () -> BobStores.copy(failing, to, BY_TEN));
    assertThat(ended).hasMessageContainingAll("cannot be listed", "the disk is gone");
    String cursor = ended.report().cursor().orElseThrow();
    CopyReport rest = BobStores.copy(failing, to, BY_TEN.withCursor(cursor));
    assertThat(rest.count(CopyOutcome.COPIED)).isEqualTo(15);
    assertThat(to.items).isEqualTo(from.items);
  }

  @Test
  void copy_listingGoesInACircle_ends() {
    WatchedStore circle =
        new WatchedStore(call -> {}) {
          @Override
          public Page<BobKey> scan(@Nullable String cursor, int limit) {
            return new Page<>(List.of(), "again");
          }
        };
    assertThatThrownBy(() -> BobStores.copy(circle, to))
        .isInstanceOf(CopyException.class)
        .hasMessageContaining("does not go on");
  }

  @Test
  void copy_cursorOfNoStore_isRefused() {
    assertThatThrownBy(() -> BobStores.copy(from, to, BY_TEN.withCursor("7")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no cursor: 7");
  }

  @Test
  void copy_toItself_isRefused() {
    assertThatThrownBy(() -> BobStores.copy(from, from))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a map cannot be copied to itself");
  }

  @Test
  void options_belowOne_areRefused() {
    assertThatThrownBy(() -> BY_TEN.withPageSize(0)).hasMessage("a page holds at least 1, not 0");
    assertThatThrownBy(() -> BY_TEN.withMostFailures(0))
        .hasMessage("a copy ends after at least 1, not 0");
  }

  @Test
  void copy_interrupted_endsAndStaysInterrupted() {
    fill(25);
    CopyOptions options = BY_TEN.withProgress(report -> Thread.currentThread().interrupt());
    CopyException ended =
        catchThrowableOfType(CopyException.class, () -> BobStores.copy(from, to, options));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(ended).hasCauseInstanceOf(InterruptedIOException.class);
    assertThat(ended.report().examined()).isEqualTo(10);
    assertThat(ended.report().cursor()).contains("after " + key(9).safeName());
  }

  @Test
  void copy_storeIsInterrupted_endsAndIsInterrupted() {
    fill(3);
    InterruptedIOException problem = new InterruptedIOException("while it waited");
    CopyException ended =
        catchThrowableOfType(
            CopyException.class, () -> BobStores.copy(from, refusing(List.of(key(1)), problem)));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(ended).hasCause(problem);
    assertThat(ended.report().examined()).isEqualTo(1);
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

  /** An error where no store throws one: as if the process ended there. */
  @Test
  void copy_killedAtAnyCall_isCompletedByAnother() throws Exception {
    fill(12);
    int calls = 1;
    while (isKilledAt(calls)) {
      CopyReport report = BobStores.copy(from, to);
      assertThat(report.examined()).isEqualTo(12);
      assertThat(to.items).isEqualTo(from.items);
      to.items.clear();
      calls++;
    }
    assertThat(calls).isEqualTo(1 + 2 + 12 * 5);
    assertThat(to.items).isEqualTo(from.items);
  }

  private boolean isKilledAt(int call) throws IOException {
    AtomicInteger calls = new AtomicInteger();
    WatchedStore.Watcher killer =
        each -> {
          if (calls.incrementAndGet() == call) {
            throw new Killed();
          }
        };
    WatchedStore source = new WatchedStore(killer);
    WatchedStore target = new WatchedStore(killer);
    source.items.putAll(from.items);
    try {
      BobStores.copy(source, target, BY_TEN);
      return false;
    } catch (Killed e) {
      return true;
    } finally {
      to.items.putAll(target.items);
    }
  }

  /** The end of the process. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }
}
