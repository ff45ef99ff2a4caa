package dev.bobbin.xmpp.core.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What waits for listeners, with workers that work only when told to. */
@Timeout(30)
class ArrivalQueueTest {
  private final ArrayDeque<Runnable> workers = new ArrayDeque<>();
  private final ArrivalQueue queue = new ArrivalQueue(workers::add);
  private final List<Integer> ran = new ArrayList<>();

  private void work() {
    while (!workers.isEmpty()) {
      workers.remove().run();
    }
  }

  private void assertFull(long weight, String waiting) {
    assertThatThrownBy(() -> queue.add(() -> ran.add(-1), weight))
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OVERLOADED))
        .hasMessage(
            "The client's listeners are too slow: "
                + waiting
                + " waited for them and were dropped");
  }

  @Test
  void add_asManyAsThereMayBe_runInOrder() {
    for (int i = 0; i < ArrivalQueue.MOST; i++) {
      int number = i;
      queue.add(() -> ran.add(number), 1);
    }
    work();

    assertThat(ran).hasSize(ArrivalQueue.MOST).isSorted();
  }

  @Test
  void add_oneTooMany_dropsAllAndMakesRoom() {
    for (int i = 0; i < ArrivalQueue.MOST; i++) {
      queue.add(() -> ran.add(0), 2);
    }
    assertFull(2, "10000 messages and presences of 20000 bytes");
    queue.add(() -> ran.add(1), ArrivalQueue.MOST_WEIGHT);
    work();

    assertThat(ran).containsExactly(1);
  }

  @Test
  void add_oneTooHeavy_dropsAllAndMakesRoom() {
    queue.add(() -> ran.add(0), ArrivalQueue.MOST_WEIGHT - 1);
    queue.add(() -> ran.add(0), 1);
    assertFull(1, "2 messages and presences of 16777216 bytes");
    queue.add(() -> ran.add(1), 1);
    work();
    queue.add(() -> ran.add(2), ArrivalQueue.MOST_WEIGHT);
    work();

    assertThat(ran).containsExactly(1, 2);
  }

  @Test
  void add_heavierThanAllMayBe_isTakenWhenNothingWaits() {
    queue.add(() -> ran.add(0), 2 * ArrivalQueue.MOST_WEIGHT);
    assertFull(1, "1 messages and presences of 33554432 bytes");
    queue.add(() -> ran.add(1), 2 * ArrivalQueue.MOST_WEIGHT);
    work();

    assertThat(ran).containsExactly(1);
  }
}
