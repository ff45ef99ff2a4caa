package dev.bobbin.xmpp.bob.copy;

import static dev.bobbin.xmpp.bob.copy.WatchedStore.item;
import static dev.bobbin.xmpp.bob.copy.WatchedStore.key;
import static dev.bobbin.xmpp.bob.copy.WatchedStore.refusing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.ItemRefusedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What has gone from the store copied to by the time that all keys have had their turn. */
class CopyLooksAgainTest {
  private static final CopyOptions BY_TEN = CopyOptions.defaults().withPageSize(10);

  private final List<CopyReport> told = new ArrayList<>();
  private final WatchedStore from = new WatchedStore(call -> {});

  /** Keeps a few items only, and pushes others out to make room. */
  private static WatchedStore small(int most) {
    return new WatchedStore(call -> {}) {
      @Override
      public boolean putIf(@Nullable StoredBob expected, StoredBob item) throws IOException {
        boolean put = super.putIf(expected, item);
        if (items.size() > most) {
          items.pollFirstEntry();
        }
        return put;
      }
    };
  }

  /** Does something to the store copied to once all keys of the other have had their turn. */
  private CopyReport copyThen(WatchedStore to, Runnable others) throws CopyException {
    return BobStores.copy(
        from,
        to,
        BY_TEN.withProgress(
            report -> {
              told.add(report);
              if (report.cursor().isEmpty() && report.lookedAgain() == 0) {
                others.run();
              }
            }));
  }

  @Test
  void copy_toPushesOutWhatWasCopied_isAProblemOfEach() throws Exception {
    from.fill(130);
    WatchedStore to = small(10);
    List<CopyProblem> all = new ArrayList<>();
    CopyReport report = BobStores.copy(from, to, BY_TEN.withProblems(all::add));
    assertThat(report.toString()).isEqualTo("130 examined: 130 copied (650 bytes), 120 gone");
    assertThat(report.isComplete()).isTrue();
    assertThat(all)
        .extracting(CopyProblem::key)
        .containsExactlyElementsOf(IntStream.range(0, 120).mapToObj(WatchedStore::key).toList());
    assertThat(report.problems()).hasSize(CopyReport.MOST_PROBLEMS);
    assertThat(report.problems().get(0).outcome()).isEqualTo(CopyOutcome.GONE);
    assertThat(report.problems().get(0).reason())
        .contains("too small", "deleted", "errors.md#copy-problem");
  }

  @Test
  void copy_pushedOutThatWasThereAlready_isGone() throws Exception {
    from.fill(12);
    WatchedStore to = small(10);
    to.set(item(0, null));
    to.set(item(1, null));
    assertThat(BobStores.copy(from, to).toString())
        .isEqualTo("12 examined: 10 copied (50 bytes), 2 already there, 2 gone");
  }

  @Test
  void copy_deletedInBothMeanwhile_isNotGone() throws Exception {
    from.fill(25);
    WatchedStore to = new WatchedStore(call -> {});
    CopyReport report =
        copyThen(
            to,
            () -> {
              from.items.remove(key(3).safeName());
              to.items.remove(key(3).safeName());
            });
    assertThat(report.problems()).isEmpty();
  }

  @Test
  void copy_deletedInToAlone_isGone() throws Exception {
    from.fill(25);
    WatchedStore to = new WatchedStore(call -> {});
    CopyReport report = copyThen(to, () -> to.items.remove(key(3).safeName()));
    assertThat(report.toString()).isEqualTo("25 examined: 25 copied (125 bytes), 1 gone");
  }

  @Test
  void copy_expiredInFromMeanwhile_isNotGone() throws Exception {
    from.fill(25);
    WatchedStore to = new WatchedStore(call -> {});
    CopyReport report =
        copyThen(
            to,
            () -> {
              from.set(item(3, WatchedStore.NOW));
              to.set(item(3, WatchedStore.NOW));
            });
    assertThat(report.problems()).isEmpty();
  }

  /** It has come behind the listing's back, and the next copy brings it. */
  @Test
  void copy_putIntoFromOnceAllHadTheirTurn_isNotGone() throws Exception {
    from.fill(25);
    CopyReport report = copyThen(new WatchedStore(call -> {}), () -> from.set(item(26, null)));
    assertThat(report.problems()).isEmpty();
    assertThat(report.lookedAgain()).isEqualTo(26);
    assertThat(report.examined()).isEqualTo(25);
  }

  @Test
  void copy_refusedOrNotWanted_isNotGone() throws Exception {
    from.fill(25);
    WatchedStore to = refusing(List.of(key(4)), new ItemRefusedException("too large"));
    CopyReport report =
        BobStores.copy(from, to, BY_TEN.withFilter(item -> !item.key().equals(key(5))));
    assertThat(report.toString())
        .isEqualTo("25 examined: 23 copied (115 bytes), 1 left out, 1 refused");
  }

  @Test
  void copy_fromACursor_looksAgainAtWhatItHasExaminedOnly() throws Exception {
    from.fill(25);
    WatchedStore to = small(3);
    CopyOptions rest = BY_TEN.withCursor("after " + key(19).safeName());
    assertThat(BobStores.copy(from, to, rest).toString())
        .isEqualTo("5 examined: 5 copied (25 bytes), 2 gone");
  }

  @Test
  void copy_secondLook_isToldPageByPage() throws Exception {
    from.fill(25);
    CopyReport last = copyThen(new WatchedStore(call -> {}), () -> {});
    assertThat(told).extracting(CopyReport::lookedAgain).containsExactly(0L, 0L, 0L, 10L, 20L, 25L);
    assertThat(told)
        .extracting(CopyReport::isComplete)
        .containsExactly(false, false, false, false, false, true);
    assertThat(told.get(5)).isSameAs(last);
    assertThat(told.get(3).toString())
        .isEqualTo("25 examined: 25 copied (125 bytes); not complete, 10 looked for again");
  }

  @Test
  void copy_interruptedInTheSecondLook_endsAndBeginsAnew() {
    from.fill(25);
    CopyException ended =
        catchThrowableOfType(
            CopyException.class,
            () -> copyThen(new WatchedStore(call -> {}), () -> Thread.currentThread().interrupt()));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(ended).hasCauseInstanceOf(InterruptedIOException.class);
    assertThat(ended.report().examined()).isEqualTo(25);
    assertThat(ended.report().isComplete()).isFalse();
    assertThat(ended.report().cursor()).isEmpty();
  }

  @Test
  void copy_toIsAwayInTheSecondLook_ends() {
    from.fill(100);
    AtomicInteger away = new AtomicInteger();
    WatchedStore to =
        new WatchedStore(
            call -> {
              if (away.get() == 1) {
                throw new IOException("it is away");
              }
            });
    CopyException ended =
        catchThrowableOfType(CopyException.class, () -> copyThen(to, away::incrementAndGet));
    assertThat(ended).hasMessageContainingAll("20 items in a row", "it is away");
    assertThat(ended.report().toString())
        .startsWith("100 examined: 100 copied (500 bytes), 20 failed; not complete");
  }

  @Test
  void seenKeys_manyOfThem_areAllKnownAndFewOthers() {
    SeenKeys seen = new SeenKeys();
    List<BobKey> keys =
        IntStream.range(0, 100_000)
            .mapToObj(i -> BobKey.hosted(ContentId.of("sha1+" + i + "@bob.xmpp.org")))
            .toList();
    List<BobKey> half = keys.subList(0, 50_000);
    half.forEach(seen::add);
    assertThat(half).allMatch(seen::mayHold);
    // 50,000 of 16 million bits: 0.3 %.
    assertThat(keys.subList(50_000, 100_000).stream().filter(seen::mayHold).count())
        .isLessThan(500);
  }
}
