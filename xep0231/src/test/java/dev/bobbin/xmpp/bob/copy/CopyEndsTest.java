package dev.bobbin.xmpp.bob.copy;

import static dev.bobbin.xmpp.bob.copy.WatchedStore.key;
import static dev.bobbin.xmpp.bob.copy.WatchedStore.refusing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.spi.ItemRefusedException;
import dev.bobbin.xmpp.bob.spi.Page;
import dev.bobbin.xmpp.bob.spi.StoreFullException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a copy ends before its end, and how it is begun again. */
class CopyEndsTest {
  private static final CopyOptions BY_TEN = CopyOptions.defaults().withPageSize(10);

  private final WatchedStore from = new WatchedStore(call -> {});
  private final WatchedStore to = new WatchedStore(call -> {});

  @AfterEach
  void forgetInterrupt() {
    boolean interrupted = Thread.interrupted();
    assertThat(interrupted).as("no test leaves its thread interrupted").isFalse();
  }

  @Test
  void copy_listenerThrows_endsWithThat() {
    from.fill(25);
    IllegalStateException enough = new IllegalStateException("enough");
    assertThatThrownBy(
            () ->
                BobStores.copy(
                    from,
                    to,
                    BY_TEN.withProgress(
                        report -> {
                          throw enough;
                        })))
        .isSameAs(enough);
    assertThat(to.items).hasSize(10);
  }

  /** It makes no room by itself, and a million refused puts would tell nothing more. */
  @Test
  void copy_toIsFull_ends() {
    from.fill(100);
    List<BobKey> tooMany = Stream.iterate(30, i -> i + 1).limit(70).map(i -> key(i)).toList();
    StoreFullException full = new StoreFullException("no room");
    CopyException ended =
        catchThrowableOfType(
            CopyException.class, () -> BobStores.copy(from, refusing(tooMany, full)));
    assertThat(ended).hasMessageContaining("no room").hasCause(full);
    assertThat(ended.report().count(CopyOutcome.COPIED)).isEqualTo(30);
    assertThat(ended.report().count(CopyOutcome.FAILED)).isEqualTo(20);
  }

  @Test
  void copy_problemsListenerThrows_endsWithThat() {
    from.fill(1);
    IllegalStateException enough = new IllegalStateException("enough");
    CopyOptions options =
        CopyOptions.defaults()
            .withProblems(
                problem -> {
                  throw enough;
                });
    WatchedStore strict = refusing(List.of(key(0)), new ItemRefusedException("too large"));
    assertThatThrownBy(() -> BobStores.copy(from, strict, options)).isSameAs(enough);
  }

  @Test
  void copy_manyFailInARow_endsAndCarriesWhatWasDone() {
    from.fill(100);
    List<BobKey> failing = Stream.iterate(15, i -> i + 1).limit(85).map(i -> key(i)).toList();
    IOException away = new IOException("it is away");
    CopyException ended =
        catchThrowableOfType(
            CopyException.class,
            () -> BobStores.copy(from, refusing(failing, away), BY_TEN.withMostFailures(7)));
    assertThat(ended)
        .hasMessageContainingAll("7 items in a row", "it is away", "docs/errors.md#copy-ended")
        .hasCause(away);
    assertThat(ended.report().count(CopyOutcome.COPIED)).isEqualTo(15);
    assertThat(ended.report().count(CopyOutcome.FAILED)).isEqualTo(7);
    assertThat(ended.report().isComplete()).isFalse();
    // Of the page in whose midst it ended.
    assertThat(ended.report().cursor()).contains("after " + key(19).safeName());
  }

  @Test
  void copy_listingFails_endsAndCanGoOn() throws Exception {
    from.fill(25);
    AtomicInteger scans = new AtomicInteger();
    WatchedStore failing =
        new WatchedStore(
            call -> {
              if (call.equals("scan") && scans.incrementAndGet() == 2) {
                throw new IOException("the disk is gone");
              }
            });
    failing.items.putAll(from.items);
    CopyException ended =
        catchThrowableOfType(CopyException.class, () -> BobStores.copy(failing, to, BY_TEN));
    assertThat(ended).hasMessageContainingAll("cannot be listed", "the disk is gone");
    String cursor = ended.report().cursor().orElseThrow();
    CopyReport rest = BobStores.copy(failing, to, BY_TEN.withCursor(cursor));
    assertThat(rest.count(CopyOutcome.COPIED)).isEqualTo(15);
    assertThat(to.items).isEqualTo(from.items);
  }

  @Test
  void copy_listingGoesInACircle_ends() {
    WatchedStore circle =
        new WatchedStore(call -> {}) {
          @Override
          public Page<BobKey> scan(@Nullable String cursor, int limit) {
            return new Page<>(List.of(), "again");
          }
        };
    assertThatThrownBy(() -> BobStores.copy(circle, to))
        .isInstanceOf(CopyException.class)
        .hasMessageContaining("does not go on");
  }

  @Test
  void copy_cursorOfNoStore_isRefused() {
    assertThatThrownBy(() -> BobStores.copy(from, to, BY_TEN.withCursor("7")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no cursor: 7");
  }

  @Test
  void copy_toItself_isRefused() {
    assertThatThrownBy(() -> BobStores.copy(from, from))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a map cannot be copied to itself");
  }

  @Test
  void copyException_written_saysThatItCannotBe() throws Exception {
    CopyException ended = new CopyException("ended", null, BobStores.copy(from, to));
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      assertThatThrownBy(() -> out.writeObject(ended))
          .isInstanceOf(NotSerializableException.class)
          .hasMessage(CopyReport.class.getName());
    }
  }

  @Test
  void copy_interrupted_endsAndStaysInterrupted() {
    from.fill(25);
    CopyOptions options = BY_TEN.withProgress(report -> Thread.currentThread().interrupt());
    CopyException ended =
        catchThrowableOfType(CopyException.class, () -> BobStores.copy(from, to, options));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(ended).hasCauseInstanceOf(InterruptedIOException.class);
    assertThat(ended.report().examined()).isEqualTo(10);
    assertThat(ended.report().cursor()).contains("after " + key(9).safeName());
  }

  @Test
  void copy_storeIsInterrupted_endsAndIsInterrupted() {
    from.fill(3);
    InterruptedIOException problem = new InterruptedIOException("while it waited");
    CopyException ended =
        catchThrowableOfType(
            CopyException.class, () -> BobStores.copy(from, refusing(List.of(key(1)), problem)));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(ended).hasCause(problem);
    assertThat(ended.report().examined()).isEqualTo(1);
  }

  /** An error where no store throws one: as if the process ended there. */
  @Test
  void copy_killedAtAnyCall_isCompletedByAnother() throws Exception {
    from.fill(12);
    int calls = 1;
    while (isKilledAt(calls)) {
      CopyReport report = BobStores.copy(from, to);
      assertThat(report.examined()).isEqualTo(12);
      assertThat(to.items).isEqualTo(from.items);
      to.items.clear();
      calls++;
    }
    assertThat(calls).isEqualTo(1 + 2 + 12 * 5 + 2 + 12);
    assertThat(to.items).isEqualTo(from.items);
  }

  private boolean isKilledAt(int call) throws IOException {
    AtomicInteger calls = new AtomicInteger();
    WatchedStore.Watcher killer =
        each -> {
          if (calls.incrementAndGet() == call) {
            throw new Killed();
          }
        };
    WatchedStore source = new WatchedStore(killer);
    WatchedStore target = new WatchedStore(killer);
    source.items.putAll(from.items);
    try {
      BobStores.copy(source, target, BY_TEN);
      return false;
    } catch (Killed e) {
      return true;
    } finally {
      to.items.putAll(target.items);
    }
  }

  /** The end of the process. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }
}
