package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes with an item that has expired, and what does not. */
class ExpiryTest {
  private static final BobKey TWO_WORDS = Items.hosted("Two words");

  @TempDir private Path directory;
  private Tended tended;

  @BeforeEach
  void tend() {
    tended = new Tended(directory);
  }

  /** A look-up has seen the expired item when another thread puts a fresh one. */
  @Test
  void get_itemIsPutAnewMeanwhile_neverMovesItAside() throws Exception {
    BobKey key = Items.hosted("a");
    Instant now = Instant.now();
    StoredBob fresh = Items.item(key, "fresh");
    List<String> moved = new ArrayList<>();
    tended.files =
        new DelegatingOperations() {
          @Override
          public void rename(Path from, Path to) throws IOException {
            moved.add(from.getFileName().toString());
            super.rename(from, to);
          }
        };
    AtomicBoolean armed = new AtomicBoolean();
    AtomicReference<JsonFileBobStore> opened = new AtomicReference<>();
    JsonFileBobStore store =
        JsonFileBobStore.open(
            directory,
            () -> {
              if (armed.compareAndSet(true, false)) {
                put(opened.get(), fresh);
              }
              return now;
            },
            8192,
            tended.files,
            warning -> {});
    opened.set(store);
    Files.write(
        directory.resolve("a"),
        new ItemFormat(100_000).encode(Items.expiring(key, "old", now.minusSeconds(1))));
    armed.set(true);
    store.get(key);
    assertThat(store.get(key)).contains(fresh);
    assertThat(moved).doesNotContain("a");
  }

  private static void put(JsonFileBobStore store, StoredBob item) {
    try {
      store.put(item);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void get_expiredItemHidPythonsOlderOne_isAbsentForGood() throws Exception {
    AtomicBoolean busy = new AtomicBoolean(true);
    tended.files =
        new DelegatingOperations() {
          @Override
          public void rename(Path from, Path to) throws IOException {
            if (busy.get() && from.endsWith("Two words")) {
              throw new IOException("busy");
            }
            super.rename(from, to);
          }
        };
    pythons();
    try (JsonFileBobStore store = tended.open()) {
      store.put(Items.expiring(TWO_WORDS, "new", tended.clock.instant().plusSeconds(10)));
      assertThat(store.get(TWO_WORDS)).isPresent();
      tended.clock.jump(Duration.ofSeconds(20));
      assertThat(store.get(TWO_WORDS)).as("while the older one cannot be removed").isEmpty();
      busy.set(false);
      assertThat(store.get(TWO_WORDS)).as("first look").isEmpty();
      assertThat(store.get(TWO_WORDS)).as("second look").isEmpty();
      assertThat(Items.names(directory)).containsExactly("_received");
      tended.assertCounted(store);
    }
  }

  @Test
  void get_expiredItemHidPythonsYoungerOne_givesThat() throws Exception {
    try (JsonFileBobStore store = expiredBesidePythonsYoungerOne()) {
      assertThat(store.get(TWO_WORDS)).as("first look").isPresent();
      assertThat(store.get(TWO_WORDS)).as("second look").isPresent();
      assertThat(Items.names(directory)).containsExactly("Two words", "_received");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void delete_expiredItemHidPythonsYoungerOne_isTrue(boolean lookedAtBefore) throws Exception {
    try (JsonFileBobStore store = expiredBesidePythonsYoungerOne()) {
      if (lookedAtBefore) {
        assertThat(store.get(TWO_WORDS)).isPresent();
      }
      assertThat(store.delete(TWO_WORDS)).isTrue();
      assertThat(Items.names(directory)).containsExactly("_received");
      assertThat(store.delete(TWO_WORDS)).isFalse();
    }
  }

  @Test
  void delete_expiredItemHidPythonsOlderOne_isFalse() throws Exception {
    pythons();
    try (JsonFileBobStore store = tended.open()) {
      // Not by a put, which would remove Python's.
      Files.write(
          directory.resolve(TWO_WORDS.safeName()),
          new ItemFormat(100_000)
              .encode(Items.expiring(TWO_WORDS, "ours", tended.clock.instant())));
      Files.setLastModifiedTime(directory.resolve("Two words"), FileTime.from(Instant.EPOCH));
      assertThat(store.delete(TWO_WORDS)).isFalse();
      assertThat(Items.names(directory)).containsExactly("_received");
    }
  }

  @Test
  void get_expiredItemStays_givesPythonsYoungerOne() throws Exception {
    keepInPlace();
    try (JsonFileBobStore store = expiredBesidePythonsYoungerOne()) {
      assertThat(store.get(TWO_WORDS)).isPresent();
    }
  }

  /** What is looked at in the turn is what a look-up gives. */
  @Test
  void putIf_expiredItemStays_comparesWithPythonsYoungerOne() throws Exception {
    keepInPlace();
    StoredBob fresh = Items.item(TWO_WORDS, "fresh");
    try (JsonFileBobStore store = expiredBesidePythonsYoungerOne()) {
      StoredBob pythons = store.get(TWO_WORDS).orElseThrow();
      assertThat(store.putIf(null, fresh)).isFalse();
      assertThat(store.putIf(pythons, fresh)).isTrue();
      assertThat(store.get(TWO_WORDS)).contains(fresh);
      assertThat(Items.names(directory)).containsExactly("%54wo%20words", "_received");
    }
  }

  /** The other one has removed what has expired, so that this one has nothing to remove. */
  @Test
  void get_anotherThreadRemovesTheExpiredItem_givesPythonsYoungerOne() throws Exception {
    AtomicReference<JsonFileBobStore> opened = new AtomicReference<>();
    AtomicReference<Thread> started = new AtomicReference<>();
    CompletableFuture<Optional<StoredBob>> second = new CompletableFuture<>();
    tended.files =
        new DelegatingOperations() {
          @Override
          public void rename(Path from, Path to) throws IOException {
            Thread other = new Thread(() -> complete(second, () -> opened.get().get(TWO_WORDS)));
            if (from.endsWith(TWO_WORDS.safeName()) && started.compareAndSet(null, other)) {
              other.start();
              while (other.getState() != Thread.State.WAITING && !second.isDone()) {
                Thread.onSpinWait();
              }
            }
            super.rename(from, to);
          }
        };
    try (JsonFileBobStore store = expiredBesidePythonsYoungerOne()) {
      opened.set(store);
      assertThat(store.get(TWO_WORDS)).as("first").isPresent();
      assertThat(second.get(30, TimeUnit.SECONDS)).as("second").isPresent();
    }
  }

  private static <T> void complete(CompletableFuture<T> future, Callable<T> call) {
    try {
      future.complete(call.call());
    } catch (Exception e) {
      future.completeExceptionally(e);
    }
  }

  /** No file of ours can be moved away from its name. */
  private void keepInPlace() {
    tended.files =
        new DelegatingOperations() {
          @Override
          public void rename(Path from, Path to) throws IOException {
            if (from.endsWith(TWO_WORDS.safeName())) {
              throw new IOException("busy");
            }
            super.rename(from, to);
          }
        };
  }

  private JsonFileBobStore expiredBesidePythonsYoungerOne() throws IOException {
    JsonFileBobStore store = tended.open();
    store.put(Items.expiring(TWO_WORDS, "ours", tended.clock.instant().plusSeconds(10)));
    Files.setLastModifiedTime(
        directory.resolve(TWO_WORDS.safeName()), FileTime.from(Instant.EPOCH));
    pythons();
    tended.clock.jump(Duration.ofSeconds(20));
    return store;
  }

  private void pythons() throws IOException {
    Files.writeString(
        directory.resolve("Two words"),
        "{\"data\":\"Y291Y291\",\"type\":\"text/plain\",\"cid\":\"Two words\"}");
  }
}
