package dev.bobbin.xmpp.bob.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each broken store fails the tests of the rule that it breaks, and no others. They run side by
 * side: what they share is constant, and much of their time they wait.
 */
@Execution(ExecutionMode.CONCURRENT)
class BrokenStoresTest {
  /** What no broken store fails, and why there is none. */
  private static final Map<String, String> WITHOUT_BROKEN_STORE =
      Map.of(
          "async_manyAtOnce_giveWholeItemsOnly", "the blocking test of the same has one",
          "get_neverPut_isEmpty", "what finds there what was not put fails nearly everything",
          "putGetDelete_severalProcesses_giveWholeItemsAndKeepEachLastOne", "shows by chance only",
          "put_afterDelete_isThereAgain", "still to be written: one whose tombstones stay",
          "put_afterExpiry_isThereAgain", "still to be written: one whose tombstones stay",
          "put_dataOfGreatestSize_comesBackEqual", "still to be written: one off by a byte",
          "scan_empty_listsNothing", "what lists there what was not put fails nearly everything",
          "scan_overwrittenAndDeleted_listsWhatIsThere", "still to be written: one that lists all");

  static Stream<Arguments> stores() {
    return Stream.of(
        broken(
            BrokenInMemory.LateExpiry.class,
            "async_expired_isAbsent",
            "delete_expired_isFalse",
            "get_atExpiry_isEmptyFromThatInstantOn",
            "putIf_expiredOne_countsAsNone"),
        broken(
            BrokenInMemory.MixedShelves.class,
            "async_everyField_comesBackEqualBothWays",
            "putIf_absentAsExpected_keepsEachField",
            "put_everyField_comesBackEqual",
            "put_hostileSendersAndContentIds_stayApart",
            "put_sameCidOnEveryShelf_staysApart"),
        broken(
            BrokenInMemory.LowerCaseContentIds.class,
            "get_otherKey_isEmpty",
            "put_hostileContentIds_stayApart",
            "put_hostileSendersAndContentIds_stayApart"),
        broken(
            BrokenInMemory.GapInOverwriting.class,
            "putAndGet_manyThreadsOnOneKey_giveWholeItemsOnly"),
        broken(BrokenInMemory.LooksThenDeletes.class, "delete_manyThreads_oneOnlyIsTold"),
        broken(BrokenInMemory.CountingCursor.class, "scan_keyDeletedBehindCursor_goesOn"),
        broken(
            BrokenInMemory.SecondCloseThrows.class,
            "anyMethod_closed_isRefused",
            "async_closedUnderUse_endsEachStage",
            "async_closed_failsInTheStage",
            "close_again_doesNothing",
            "close_byManyThreads_doesNothingMore",
            "close_underUse_endsEachCallAndKeepsWhatWasAcknowledged"),
        broken(
            BrokenInMemory.WorksAfterClose.class,
            "anyMethod_closed_isRefused",
            "async_closed_failsInTheStage",
            "close_byManyThreads_doesNothingMore",
            "close_underUse_endsEachCallAndKeepsWhatWasAcknowledged"),
        broken(
            BrokenInMemory.HangsInClose.class,
            "async_closedUnderUse_endsEachStage",
            "close_byManyThreads_doesNothingMore",
            "close_underUse_endsEachCallAndKeepsWhatWasAcknowledged"),
        broken(BrokenInMemory.HangsInGet.class, "get_otherKey_isEmpty"),
        broken(
            BrokenInMemory.DeleteAlwaysTrue.class,
            "async_delete_saysSoOnce",
            "async_expired_isAbsent",
            "delete_expired_isFalse",
            "delete_manyThreads_oneOnlyIsTold",
            "delete_neverPut_isFalseHoweverOften",
            "delete_present_saysSoOnce",
            "put_expiredAlready_isAsGoodAsAbsent"),
        broken(
            BrokenInMemory.CutsLargeItems.class,
            "async_tooLarge_isKeptWholeOrRefusedInTheStage",
            "put_dataAboveGreatestSize_isKeptWholeOrRefusedWhole"),
        broken(
            BrokenInMemory.RefusesOtherwiseThanAsFull.class,
            "put_againWhenFull_replacesOrLeavesTheOldOne",
            "put_hostedAfterDelete_hasRoomAgain",
            "put_hostedWhenFullOfReceived_isThere",
            "put_hostedWhenFull_isRefusedAsFullAndTheOthersStay",
            "put_receivedWhenFullOfReceived_isThere",
            "put_receivedWhenFull_pushesNoHostedOneOut",
            "usage_receivedPushedOut_areCounted"),
        broken(
            BrokenInMemory.ReceivedPushHostedOut.class,
            "put_receivedWhenFull_pushesNoHostedOneOut"),
        broken(
            BrokenInMemory.PushesNothingOut.class,
            "put_hostedWhenFullOfReceived_isThere",
            "put_receivedWhenFullOfReceived_isThere",
            "usage_receivedPushedOut_areCounted"),
        broken(BrokenInMemory.ReceivedBlockHosting.class, "put_hostedWhenFullOfReceived_isThere"),
        broken(BrokenInMemory.SettingNotListed.class, "settings_ofProvider_holdAllThatTheTestSets"),
        broken(
            BrokenInMemory.AsyncThrows.class,
            "async_closedUnderUse_endsEachStage",
            "async_closed_failsInTheStage"),
        broken(
            BrokenInMemory.AsyncNeverEnds.class,
            "async_closedUnderUse_endsEachStage",
            "async_closed_failsInTheStage"),
        broken(
            BrokenInMemory.LiesAboutPersistence.class,
            "change_processKilled_isThereIfAcknowledged",
            "close_underUse_endsEachCallAndKeepsWhatWasAcknowledged",
            "open_againManyTimes_keepsEachLastItem",
            "open_again_findsWhatWasPut",
            "put_processKilledMeanwhile_leavesAnItemWhole",
            "usage_openedAgain_countsWhatIsThere"),
        broken(
            BrokenRules.AgesByMaxAge.class,
            "async_everyField_comesBackEqualBothWays",
            "get_maxAgePassed_doesNotCount",
            "putIf_absentAsExpected_keepsEachField",
            "putIf_asExpected_replacesIt",
            "putIf_expectedDiffersInOneField_leavesItAsItIs",
            "put_everyField_comesBackEqual"),
        broken(BrokenRules.KeepsFirstExpiry.class, "put_withoutExpiryOverExpiring_stays"),
        broken(
            BrokenRules.KeepsFirstItem.class,
            "async_tooLarge_isKeptWholeOrRefusedInTheStage",
            "putIf_asExpected_replacesIt",
            "putIf_manyThreadsCountUp_losesNoUpdate",
            "put_againWhenFull_replacesOrLeavesTheOldOne",
            "put_again_replaces",
            "put_dataAboveGreatestSize_isKeptWholeOrRefusedWhole",
            "put_withoutExpiryOverExpiring_stays"),
        broken(
            BrokenRules.MovesOnOverwrite.class,
            "scan_keysPutBetweenPages_listsEachThatWasThereExactlyOnce"),
        broken(
            BrokenRules.FirstPageOnly.class,
            "async_everyField_comesBackEqualBothWays",
            "putGetDelete_manyThreadsOnTheirOwnKeys_doNotDisturbEachOther",
            "put_hostileContentIds_stayApart",
            "put_hostileSendersAndContentIds_stayApart",
            "put_sameCidOnEveryShelf_staysApart",
            "scan_keyDeletedBehindCursor_goesOn",
            "scan_keysPutBetweenPages_listsEachThatWasThereExactlyOnce",
            "scan_pagesOfAnySize_listEveryKeyOnce",
            "scan_whileOthersComeAndGo_listsWhatStaysExactlyOnce"),
        broken(
            BrokenRules.TakesAnyCursorAndLimit.class,
            "scan_cursorOfNoStore_isRefused",
            "scan_limitBelowOne_isRefused"),
        broken(
            BrokenRules.BadNames.class,
            "name_ofProvider_isLowerCaseWithHyphens",
            "place_open_isSaid",
            "settings_ofProvider_areLowerCaseWithHyphensAndUnique"),
        broken(
            BrokenConditions.LooksThenPuts.class,
            "putIf_manyThreadsCountUp_losesNoUpdate",
            "putIf_manyThreadsExpectNone_oneOnlyIsTold"),
        broken(
            BrokenConditions.PutsUnconditionally.class,
            "putIf_absentAndOneExpected_keepsNothing",
            "putIf_expectedDiffersInOneField_leavesItAsItIs",
            "putIf_expiredOne_countsAsNone",
            "putIf_itemThatHasExpired_removesTheExpectedOneOnly",
            "putIf_presentAndNoneExpected_leavesItAsItIs"),
        broken(
            BrokenConditions.ComparesDataOnly.class,
            "putIf_expectedDiffersInOneField_leavesItAsItIs"),
        broken(
            BrokenConditions.NeverReplaces.class,
            "putIf_asExpected_replacesIt",
            "putIf_itemThatHasExpired_removesTheExpectedOneOnly"),
        broken(BrokenConditions.ForgetsExpiry.class, "putIf_expiredOne_countsAsNone"),
        broken(
            BrokenOnDisk.NoChecksum.class,
            "get_fileDamagedInParts_givesNoDataOfAnotherHash",
            "get_fileDamagedInParts_givesWhatWasPutOrNothing"),
        broken(
            BrokenOnDisk.NoChecksumExcused.class,
            "get_fileDamagedInParts_givesNoDataOfAnotherHash"),
        broken(
            BrokenOnDisk.UncheckedException.class,
            "damage_fileDamagedAsAWhole_isTold",
            "get_allFilesEmptied_givesWhatWasPutOrNothing",
            "get_fileDamagedAsAWhole_givesWhatWasPutOrNothing",
            "get_fileDamagedInParts_givesNoDataOfAnotherHash",
            "get_fileDamagedInParts_givesWhatWasPutOrNothing"),
        broken(
            BrokenOnDisk.RefusesToOpen.class,
            "get_fileDamagedAsAWhole_givesWhatWasPutOrNothing",
            "get_fileDamagedInParts_givesNoDataOfAnotherHash",
            "get_fileDamagedInParts_givesWhatWasPutOrNothing"),
        broken(BrokenTelling.DamageOfWhatIsWhole.class, "damage_wholeDeletedOrNeverPut_isEmpty"),
        broken(
            BrokenTelling.DamageOfWhatIsAbsent.class,
            "damage_expired_isEmpty",
            "damage_wholeDeletedOrNeverPut_isEmpty"),
        broken(BrokenTelling.DamageOfWhatHasExpired.class, "damage_expired_isEmpty"),
        broken(BrokenTelling.CountsReplacedTwice.class, "usage_putAndReplaced_countsEachItemOnce"),
        broken(BrokenTelling.NeverCountsDown.class, "usage_deleted_isLessAndNeverBelowNothing"),
        broken(
            BrokenTelling.CountsDownForNothing.class, "usage_deleted_isLessAndNeverBelowNothing"),
        broken(BrokenTelling.HidesWhatItPushesOut.class, "usage_receivedPushedOut_areCounted"),
        broken(BrokenOnDisk.NeverTellsOfDamage.class, "damage_fileDamagedAsAWhole_isTold"),
        broken(BrokenOnDisk.CountsFromNothing.class, "usage_openedAgain_countsWhatIsThere"),
        broken(BrokenOnDisk.ChokesOnForeignFiles.class, "get_foreignFilesBeside_givesWhatWasPut"),
        broken(BrokenOnDisk.PrivateCache.class, "change_byAnotherProcess_isSeenOnceAcknowledged"),
        broken(BrokenOnDisk.InPlace.class, "put_processKilledMeanwhile_leavesAnItemWhole"),
        broken(BrokenOnDisk.DeleteThenRename.class, "put_processKilledMeanwhile_leavesAnItemWhole"),
        broken(BrokenOnDisk.WritesOnClose.class, "change_processKilled_isThereIfAcknowledged"));
  }

  @Test
  void contractTests_failedByNoBrokenStore_areThoseThatAreListed() {
    Set<String> tests = new TreeSet<>();
    for (Class<?> part = BobStoreContract.class; part != null; part = part.getSuperclass()) {
      for (Method method : part.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Test.class)) {
          tests.add(method.getName());
        }
      }
    }
    stores().forEach(store -> tests.removeAll((Set<?>) store.get()[1]));
    assertThat(tests)
        .as("add a broken store that fails the test, or say why there is none")
        .isEqualTo(WITHOUT_BROKEN_STORE.keySet());
  }

  private static Arguments broken(
      Class<? extends BobStoreContract> contract, String... failingTests) {
    return Arguments.of(contract, Set.of(failingTests));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stores")
  void contract_brokenStore_failsWhereTheRuleIs(
      Class<? extends BobStoreContract> contract, Set<String> failingTests) {
    ContractRun run = ContractRun.of(contract);
    assertThat(run.failed().keySet())
        .as("%s", run.failed())
        .containsExactlyInAnyOrderElementsOf(failingTests);
  }
}
