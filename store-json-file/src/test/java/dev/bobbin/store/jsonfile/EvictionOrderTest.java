package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.StoreFullException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which received items go when a store is full, and what never does. */
class EvictionOrderTest {
  private static final long PLENTY = 1_000_000;

  @TempDir private Path directory;
  private Tended tended;

  @BeforeEach
  void tend() {
    tended = new Tended(directory);
  }

  @Test
  void put_whenFull_evictsTheReceivedOnesThatAreOldest() throws Exception {
    try (JsonFileBobStore store = tended.open(PLENTY, 6)) {
      store.put(hosted("h", 5));
      for (String cid : List.of("e", "d", "c", "b", "a")) {
        store.put(received(cid, 5));
        age(Items.verified(cid), 'z' - cid.charAt(0));
      }
      store.put(received("new", 5));
      store.put(hosted("h2", 5));
      assertThat(Items.names(tended.received())).isEqualTo(names("c", "d", "e", "new"));
      assertThat(store.get(Items.hosted("h"))).isPresent();
      assertThat(store.get(Items.hosted("h2"))).isPresent();
      tended.assertCounted(store);
    }
  }

  @Test
  void put_whenFull_sparesWhatWasPutAgain() throws Exception {
    for (String cid : List.of("a", "b", "c")) {
      try (JsonFileBobStore store = tended.open()) {
        store.put(received(cid, 5));
        age(Items.verified(cid), 'z' - cid.charAt(0));
      }
    }
    // Opening has noted them by age: a, b, c.
    try (JsonFileBobStore store = tended.open(PLENTY, 3)) {
      store.put(received("a", 5));
      store.put(received("d", 5));
      assertThat(Items.names(tended.received())).isEqualTo(names("a", "c", "d"));
    }
  }

  @Test
  void put_whenFullOfDamagedAndForeignFiles_isRefusedAndTheyStay() throws Exception {
    try (JsonFileBobStore store = tended.open(PLENTY, 4)) {
      store.put(received("damaged", 5));
      Files.writeString(received("damaged"), "no JSON");
      age(Items.verified("damaged"), 9);
    }
    Files.writeString(tended.received().resolve("README.txt"), "whatever");
    Files.writeString(directory.resolve("Notes"), "whatever");
    try (JsonFileBobStore store = tended.open(PLENTY, 4)) {
      store.put(received("a", 5));
      store.put(received("b", 5));
      assertThat(store.get(Items.verified("a"))).isEmpty();
      store.put(hosted("c", 5));
      assertThat(store.get(Items.verified("b"))).isEmpty();
      assertThatThrownBy(() -> store.put(received("d", 5)))
          .isInstanceOf(StoreFullException.class)
          .hasMessageContaining(": the files there take 4 of 4 entries. ");
      assertThat(Files.readString(received("damaged"))).isEqualTo("no JSON");
      tended.assertCounted(store);
    }
  }

  @Test
  void put_whenThousandsOfDamagedFilesAreOlder_evictsWhatCanBeEvicted() throws Exception {
    damaged(Oldest.MOST + 50);
    int full = Oldest.MOST + 53;
    try (JsonFileBobStore store = tended.open()) {
      for (String cid : List.of("x", "y", "z")) {
        store.put(received(cid, 5));
      }
      age(Items.verified("y"), 9);
    }
    try (JsonFileBobStore store = tended.open(PLENTY, full)) {
      tended.timer.round();
      assertThat(store.usage().orElseThrow().entries()).isEqualTo(full);
      store.put(received("new", 5));
      assertThat(store.get(Items.verified("y"))).isEmpty();
      for (int i = 0; i < 4; i++) {
        store.put(received("new" + i, 5));
      }
      // What was put since is evicted in its turn.
      assertThat(store.get(Items.verified("new"))).isEmpty();
      assertThat(store.get(Items.verified("new0"))).isEmpty();
      assertThat(store.get(Items.verified("new1"))).isPresent();
      tended.assertCounted(store);
    }
  }

  @Test
  void put_afterNothingWasFoundToEvict_looksNoFurtherUntilTheNextRound() throws Exception {
    damaged(3);
    try (JsonFileBobStore store = tended.open(PLENTY, 3)) {
      assertThatThrownBy(() -> store.put(received("a", 5))).isInstanceOf(StoreFullException.class);
      // Another process mends one.
      try (JsonFileBobStore other = tended.openUntended()) {
        other.put(received("damaged0", 5));
      }
      assertThatThrownBy(() -> store.put(received("a", 5))).isInstanceOf(StoreFullException.class);
      tended.timer.round();
      store.put(received("a", 5));
      assertThat(store.get(Items.verified("damaged0"))).isEmpty();
    }
  }

  private void damaged(int count) throws IOException {
    Files.createDirectories(tended.received());
    for (int i = 0; i < count; i++) {
      Path file = Files.createFile(received("damaged" + i));
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    }
  }

  private static StoredBob hosted(String cid, int length) {
    return Items.item(Items.hosted(cid), "x".repeat(length));
  }

  private static StoredBob received(String cid, int length) {
    return Items.item(Items.verified(cid), "x".repeat(length));
  }

  private Path received(String cid) {
    return tended.received().resolve(Items.verified(cid).safeName());
  }

  private void age(BobKey key, int hours) throws IOException {
    Files.setLastModifiedTime(
        tended.received().resolve(key.safeName()),
        FileTime.from(Instant.now().minus(Duration.ofHours(hours))));
  }

  private static List<String> names(String... cids) {
    return List.of(cids).stream().map(cid -> Items.verified(cid).safeName()).sorted().toList();
  }
}
