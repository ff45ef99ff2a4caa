package dev.bobbin.xmpp.bob.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Right stores pass, and what is excused is skipped with the reason that was declared. */
@Execution(ExecutionMode.CONCURRENT)
class ReferenceTest {
  static class Memory extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context);
    }
  }

  static class Files extends FileTrial {
    Files() {
      super(new Right(), traits -> traits);
    }

    @Override
    int kills() {
      return 3;
    }

    static class Right extends Provider {
      @Override
      public BobStore open(StoreContext context) throws IOException {
        return new ReferenceFileStore(context);
      }
    }
  }

  static class OwnClock extends Memory {
    @Override
    protected StoreTraits traits() {
      return super.traits().ownClock("a server expires");
    }
  }

  static class NoExcuse extends Memory {
    @Override
    protected StoreTraits traits() {
      return StoreTraits.persistent().oneProcess("memory is not shared");
    }
  }

  @Test
  void contract_rightStoreOfFiles_passes() {
    ContractRun run = ContractRun.of(Files.class);
    assertThat(run.failed()).isEmpty();
    assertThat(run.skipped().values())
        .containsOnly(
            "blocking only: it is no AsyncBobStore",
            "no bound: traits() have no boundedBy(...)",
            "putIf is not atomic: it is as it comes");
    assertThat(run.passed()).hasSizeGreaterThan(40);
  }

  @Test
  void contract_rightStoreInMemory_passesAndSaysWhyPartsAreSkipped() {
    ContractRun run = ContractRun.of(Memory.class);
    assertThat(run.failed()).isEmpty();
    assertThat(run.skipped())
        .containsEntry("open_again_findsWhatWasPut", "not persistent: it is in memory")
        .containsEntry(
            "change_byAnotherProcess_isSeenOnceAcknowledged",
            "one process only: memory is not shared");
    assertThat(run.skipped().values())
        .containsOnly("not persistent: it is in memory", "one process only: memory is not shared");
    assertThat(run.passed()).hasSizeGreaterThan(40);
  }

  @Test
  void contract_ownClock_skipsTheExactInstantOnly() {
    ContractRun run = ContractRun.of(OwnClock.class);
    assertThat(run.failed()).isEmpty();
    assertThat(run.skipped())
        .containsEntry(
            "get_atExpiry_isEmptyFromThatInstantOn", "expires by its own clock: a server expires");
    assertThat(run.passed()).containsKey("delete_expired_isFalse");
  }

  @Test
  void contract_neitherPlaceNorExcuse_fails() {
    assertThat(ContractRun.of(NoExcuse.class).failed())
        .extractingByKey("get_allFilesEmptied_givesWhatWasPutOrNothing")
        .asString()
        .contains("neither placedBy(...), for files that can be damaged, nor noFiles(...)");
  }
}
