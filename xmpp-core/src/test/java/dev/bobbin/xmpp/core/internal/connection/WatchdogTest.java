package dev.bobbin.xmpp.core.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a step that takes too long ends: one server among several, or the login. */
@Timeout(60)
class WatchdogTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(1);

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final CompletableFuture<ConnectionException> end = new CompletableFuture<>();

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  private Watchdog watchdog(Duration stepTimeout, Duration loginTimeout) {
    ConnectionStates states = new ConnectionStates(Runnable::run);
    return new Watchdog(timer, stepTimeout, loginTimeout, states.begin("begun"), end::complete);
  }

  private static ConnectionException failure(String message) {
    return new ConnectionException(Reason.PROTOCOL, message, null);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void step_tooLongWithOneServer_endsThatOneAlone() throws Exception {
    CountDownLatch closed = new CountDownLatch(2);
    try (Watchdog watchdog = watchdog(LONG, LONG)) {
      watchdog.beginTarget();
      watchdog.guard(closed::countDown);
      watchdog.guard(closed::countDown);
      watchdog.step("waiting", SHORT);
      await(closed);

      assertThatThrownBy(() -> watchdog.step("going on")).hasMessageContaining("while waiting");
      ConnectionException why = watchdog.leaveTarget(failure("socket closed"));
      assertThat(why.reason()).isEqualTo(Reason.TIMED_OUT);
      watchdog.beginTarget();
      watchdog.step("trying another");
      assertThat(watchdog.ended()).isNull();
      assertThat(end).isNotDone();
    }
  }

  @Test
  void guard_serverWasEnded_closesWhatComesLate() throws Exception {
    CountDownLatch closed = new CountDownLatch(2);
    try (Watchdog watchdog = watchdog(LONG, LONG)) {
      CountDownLatch first = new CountDownLatch(1);
      watchdog.beginTarget();
      watchdog.guard(first::countDown);
      watchdog.step("waiting", SHORT);
      await(first);

      Closeable late = closed::countDown;
      assertThatThrownBy(() -> watchdog.guard(late)).hasMessageContaining("while waiting");
      assertThatThrownBy(watchdog::keepTarget).hasMessageContaining("while waiting");
      assertThat(closed.getCount()).isEqualTo(1);
    }
  }

  @Test
  void step_tooLongOnceAServerIsKept_endsTheLogin() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (Watchdog watchdog = watchdog(LONG, LONG)) {
      watchdog.beginTarget();
      watchdog.guard(closed::countDown);
      watchdog.keepTarget();
      watchdog.step("authenticating", SHORT);
      await(closed);

      assertThat(end.get(20, TimeUnit.SECONDS)).hasMessageContaining("while authenticating");
    }
  }

  @Test
  void loginTooLong_withOneOfSeveralServers_tellsOfThoseBefore() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    List<String> closed = new ArrayList<>();
    timer.execute(
        () -> {
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    try (Watchdog watchdog = watchdog(LONG, SHORT)) {
      watchdog.beginTarget();
      watchdog.guard(() -> closed.add("first"));
      watchdog.leaveTarget(failure("no STARTTLS"));
      assertThat(closed).containsExactly("first");
      watchdog.beginTarget();
      watchdog.step("trying the second");
      go.countDown();

      ConnectionException late = end.get(20, TimeUnit.SECONDS);
      assertThat(late).hasMessageContaining("while trying the second");
      assertThat(late.getSuppressed()).hasSize(1);
      assertThatThrownBy(watchdog::beginTarget).isSameAs(late);
    }
  }

  /** As if each timer had begun to run just before it was cancelled. */
  private static final class LateTimer extends ScheduledThreadPoolExecutor {
    private final List<Runnable> tasks = new ArrayList<>();

    LateTimer() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      tasks.add(task);
      return super.schedule(() -> {}, 1, TimeUnit.HOURS);
    }

    /** The first is that of the whole login. */
    void fireStep(int number) {
      tasks.get(number).run();
    }
  }

  private Watchdog lateWatchdog(LateTimer late) {
    ConnectionStates states = new ConnectionStates(Runnable::run);
    return new Watchdog(late, LONG, LONG, states.begin("begun"), end::complete);
  }

  @Test
  void stepTimer_firesWhenItsServerWasLeft_endsNothing() {
    LateTimer late = new LateTimer();
    try (Watchdog watchdog = lateWatchdog(late)) {
      watchdog.beginTarget();
      watchdog.step("waiting for the first");
      watchdog.leaveTarget(failure("refused"));
      late.fireStep(1);

      assertThat(watchdog.ended()).isNull();
      assertThat(end).isNotDone();
    } finally {
      late.shutdownNow();
    }
  }

  @Test
  void stepTimer_firesWhenTheNextServerIsTried_leavesThatOneAlone() {
    LateTimer late = new LateTimer();
    List<String> closed = new ArrayList<>();
    try (Watchdog watchdog = lateWatchdog(late)) {
      watchdog.beginTarget();
      watchdog.step("waiting for the first");
      watchdog.leaveTarget(failure("refused"));
      watchdog.beginTarget();
      watchdog.guard(() -> closed.add("second"));
      late.fireStep(1);

      assertThat(closed).isEmpty();
      watchdog.step("waiting for the second");
      watchdog.keepTarget();
      assertThat(end).isNotDone();
    } finally {
      late.shutdownNow();
    }
  }

  @Test
  void lastWord_serverTakesNothing_isCutShortAndChangesNoOutcome() {
    CountDownLatch closed = new CountDownLatch(1);
    try (Watchdog watchdog = watchdog(LONG, LONG)) {
      watchdog.guard(closed::countDown);
      watchdog.lastWord(
          () -> {
            try {
              await(closed);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            throw new IOException("closed");
          },
          SHORT);

      assertThat(closed.getCount()).isZero();
      assertThat(watchdog.ended()).isNull();
      watchdog.step("going on elsewhere");
      assertThat(end).isNotDone();
    }
  }

  @Test
  void lastWord_itsTimerFiresWhenItWasSaid_closesNothing() {
    LateTimer late = new LateTimer();
    List<String> closed = new ArrayList<>();
    try (Watchdog watchdog = lateWatchdog(late)) {
      watchdog.lastWord(() -> {});
      watchdog.guard(() -> closed.add("the next"));
      late.fireStep(1);

      assertThat(closed).isEmpty();
    } finally {
      late.shutdownNow();
    }
  }
}
