package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.Registration;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a plugin wants done later. Tasks become due in the order of their delays. */
@Timeout(60)
class DelayedTaskTest {
  private static final Duration SOON = Duration.ofMillis(10);
  private static final Duration LATER = Duration.ofMillis(30);
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  private final BlockingQueue<String> done = new LinkedBlockingQueue<>();
  private final XmppRuntime runtime = XmppRuntime.create();
  private final TestPlugin plugin = new TestPlugin("a");
  private final TestPlugin other = new TestPlugin("b");
  private final XmppClient client =
      XmppClient.builder(Jid.of("juliet@example.org"), "r0m30")
          .discoverPlugins(false)
          .runtime(runtime)
          .plugin(plugin)
          .plugin(other)
          .build();

  @AfterEach
  void close() {
    client.close();
    runtime.close();
  }

  /** What the timer still has to do. */
  private Queue<Runnable> waiting() {
    return ((ScheduledThreadPoolExecutor) runtime.threads().timer()).getQueue();
  }

  private String next() throws InterruptedException {
    return done.poll(20, TimeUnit.SECONDS);
  }

  @Test
  void after_delayIsOver_runsOnceOnAWorker() throws Exception {
    plugin.context().after(SOON, () -> done.add(Thread.currentThread().getName()));
    assertThat(next()).startsWith("bobbin-worker-");

    plugin.context().after(LATER, () -> done.add("later"));
    assertThat(next()).isEqualTo("later");
    assertThat(done).isEmpty();
  }

  @Test
  void after_delayThatIsNone_runsAtOnceOrIsRefused() throws Exception {
    plugin.context().after(Duration.ofSeconds(Long.MIN_VALUE), () -> done.add("long ago"));

    assertThat(next()).isEqualTo("long ago");
    assertThatThrownBy(() -> plugin.context().after(null, () -> {}))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("delay");
  }

  @Test
  void after_endlessDelay_doesNotRunAtOnce() throws Exception {
    plugin.context().after(Duration.ofSeconds(Long.MAX_VALUE), () -> done.add("endless"));
    plugin.context().after(SOON, () -> done.add("soon"));

    assertThat(next()).isEqualTo("soon");
    assertThat(done).isEmpty();
  }

  @Test
  void after_calledOff_doesNotRun() {
    Registration task = plugin.context().after(A_MINUTE, () -> done.add("called off"));
    assertThat(waiting()).hasSize(1);
    task.close();
    task.close();

    assertThat(waiting()).isEmpty();
  }

  @Test
  void after_pluginTurnedOff_doesNotRunAndTakesNoMore() {
    plugin.context().after(A_MINUTE, () -> done.add("off"));
    other.context().after(A_MINUTE, () -> done.add("on"));
    client.disablePlugin("a");

    assertThat(waiting()).as("the other plugin's").hasSize(1);
    assertThatThrownBy(() -> plugin.context().after(SOON, () -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("docs/errors.md#plugin-off");
  }

  @Test
  void after_taskThatThrows_harmsNoOther() throws Exception {
    plugin
        .context()
        .after(
            SOON,
            () -> {
              throw new AssertionError("a task of a test that fails");
            });
    plugin.context().after(LATER, () -> done.add("later"));

    assertThat(next()).isEqualTo("later");
  }
}
