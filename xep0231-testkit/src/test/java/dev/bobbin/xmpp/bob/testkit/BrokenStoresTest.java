package dev.bobbin.xmpp.bob.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
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
  static Stream<Arguments> stores() {
    return Stream.of(
        broken(
            BrokenInMemory.LateExpiry.class,
            "async_expired_isAbsent",
            "delete_expired_isFalse",
            "get_atExpiry_isEmptyFromThatInstantOn"),
        broken(
            BrokenInMemory.MixedShelves.class,
            "async_everyField_comesBackEqualBothWays",
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
            "put_receivedWhenFull_pushesNoHostedOneOut"),
        broken(
            BrokenInMemory.ReceivedPushHostedOut.class,
            "put_receivedWhenFull_pushesNoHostedOneOut"),
        broken(
            BrokenInMemory.PushesNothingOut.class,
            "put_hostedWhenFullOfReceived_isThere",
            "put_receivedWhenFullOfReceived_isThere"),
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
            "put_processKilledMeanwhile_leavesAnItemWhole"),
        broken(
            BrokenOnDisk.NoChecksum.class,
            "get_fileDamagedInParts_givesNoDataOfAnotherHash",
            "get_fileDamagedInParts_givesWhatWasPutOrNothing"),
        broken(
            BrokenOnDisk.NoChecksumExcused.class,
            "get_fileDamagedInParts_givesNoDataOfAnotherHash"),
        broken(
            BrokenOnDisk.UncheckedException.class,
            "get_allFilesEmptied_givesWhatWasPutOrNothing",
            "get_fileDamagedAsAWhole_givesWhatWasPutOrNothing",
            "get_fileDamagedInParts_givesNoDataOfAnotherHash",
            "get_fileDamagedInParts_givesWhatWasPutOrNothing"),
        broken(
            BrokenOnDisk.RefusesToOpen.class,
            "get_fileDamagedAsAWhole_givesWhatWasPutOrNothing",
            "get_fileDamagedInParts_givesNoDataOfAnotherHash",
            "get_fileDamagedInParts_givesWhatWasPutOrNothing"),
        broken(BrokenOnDisk.ChokesOnForeignFiles.class, "get_foreignFilesBeside_givesWhatWasPut"),
        broken(BrokenOnDisk.PrivateCache.class, "change_byAnotherProcess_isSeenOnceAcknowledged"),
        broken(BrokenOnDisk.InPlace.class, "put_processKilledMeanwhile_leavesAnItemWhole"),
        broken(BrokenOnDisk.DeleteThenRename.class, "put_processKilledMeanwhile_leavesAnItemWhole"),
        broken(BrokenOnDisk.WritesOnClose.class, "change_processKilled_isThereIfAcknowledged"));
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
