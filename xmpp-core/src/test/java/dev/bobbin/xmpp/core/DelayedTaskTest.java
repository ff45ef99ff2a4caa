package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.Registration;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a plugin wants done later. Tasks become due in the order of their delays. */
@Timeout(60)
class DelayedTaskTest {
  private static final Duration SOON = Duration.ofMillis(10);
  private static final Duration LATER = Duration.ofMillis(30);

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
  void after_endlessDelay_doesNotRunAtOnce() throws Exception {
    plugin.context().after(Duration.ofSeconds(Long.MAX_VALUE), () -> done.add("endless"));
    plugin.context().after(SOON, () -> done.add("soon"));

    assertThat(next()).isEqualTo("soon");
    assertThat(done).isEmpty();
  }

  @Test
  void after_calledOff_doesNotRun() throws Exception {
    Registration task = plugin.context().after(SOON, () -> done.add("called off"));
    plugin.context().after(LATER, () -> done.add("later"));
    task.close();
    task.close();

    assertThat(next()).isEqualTo("later");
    assertThat(done).isEmpty();
  }

  @Test
  void after_pluginTurnedOff_doesNotRunAndTakesNoMore() throws Exception {
    plugin.context().after(SOON, () -> done.add("off"));
    client.disablePlugin("a");
    other.context().after(LATER, () -> done.add("later"));

    assertThat(next()).isEqualTo("later");
    assertThat(done).isEmpty();
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
