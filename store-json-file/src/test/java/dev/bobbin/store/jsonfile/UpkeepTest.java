package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.StoreUsage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpkeepTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path directory;
  private Tended tended;

  @BeforeEach
  void tend() {
    tended = new Tended(directory);
  }

  @Test
  void round_expiredItems_areRemovedThoughNobodyReadsThem() throws Exception {
    try (JsonFileBobStore store = tended.open()) {
      store.put(expiring(Items.hosted("a")));
      store.put(expiring(Items.verified("b")));
      store.put(expiring(Items.verified("x".repeat(300))));
      store.put(Items.item(Items.hosted("stays"), "x"));
      tended.timer.round();
      assertThat(store.usage().orElseThrow().entries()).isEqualTo(4);
      tended.clock.jump(HOUR);
      tended.timer.round();
      assertThat(Items.names(directory)).containsExactly("_received", "stays");
      assertThat(Items.names(tended.received())).isEmpty();
      tended.assertCounted(store);
    }
  }

  @Test
  void round_afterARestart_removesWhatHasExpiredBefore() throws Exception {
    try (JsonFileBobStore store = tended.open()) {
      store.put(expiring(Items.hosted("a")));
    }
    tended.clock.jump(HOUR);
    try (JsonFileBobStore store = tended.open()) {
      tended.timer.round();
      assertThat(Items.names(directory)).containsExactly("_received");
      tended.assertCounted(store);
    }
  }

  @Test
  void round_clockThatJumpsBack_removesNothingBeforeItsTime() throws Exception {
    try (JsonFileBobStore store = tended.open()) {
      store.put(expiring(Items.hosted("a")));
      tended.clock.jump(HOUR);
      tended.clock.jump(HOUR.negated());
      tended.timer.round();
      assertThat(store.get(Items.hosted("a"))).isPresent();
      tended.clock.jump(HOUR.multipliedBy(100_000));
      tended.timer.round();
      assertThat(Items.names(directory)).containsExactly("_received");
    }
  }

  @Test
  void round_clockThatJumpsBackBeforeTheRemoval_removesNothing() throws Exception {
    Path file = directory.resolve("a");
    tended.files =
        new DelegatingOperations() {
          @Override
          public void rename(Path from, Path to) throws IOException {
            if (from.getFileName().toString().equals("a")) {
              tended.clock.jump(HOUR.negated());
            }
            super.rename(from, to);
          }
        };
    try (JsonFileBobStore store = tended.open()) {
      store.put(expiring(Items.hosted("a")));
      tended.clock.jump(HOUR);
      tended.timer.round();
      assertThat(file).exists();
      assertThat(store.get(Items.hosted("a"))).isPresent();
      tended.assertCounted(store);
    }
  }

  @Test
  void round_whatDoesNotExpire_isNotReadAgainUntilSomethingHasExpired() throws Exception {
    try (JsonFileBobStore store = tended.open()) {
      store.put(expiring(Items.hosted("a")));
      store.put(Items.item(Items.hosted("quiet"), "x"));
      Path quiet = directory.resolve("quiet");
      FileTime old = FileTime.from(Instant.now().minus(HOUR));
      Files.setLastModifiedTime(quiet, old);
      tended.timer.round();
      // As nobody does it: another content, and no other time.
      String expired =
          Files.readString(quiet)
              .replace("\"stored_at\"", "\"expires_at\":\"2000-01-01T00:00:00Z\",\"stored_at\"");
      Files.writeString(quiet, expired);
      Files.setLastModifiedTime(quiet, old);
      tended.timer.round();
      assertThat(quiet).exists();
      tended.clock.jump(HOUR);
      tended.timer.round();
      assertThat(Items.names(directory)).containsExactly("_received");
    }
  }

  @Test
  void round_damagedAndForeignFiles_stayAndCount() throws Exception {
    try (JsonFileBobStore store = tended.open()) {
      store.put(expiring(Items.hosted("a")));
      String content = Files.readString(directory.resolve("a"));
      Files.writeString(directory.resolve("damaged"), content);
      Files.writeString(directory.resolve("Foreign.json"), content);
      Files.writeString(tended.received().resolve("a"), content);
      Files.createSymbolicLink(directory.resolve("link"), directory.resolve("a"));
      tended.clock.jump(HOUR);
      tended.timer.round();
      assertThat(Items.names(directory))
          .containsExactly("Foreign.json", "_received", "damaged", "link");
      assertThat(Items.names(tended.received())).containsExactly("a");
      assertThat(store.usage().orElseThrow())
          .isEqualTo(new StoreUsage(3L * content.length(), 3, true, 0));
      assertThat(tended.warnings).isEmpty();
    }
  }

  @Test
  void round_isOver_rests() throws Exception {
    try (JsonFileBobStore store = tended.open()) {
      tended.timer.round();
      assertThat(tended.timer.waiting()).hasSize(1);
      assertThat(store.usage().orElseThrow().entries()).isZero();
    }
  }

  @Test
  void pauses_areInProportionToTheWork() {
    assertThat(Upkeep.pause(Duration.ZERO)).isEqualTo(Upkeep.SHORTEST_PAUSE);
    assertThat(Upkeep.pause(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(4));
    assertThat(Upkeep.rest(Duration.ofSeconds(1))).isEqualTo(Upkeep.SHORTEST_REST);
    assertThat(Upkeep.rest(Duration.ofSeconds(60))).isEqualTo(Duration.ofMinutes(99));
  }

  @Test
  void close_whileItRests_leavesNoTask() throws Exception {
    JsonFileBobStore store = tended.open();
    assertThat(tended.timer.waiting()).hasSize(1);
    store.close();
    store.close();
    assertThat(tended.timer.waiting()).isEmpty();
  }

  @Test
  void close_whileAStepTrims_endsItAfterTheFileThatItIsAt() throws Exception {
    try (JsonFileBobStore store = tended.open()) {
      for (int i = 0; i < 10; i++) {
        store.put(Items.item(Items.verified("r" + i), "x"));
      }
    }
    AtomicReference<JsonFileBobStore> open = new AtomicReference<>();
    tended.files =
        new DelegatingOperations() {
          @Override
          public void delete(Path file) throws IOException {
            super.delete(file);
            if (open.get() != null) {
              open.get().close();
            }
          }
        };
    open.set(tended.open(1_000_000, 2));
    tended.timer.round();
    assertThat(Items.names(tended.received())).hasSize(9);
  }

  @Test
  void names_whenNobodyWantsThemAnyMore_areNotReadOn() throws Exception {
    for (int i = 0; i < 10; i++) {
      Files.createFile(directory.resolve("x" + i));
    }
    AtomicInteger asked = new AtomicInteger();
    assertThatThrownBy(
            () ->
                DirectoryNames.after(
                    directory,
                    "",
                    10,
                    DirectoryNames.until(() -> asked.incrementAndGet() == 3, any -> true)))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(asked).hasValue(3);
  }

  @Test
  void close_whenATaskIsHandedOverAlready_nothingIsDoneAnyMore() throws Exception {
    Deque<Runnable> handedOver = new ArrayDeque<>();
    tended.executor = handedOver::add;
    JsonFileBobStore store = tended.open();
    store.put(expiring(Items.hosted("a")));
    tended.clock.jump(HOUR);
    tended.timer.ring();
    store.close();
    handedOver.remove().run();
    assertThat(tended.timer.waiting()).isEmpty();
    assertThat(directory.resolve("a")).exists();
  }

  @Test
  void forgottenStore_isNotHeldByTheTimer() throws Exception {
    WeakReference<JsonFileBobStore> store = new WeakReference<>(tended.open());
    for (int i = 0; i < 100 && store.get() != null; i++) {
      System.gc();
    }
    assertThat(store.get()).isNull();
    tended.timer.ring();
    assertThat(tended.timer.waiting()).isEmpty();
  }

  @Test
  void executorThatRefuses_isTriedAgainLater() throws Exception {
    assertTriedAgainWith(
        task -> {
          throw new RejectedExecutionException("full");
        });
  }

  @Test
  void executorThatFails_isTriedAgainLaterAndSaid() throws Exception {
    assertTriedAgainWith(
        task -> {
          throw new IllegalStateException("shut down");
        });
    assertThat(tended.warnings)
        .containsExactly(
            "The executor takes no work in the background for the store in "
                + directory.toRealPath()
                + ": shut down. It is tried again in ten minutes; close the store before its"
                + " executor (docs/errors.md#store-background)");
  }

  @Test
  void executorThatDropsTasks_isTriedAgainLater() throws Exception {
    assertTriedAgainWith(task -> {});
  }

  private void assertTriedAgainWith(Executor executor) throws Exception {
    tended.executor = executor;
    try (JsonFileBobStore store = tended.open()) {
      store.put(expiring(Items.hosted("a")));
      tended.clock.jump(HOUR);
      tended.timer.ring();
      assertThat(tended.timer.waiting().get(0).delay()).isEqualTo(Upkeep.SHORTEST_REST);
      tended.executor = Runnable::run;
      tended.timer.round();
      assertThat(directory.resolve("a")).doesNotExist();
    }
  }

  @Test
  void executorThatIsLate_hasOneTaskWaiting() throws Exception {
    Deque<Runnable> handedOver = new ArrayDeque<>();
    tended.executor = handedOver::add;
    try (JsonFileBobStore store = tended.open()) {
      store.put(expiring(Items.hosted("a")));
      tended.timer.ring();
      tended.timer.ring();
      handedOver.remove().run();
      assertThat(tended.timer.waiting()).hasSize(1);
      handedOver.remove().run();
      assertThat(tended.timer.waiting()).hasSize(1);
    }
    assertThat(tended.timer.waiting()).isEmpty();
  }

  @Test
  void directoryThatCannotBeRead_isSaidAndTriedAgain() throws Exception {
    try (JsonFileBobStore store = tended.open()) {
      store.put(expiring(Items.verified("a")));
      Path away = directory.resolveSibling(directory.getFileName() + "-away");
      Files.move(tended.received(), away);
      tended.timer.round();
      assertThat(tended.warnings)
          .containsExactly(
              "Could not look through all of "
                  + directory.toRealPath()
                  + " for what has expired and how much is there: Could not read "
                  + directory.toRealPath().resolve("_received")
                  + ": no such file. Check its owner and the disk (docs/errors.md#store-read)."
                  + " It is tried again in ten minutes");
      Files.move(away, tended.received());
      tended.clock.jump(HOUR);
      tended.timer.round();
      assertThat(Items.names(tended.received())).isEmpty();
      tended.assertCounted(store);
    }
  }

  @Test
  void timerOfTheJdk_runsTasksOnAnotherThreadThanItsOwn() throws Exception {
    CompletableFuture<String> ranBy = new CompletableFuture<>();
    Timer.OF_THE_JDK.after(
        Duration.ofNanos(1), () -> ranBy.complete(Thread.currentThread().getName()));
    assertThat(ranBy.get(60, TimeUnit.SECONDS)).doesNotContainIgnoringCase("DelayScheduler");
  }

  private StoredBob expiring(BobKey key) {
    return Items.expiring(key, "x", Items.STORED.plus(HOUR));
  }
}
