package dev.bobbin.xmpp.bob.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.Settings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StoreContextTest {
  private static final Jid ALICE = Jid.of("alice@example.org");

  @Test
  void of_fullJid_isItsBareJidAndTheDefaults() {
    StoreContext context = StoreContext.of(ALICE.withResource("phone"));
    assertThat(context.account()).isEqualTo(ALICE);
    assertThat(context.settings().keys()).isEmpty();
    assertThat(context.maxItemBytes()).isEqualTo(8192);
  }

  @Test
  void executor_default_runsTasksOnAnotherThread() {
    CompletableFuture<Thread> ran = new CompletableFuture<>();
    StoreContext.of(ALICE).executor().execute(() -> ran.complete(Thread.currentThread()));
    assertThat(ran).succeedsWithin(10, TimeUnit.SECONDS).isNotSameAs(Thread.currentThread());
  }

  @Test
  void with_each_changesThatOnlyAndInACopy() {
    StoreContext first = StoreContext.of(ALICE);
    Settings settings = Settings.of("memory", Map.of("max-bytes", "2048"));
    InstantSource clock = () -> Instant.EPOCH;
    Executor executor = task -> {};
    StoreContext last =
        first.withSettings(settings).withClock(clock).withExecutor(executor).withMaxItemBytes(1);
    assertThat(List.of(last.account(), last.settings(), last.clock(), last.executor()))
        .containsExactly(ALICE, settings, clock, executor);
    assertThat(last.maxItemBytes()).isEqualTo(1);
    assertThat(first.settings().keys()).isEmpty();
    assertThat(first.maxItemBytes()).isEqualTo(8192);
  }

  @Test
  void withMaxItemBytes_belowOne_isRefused() {
    assertThatThrownBy(() -> StoreContext.of(ALICE).withMaxItemBytes(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an item holds at least 1 byte, not 0");
  }
}
