package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.StoreFullException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Room is made at nobody's cost but that of the items which go, and these go for good. */
class EvictionTest {
  private static final long PLENTY = 1_000_000;
  private static final BobKey A = Items.verified("a");

  @TempDir private Path directory;
  private Tended tended;

  @BeforeEach
  void tend() {
    tended = new Tended(directory);
  }

  @Test
  void put_largerInPlaceOfTheOldest_failsAndKeepsTheOldItem() throws Exception {
    FailingDisk disk = new FailingDisk();
    tended.files = disk;
    try (JsonFileBobStore store = tended.open(2200, PLENTY)) {
      store.put(received("a", 500));
      age("a", 5);
      store.put(received("b", 500));
      disk.failing = true;
      assertThatThrownBy(() -> store.put(received("a", 1200)))
          .hasMessageContaining(Problems.UNTOUCHED);
      assertThat(store.get(A)).contains(received("a", 500));
    }
  }

  @Test
  void putIf_largerInPlaceOfTheOldest_evictsAnother() throws Exception {
    try (JsonFileBobStore store = tended.open(2200, PLENTY)) {
      store.put(received("a", 500));
      age("a", 5);
      store.put(received("b", 500));
      StoredBob old = store.get(A).orElseThrow();
      assertThat(store.putIf(old, received("a", 1200))).isTrue();
      assertThat(store.get(A)).contains(received("a", 1200));
      assertThat(store.get(Items.verified("b"))).isEmpty();
      tended.assertCounted(store);
    }
  }

  @Test
  void put_thatIsRefused_evictsNothing() throws Exception {
    Files.createDirectories(tended.received());
    Files.writeString(tended.received().resolve("README"), "x".repeat(1500));
    try (JsonFileBobStore store = tended.open(3000, PLENTY)) {
      store.put(received("a", 100));
      age("a", 5);
      store.put(received("b", 100));
      assertThatThrownBy(() -> store.put(received("c", 1500)))
          .isInstanceOf(StoreFullException.class);
      assertThat(store.get(A)).isPresent();
      assertThat(store.get(Items.verified("b"))).isPresent();
      // Not full of what cannot go: the oldest one is still known.
      store.put(received("c", 700));
      assertThat(store.get(A)).isEmpty();
      assertThat(store.get(Items.verified("b"))).isPresent();
    }
  }

  @Test
  void put_chosenOneIsPutAnewMeanwhile_evictsAnother() throws Exception {
    StoredBob newer = received("b", 501);
    JsonFileBobStore other = tended.openUntended();
    tended.files =
        new DelegatingOperations() {
          @Override
          public void delete(Path file) throws IOException {
            super.delete(file);
            if (file.endsWith(A.safeName())) {
              other.put(newer);
            }
          }
        };
    try (JsonFileBobStore store = tended.open(2600, PLENTY)) {
      for (String cid : new String[] {"a", "b", "c"}) {
        store.put(received(cid, 500));
        age(cid, 'z' - cid.charAt(0));
      }
      store.put(received("d", 900));
      assertThat(store.get(newer.key())).contains(newer);
      assertThat(Items.names(tended.received())).containsExactly("_v-b", "_v-d");
    }
  }

  /** A file that comes back when another process has deleted its key would undo that. */
  @Test
  void put_killedWhileItEvicts_leavesNothingThatComesBack() throws Exception {
    JsonFileBobStore living = tended.openUntended();
    DyingProcess dying = new DyingProcess(A.safeName());
    tended.files = dying;
    try (JsonFileBobStore store = tended.open(PLENTY, 2)) {
      store.put(received("a", 5));
      age("a", 5);
      store.put(received("b", 5));
      assertThatThrownBy(() -> store.put(received("c", 5))).hasMessageContaining("killed");
    }
    tended.files = new DiskOperations();
    assertThat(living.get(A)).isEmpty();
    living.put(Items.item(A, "newer"));
    assertThat(living.delete(A)).isTrue();
    try (JsonFileBobStore third = tended.openUntended()) {
      assertThat(third.get(A)).isEmpty();
      assertThat(living.get(A)).isEmpty();
    }
  }

  private static StoredBob received(String cid, int length) {
    return Items.item(Items.verified(cid), "x".repeat(length));
  }

  private void age(String cid, int hours) throws IOException {
    Files.setLastModifiedTime(
        tended.received().resolve(Items.verified(cid).safeName()),
        FileTime.from(Instant.now().minus(Duration.ofHours(hours))));
  }

  private static final class FailingDisk extends DelegatingOperations {
    private boolean failing;

    @Override
    public void force(FileChannel channel) throws IOException {
      if (failing) {
        throw new IOException("the disk is failing");
      }
      super.force(channel);
    }
  }

  /** Does nothing more once a file of that name has gone. */
  private static final class DyingProcess extends DelegatingOperations {
    private final String last;
    private boolean killed;

    DyingProcess(String last) {
      this.last = last;
    }

    private void live() throws IOException {
      if (killed) {
        throw new IOException("killed");
      }
    }

    @Override
    public FileChannel create(Path file) throws IOException {
      live();
      return super.create(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      live();
      super.rename(from, to);
      killed = from.endsWith(last);
    }

    @Override
    public void delete(Path file) throws IOException {
      live();
      super.delete(file);
      killed = file.endsWith(last);
    }
  }
}
