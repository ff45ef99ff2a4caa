package dev.bobbin.xmpp.core.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.ConnectionState;
import dev.bobbin.xmpp.api.StateChange;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.core.internal.connection.ConnectionStates.Lifecycle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is told of a change, with workers that run when the test says so. */
@Timeout(60)
class ConnectionStatesTest {
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final ConnectionStates states = new ConnectionStates(tasks::add);
  private final List<String> heard = new ArrayList<>();

  private void runWorkers() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private static String line(StateChange change) {
    return change.from() + " " + change.to() + " " + change.reason();
  }

  private static ConnectionException failure(String message) {
    return new ConnectionException(Reason.DISCONNECTED, message, null);
  }

  @Test
  void change_untilWorkersRun_isVisibleAndToldToNobody() {
    states.onChange(change -> heard.add(line(change)));
    Lifecycle life = states.begin("begun");
    life.move(ConnectionState.SECURING, "found");

    assertThat(states.state()).isEqualTo(ConnectionState.SECURING);
    assertThat(heard).isEmpty();
    assertThat(tasks).as("one task drains").hasSize(1);
    runWorkers();
    assertThat(heard).containsExactly("DISCONNECTED CONNECTING begun", "CONNECTING SECURING found");
  }

  @Test
  void begin_whileAnotherGoesOn_isRefused() {
    Lifecycle life = states.begin("begun");

    assertThatThrownBy(() -> states.begin("again"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The client is connected or connecting already");
    life.end("over");
    assertThat(states.begin("again").hasEnded()).isFalse();
  }

  @Test
  void lifecycle_afterItsEnd_changesNothing() {
    Lifecycle old = states.begin("begun");
    ConnectionException first = failure("first");
    assertThat(old.fail(first)).isSameAs(first);
    Lifecycle next = states.begin("again");
    states.onChange(change -> heard.add(line(change)));

    assertThat(old.fail(failure("second"))).isSameAs(first);
    assertThat(old.end("well")).isSameAs(first);
    old.move(ConnectionState.SECURING, "late");
    old.retry("late", first);
    old.closing("late", null);
    assertThat(old.connect("late", () -> heard.add("put into the slot"))).isFalse();
    runWorkers();
    assertThat(heard).isEmpty();
    assertThat(next.hasEnded()).isFalse();
    assertThat(states.state()).isEqualTo(ConnectionState.CONNECTING);
  }

  @Test
  void connect_doesWhatIsGivenBeforeAnybodyIsToldAndInOneGo() {
    Lifecycle life = states.begin("begun");
    states.onChange(change -> heard.add(line(change)));

    assertThat(life.connect("done", () -> heard.add("in " + states.state()))).isTrue();
    runWorkers();
    assertThat(heard).containsExactly("in CONNECTING", "CONNECTING CONNECTED done");
  }

  @Test
  void retry_whileConnecting_isToldWithWhatWentWrong() {
    ConnectionException refused = failure("refused");
    List<StateChange> changes = new ArrayList<>();
    Lifecycle life = states.begin("begun");
    states.onChange(changes::add);
    life.retry("trying b", refused);
    life.move(ConnectionState.SECURING, "found");
    life.move(ConnectionState.SECURING, "found again");
    life.retry("trying c", refused);
    runWorkers();

    assertThat(changes)
        .containsExactly(
            new StateChange(
                ConnectionState.CONNECTING,
                ConnectionState.CONNECTING,
                "trying b",
                Optional.of(refused)),
            new StateChange(
                ConnectionState.CONNECTING, ConnectionState.SECURING, "found", Optional.empty()),
            new StateChange(
                ConnectionState.SECURING,
                ConnectionState.CONNECTING,
                "trying c",
                Optional.of(refused)));
  }

  @Test
  void failUnlessConnected_onceConnected_leavesIt() {
    Lifecycle life = states.begin("begun");
    life.move(ConnectionState.CONNECTED, "done");

    assertThat(life.failUnlessConnected(failure("given up"))).isFalse();
    life.closing("closing", null);
    assertThat(life.failUnlessConnected(failure("given up"))).isFalse();
    life.end("over");
    assertThat(life.failUnlessConnected(failure("given up"))).isTrue();
    assertThat(life.end("again")).as("ended in good order").isNull();
  }

  @Test
  void failure_isInTheChangeWithItsMessage() {
    List<StateChange> changes = new ArrayList<>();
    states.onChange(changes::add);
    ConnectionException cause = failure("The connection was lost");
    Lifecycle life = states.begin("begun");
    life.closing("because", cause);
    life.fail(cause);
    runWorkers();

    assertThat(changes)
        .containsExactly(
            new StateChange(
                ConnectionState.DISCONNECTED,
                ConnectionState.CONNECTING,
                "begun",
                Optional.empty()),
            new StateChange(
                ConnectionState.CONNECTING, ConnectionState.CLOSING, "because", Optional.of(cause)),
            new StateChange(
                ConnectionState.CLOSING,
                ConnectionState.DISCONNECTED,
                "The connection was lost",
                Optional.of(cause)));
  }

  @Test
  void listener_thatThrows_isToldTheNextAndSoAreTheOthers() {
    states.onChange(
        change -> {
          heard.add("failing " + change.to());
          throw new OutOfMemoryError("only pretended");
        });
    states.onChange(change -> heard.add("well " + change.to()));
    states.begin("begun").end("over");
    runWorkers();

    assertThat(heard)
        .containsExactlyInAnyOrder(
            "failing CONNECTING", "failing DISCONNECTED", "well CONNECTING", "well DISCONNECTED");
  }

  @Test
  void listener_closed_isToldNothingMore() {
    Registration registration = states.onChange(change -> heard.add(line(change)));
    states.onChange(change -> heard.add("other " + change.to()));
    Lifecycle life = states.begin("begun");
    registration.close();
    life.end("over");
    registration.close();
    runWorkers();

    assertThat(heard).containsExactly("other CONNECTING", "other DISCONNECTED");
  }

  @Test
  void listener_thatTakesNothing_isTakenAwayAtTheBound() {
    List<StateChange> others = new ArrayList<>();
    states.onChange(change -> heard.add(line(change)));
    for (int i = 0; i < ConnectionStates.MOST_WAITING / 2; i++) {
      states.begin("begun").end("over");
    }
    states.onChange(others::add);
    states.begin("one too many").end("over");
    runWorkers();

    assertThat(heard).as("no gaps: nothing at all").isEmpty();
    assertThat(others).hasSize(2);
  }

  @Test
  void listener_withAFullQueueThatWakes_isToldAll() {
    states.onChange(change -> heard.add(line(change)));
    for (int i = 0; i < ConnectionStates.MOST_WAITING / 2; i++) {
      states.begin("begun").end("over");
    }
    runWorkers();

    assertThat(heard).hasSize(ConnectionStates.MOST_WAITING);
  }

  @Test
  void change_workersClosed_isMadeAllTheSame() {
    ConnectionStates closed =
        new ConnectionStates(
            task -> {
              throw new RejectedExecutionException();
            });
    closed.onChange(change -> heard.add(line(change)));
    Lifecycle life = closed.begin("begun");
    life.end("over");

    assertThat(closed.state()).isEqualTo(ConnectionState.DISCONNECTED);
    assertThat(heard).isEmpty();
  }

  @Test
  void listeners_manyThreadsChange_seeAllInOneOrderAndNeverTwoAtOnce() throws Exception {
    ExecutorService workers = Executors.newFixedThreadPool(4);
    try {
      ConnectionStates shared = new ConnectionStates(workers);
      int lives = 100;
      List<StateChange> first = new ArrayList<>();
      List<StateChange> second = new ArrayList<>();
      AtomicInteger inside = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      CountDownLatch last = new CountDownLatch(2 * lives);
      shared.onChange(
          change -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            first.add(change);
            inside.decrementAndGet();
            if (change.to() == ConnectionState.DISCONNECTED) {
              last.countDown();
            }
          });
      shared.onChange(
          change -> {
            second.add(change);
            if (change.to() == ConnectionState.DISCONNECTED) {
              last.countDown();
            }
          });
      Thread[] threads = new Thread[2];
      for (int i = 0; i < lives; i++) {
        Lifecycle life = shared.begin("begun");
        threads[0] = new Thread(() -> life.move(ConnectionState.CONNECTED, "done"));
        threads[1] = new Thread(() -> life.failUnlessConnected(failure("given up")));
        for (Thread thread : threads) {
          thread.start();
        }
        for (Thread thread : threads) {
          thread.join();
        }
        life.end("over");
      }

      assertThat(last.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(most).hasValue(1);
      assertThat(second).isEqualTo(first);
      ConnectionState state = ConnectionState.DISCONNECTED;
      for (StateChange change : first) {
        assertThat(change.from()).isEqualTo(state);
        state = change.to();
      }
    } finally {
      workers.shutdownNow();
    }
  }
}
