package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.BobKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWalkTest {
  private static final String CID = "Two words";

  @TempDir private Path directory;
  private final Turns turns = new Turns();

  /** A raw name is removed in the turn of its key's own name, and must not go while it counts. */
  @Test
  void step_rawNameThatIsBeingRemoved_countsItBeforeOrAfter() throws Exception {
    Files.writeString(
        directory.resolve(CID), "{\"data\":\"\",\"type\":\"a/b\",\"cid\":\"" + CID + "\"}");
    Tended tended = new Tended(directory);
    Files.createDirectory(HiddenName.directory(directory));
    Quota quota = new Quota(directory, Limits.DEFAULT);
    ItemReader reader =
        new ItemReader(
            new ItemFormat(9000), 8192, new DamageLog(warning -> {}), ItemReader.Pause.SLEEP);
    DiskOperations disk = new DiskOperations();
    CountedDirectory hosted =
        new CountedDirectory(new ItemDirectory(directory, disk), quota, quota.hosted());
    RawNames raw = new RawNames(hosted, reader);
    ItemNames names =
        new ItemNames(hosted.files(), new ItemDirectory(tended.received(), disk), reader, raw);
    DirectoryWalk walk =
        new DirectoryWalk(
            hosted, names, reader, new Expiry(tended.clock, reader, raw, turns), turns);
    BobKey key = Items.hosted(CID);
    Lock turn = turns.of(key.safeName());
    assertThat(turn).isNotSameAs(turns.of(CID));
    Thread walker = new Thread(() -> toTheEnd(walk));
    turn.lock();
    try {
      walker.start();
      while (walker.getState() != Thread.State.WAITING) {
        // It has not counted that file while its turn is another's, nor will it.
        assertThat(quota.total()).isEqualTo(Tally.NONE);
        Thread.onSpinWait();
      }
      raw.remove(key);
    } finally {
      turn.unlock();
    }
    walker.join();
    assertThat(quota.total()).isEqualTo(Tally.NONE);
  }

  private static void toTheEnd(DirectoryWalk walk) {
    try {
      while (walk.step(Upkeep.MOST_FILES, () -> false)) {
        // On.
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
