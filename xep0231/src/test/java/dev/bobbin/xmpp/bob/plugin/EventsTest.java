package dev.bobbin.xmpp.bob.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobException.Reason;
import dev.bobbin.xmpp.bob.ContentId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventsTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org/orchard");
  private static final Jid JULIET = Jid.of("juliet@example.org/balcony");

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Events events = new Events(tasks::add);
  private final List<BobEvent> told = new ArrayList<>();

  private static BobEvent event(int number) {
    return new BobEvent.Rejected(ROMEO, JULIET, ContentId.of("x" + number), Reason.NO_DATA);
  }

  private void work() {
    Runnable task = tasks.poll();
    while (task != null) {
      task.run();
      task = tasks.poll();
    }
  }

  @Test
  @DisplayName("B10: each listener is told of each event, in their order")
  void tell_several_areToldInOrderByOneTask() {
    events.add(told::add);
    events.tell(event(1));
    events.tell(event(2));
    assertThat(tasks).hasSize(1);
    assertThat(told).isEmpty();

    work();
    assertThat(told).containsExactly(event(1), event(2));
    events.tell(event(3));
    work();
    assertThat(told).containsExactly(event(1), event(2), event(3));
  }

  @Test
  void tell_listenerThatFails_keepsNothingFromOthers() {
    events.add(
        event -> {
          throw new AssertionError("a listener of a test that fails");
        });
    events.add(told::add);
    events.tell(event(1));
    events.tell(event(2));
    work();

    assertThat(told).containsExactly(event(1), event(2));
  }

  @Test
  void close_oneOfTwoRegistrationsOfAListener_leavesTheOther() {
    Consumer<BobEvent> listener = told::add;
    events.add(listener);
    Registration second = events.add(listener);
    second.close();
    second.close();
    events.tell(event(1));
    work();

    assertThat(told).containsExactly(event(1));
  }

  @Test
  void tell_nobodyListens_keepsNothing() {
    events.tell(event(1));
    assertThat(tasks).isEmpty();
    events.add(told::add);
    work();

    assertThat(told).isEmpty();
  }

  @Test
  @DisplayName("B10: more than may wait are dropped, and the next ones told of again")
  void tell_moreThanMayWait_dropsTheLatestAndGoesOnAfterwards() {
    events.add(told::add);
    for (int i = 0; i < Events.MOST_WAITING + 10; i++) {
      events.tell(event(i));
    }
    work();
    assertThat(told).hasSize(Events.MOST_WAITING);
    assertThat(told.get(Events.MOST_WAITING - 1)).isEqualTo(event(Events.MOST_WAITING - 1));

    events.tell(event(-1));
    work();
    assertThat(told).hasSize(Events.MOST_WAITING + 1);
  }

  @Test
  void tell_moreBytesThanMayWait_dropsTheLatest() {
    Bob half = Bob.of(new byte[(int) Events.MOST_WAITING_BYTES / 2], "a/b");
    events.add(told::add);
    for (int i = 0; i < 3; i++) {
      events.tell(new BobEvent.Received(half, ROMEO, JULIET, false));
    }
    work();
    assertThat(told).hasSize(2);

    events.tell(new BobEvent.Received(half, ROMEO, JULIET, false));
    work();
    assertThat(told).hasSize(3);
  }

  @Test
  void tell_workersHaveEnded_doesNotFail() {
    Events late =
        new Events(
            task -> {
              throw new RejectedExecutionException("ended");
            });
    late.add(told::add);
    late.tell(event(1));
    late.tell(event(2));

    assertThat(told).isEmpty();
  }
}
