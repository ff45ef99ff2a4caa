package dev.bobbin.xmpp.bob.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.StoredBob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others do to one item, before each of the calls that its copying takes. */
class CopyBesideOthersTest {
  private static final BobKey KEY = BobKey.hosted(ContentId.of("cid"));
  private static final StoredBob OLDER = item("older", 1);
  private static final StoredBob MINE = item("mine", 2);
  private static final StoredBob NEWER = item("newer", 3);

  /** The calls of a copy that nobody disturbs: their numbers are those of the tests below. */
  private static final List<String> UNDISTURBED =
      List.of(
          "from scan",
          "from get",
          "to get",
          "to putIf",
          "from get",
          "to get", // its turn
          "from scan",
          "to get"); // the second look

  private static final int LAST = 5;

  private static final Set<CopyOutcome> PROBLEMS =
      Set.of(CopyOutcome.ABSENT, CopyOutcome.TAKEN_BACK, CopyOutcome.FAILED);

  private final List<String> calls = new ArrayList<>();
  private final WatchedStore from = new WatchedStore(call -> step("from " + call));
  private final WatchedStore to = new WatchedStore(call -> step("to " + call));
  private CopyOptions options = CopyOptions.defaults();
  private int when = -1;
  private Runnable others = () -> {};

  private static StoredBob item(String text, int seconds) {
    Bob bob = new Bob(KEY.cid(), "text/plain", BobData.utf8(text), null);
    return new StoredBob(KEY, bob, WatchedStore.NOW.plusSeconds(seconds), null, null);
  }

  private void step(String call) {
    if (calls.size() == when) {
      others.run();
    }
    calls.add(call);
  }

  /** Copies; others do something before the call of that number. */
  private CopyOutcome copy(@Nullable StoredBob there, int number, Runnable what) throws Exception {
    CopyReport report = report(there, number, what);
    assertThat(report.examined()).isEqualTo(1);
    for (CopyOutcome outcome : CopyOutcome.values()) {
      if (report.count(outcome) == 1) {
        assertThat(report.problems())
            .extracting(CopyProblem::outcome)
            .isEqualTo(PROBLEMS.contains(outcome) ? List.of(outcome) : List.of());
        return outcome;
      }
    }
    throw new AssertionError(report.toString());
  }

  private CopyReport report(@Nullable StoredBob there, int number, Runnable what) throws Exception {
    from.set(MINE);
    to.items.clear();
    if (there != null) {
      to.set(there);
    }
    calls.clear();
    when = number;
    others = what;
    CopyReport report = BobStores.copy(from, to, options);
    assertThat(calls).hasSizeGreaterThan(number);
    return report;
  }

  /**
   * As README says to delete while items move; the other way round, some of these bring it back.
   */
  @Test
  void copy_deletedInFromAndThenInTo_itDoesNotComeBack() throws Exception {
    for (int first = 0; first < UNDISTURBED.size(); first++) {
      for (int second = first; second <= UNDISTURBED.size(); second++) {
        deletingTwice(first, second);
        assertThat(to.get(KEY)).as("deleted at %d and %d", first, second).isEmpty();
      }
    }
  }

  private void deletingTwice(int first, int second) throws Exception {
    from.set(MINE);
    to.items.clear();
    calls.clear();
    Runnable inTo = to.items::clear;
    when = first;
    others =
        () -> {
          from.items.clear();
          if (second == first) {
            inTo.run();
          }
          when = second == first ? -1 : second;
          others = inTo;
        };
    BobStores.copy(from, to, options);
    if (second >= calls.size()) {
      inTo.run();
    }
    when = -1;
  }

  @Test
  void copy_undisturbed_takesTheseCalls() throws Exception {
    assertThat(copy(null, -1, () -> {})).isEqualTo(CopyOutcome.COPIED);
    assertThat(calls).isEqualTo(UNDISTURBED);
    assertThat(copy(OLDER, -1, () -> {})).isEqualTo(CopyOutcome.COPIED);
    assertThat(calls).isEqualTo(UNDISTURBED);
    assertThat(to.at(KEY)).contains(MINE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void copy_newerPutIntoTo_stays(int call) throws Exception {
    for (StoredBob there : new StoredBob[] {null, OLDER}) {
      assertThat(copy(there, call, () -> to.set(NEWER))).isEqualTo(CopyOutcome.NEWER_THERE);
      assertThat(to.at(KEY)).contains(NEWER);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void copy_olderPutIntoTo_isReplaced(int call) throws Exception {
    for (StoredBob there : new StoredBob[] {null, item("oldest", 0)}) {
      assertThat(copy(there, call, () -> to.set(OLDER))).isEqualTo(CopyOutcome.COPIED);
      assertThat(to.at(KEY)).contains(MINE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void copy_newerPutIntoFrom_isBroughtUnlessAfterTheLastLook(int call) throws Exception {
    for (StoredBob there : new StoredBob[] {null, OLDER}) {
      assertThat(copy(there, call, () -> from.set(NEWER))).isEqualTo(CopyOutcome.COPIED);
      assertThat(to.at(KEY)).contains(call == LAST ? MINE : NEWER);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void copy_deletedInFrom_leavesToAsItWasUnlessAfterTheLastLook(int call) throws Exception {
    for (StoredBob there : new StoredBob[] {null, OLDER}) {
      CopyOutcome outcome = copy(there, call, from.items::clear);
      if (call == LAST) {
        assertThat(outcome).isEqualTo(CopyOutcome.COPIED);
        assertThat(to.at(KEY)).contains(MINE);
      } else {
        assertThat(outcome).isEqualTo(call == 1 ? CopyOutcome.ABSENT : CopyOutcome.TAKEN_BACK);
        assertThat(to.at(KEY)).isEqualTo(Optional.ofNullable(there));
      }
    }
  }

  /** The calls after the undisturbed ones: to putIf, from get. */
  @Test
  void copy_newerPutIntoFromThenDeleted_leavesWhatOthersHadInTo() throws Exception {
    for (StoredBob there : new StoredBob[] {null, OLDER}) {
      Runnable first =
          () -> {
            from.set(NEWER);
            when = LAST + 2;
            others = from.items::clear;
          };
      assertThat(copy(there, LAST - 1, first)).isEqualTo(CopyOutcome.TAKEN_BACK);
      assertThat(to.at(KEY)).isEqualTo(Optional.ofNullable(there));
    }
  }

  @Test
  void copy_olderPutIntoToThenDeletedInFrom_leavesTheOlder() throws Exception {
    Runnable first =
        () -> {
          to.set(OLDER);
          when = LAST + 2;
          others = from.items::clear;
        };
    assertThat(copy(null, LAST, first)).isEqualTo(CopyOutcome.TAKEN_BACK);
    assertThat(to.at(KEY)).contains(OLDER);
  }

  /** Before the fourth one it has gone in {@code from}, and ours is to be taken back. */
  @Test
  void copy_deletedInFromAndNewerPutIntoTo_leavesTheNewer() throws Exception {
    Runnable both =
        () -> {
          from.items.clear();
          to.set(NEWER);
        };
    assertThat(copy(OLDER, 4, both)).isEqualTo(CopyOutcome.ABSENT);
    assertThat(to.at(KEY)).contains(NEWER);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void copy_deletedInTo_isNotPutTwice(int call) throws Exception {
    for (StoredBob there : new StoredBob[] {null, OLDER}) {
      CopyOutcome outcome = copy(there, call, to.items::clear);
      boolean afterOurPut = call > 3;
      assertThat(outcome).isEqualTo(afterOurPut ? CopyOutcome.FAILED : CopyOutcome.COPIED);
      assertThat(to.at(KEY)).isEqualTo(afterOurPut ? Optional.empty() : Optional.of(MINE));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {LAST + 1, LAST + 2})
  void copy_deletedInOneStoreOnceCopied_isAProblemIfThatIsTo(int call) throws Exception {
    CopyReport report = report(null, call, to.items::clear);
    assertThat(report.toString()).isEqualTo("1 examined: 1 copied (4 bytes), 1 gone");
    report = report(null, call, from.items::clear);
    assertThat(report.toString()).isEqualTo("1 examined: 1 copied (4 bytes)");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void copy_anotherOfTheSameInstantPutIntoTo_staysAndIsAProblem(int call) throws Exception {
    StoredBob rival = item("rival", 2);
    assertThat(copy(OLDER, call, () -> to.set(rival))).isEqualTo(CopyOutcome.FAILED);
    assertThat(to.at(KEY)).contains(rival);
  }

  /** What was put is ours, and nobody's who would have to be asked which one is right. */
  @Test
  void copy_anotherOfTheSameInstantPutIntoFromOnceOursIsThere_isBrought() throws Exception {
    StoredBob second = item("second", 2);
    for (StoredBob there : new StoredBob[] {null, OLDER}) {
      assertThat(copy(there, 4, () -> from.set(second))).isEqualTo(CopyOutcome.COPIED);
      assertThat(to.at(KEY)).contains(second);
    }
  }

  @Test
  void copy_itemPutIntoFromThatTheFilterDoesNotWant_isAsIfDeleted() throws Exception {
    options = CopyOptions.defaults().withFilter(item -> !item.equals(NEWER));
    for (StoredBob there : new StoredBob[] {null, OLDER}) {
      assertThat(copy(there, 1, () -> from.set(NEWER))).isEqualTo(CopyOutcome.LEFT_OUT);
      assertThat(to.at(KEY)).isEqualTo(Optional.ofNullable(there));
      assertThat(copy(there, 4, () -> from.set(NEWER))).isEqualTo(CopyOutcome.TAKEN_BACK);
      assertThat(to.at(KEY)).isEqualTo(Optional.ofNullable(there));
    }
  }

  @Test
  void copy_sameAlready_putsNothing() throws Exception {
    assertThat(copy(MINE, -1, () -> {})).isEqualTo(CopyOutcome.ALREADY_THERE);
    assertThat(calls).containsExactly("from scan", "from get", "to get", "from scan", "to get");
  }

  @Test
  void copy_changedAtEachStep_isGivenUp() throws Exception {
    WatchedStore restless =
        new WatchedStore(call -> {}) {
          private int versions;

          @Override
          public boolean putIf(@Nullable StoredBob expected, StoredBob item) {
            set(CopyBesideOthersTest.item(Integer.toString(++versions), 1));
            return false;
          }
        };
    from.set(MINE);
    CopyReport report = BobStores.copy(from, restless);
    assertThat(report.count(CopyOutcome.FAILED)).isEqualTo(1);
    assertThat(report.problems().get(0).reason()).contains("100 times", "errors.md#copy-problem");
  }
}
