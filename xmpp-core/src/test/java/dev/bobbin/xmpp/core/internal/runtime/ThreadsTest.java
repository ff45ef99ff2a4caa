package dev.bobbin.xmpp.core.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which threads there are: virtual where the JVM has them, always daemons. */
@Timeout(30)
class ThreadsTest {
  private final Threads threads = new Threads();

  @AfterEach
  void stop() {
    threads.close();
  }

  private static Thread ranOn(java.util.function.Consumer<Runnable> starter) throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    starter.accept(() -> thread.complete(Thread.currentThread()));
    return thread.get(20, TimeUnit.SECONDS);
  }

  private static boolean isVirtual(Thread thread) throws Exception {
    if (Runtime.version().feature() < 21) {
      return false;
    }
    Method isVirtual = Thread.class.getMethod("isVirtual");
    return (boolean) isVirtual.invoke(thread);
  }

  @Test
  void threads_onThisJvm_areVirtualFromTwentyOneOn() throws Exception {
    boolean virtual = Runtime.version().feature() >= 21;
    Thread worker = ranOn(threads.workers()::execute);
    Thread writer = ranOn(threads.writers()::execute);
    Thread reader = ranOn(threads::startReader);
    Thread timer = ranOn(task -> threads.timer().schedule(task, 0, TimeUnit.SECONDS));

    assertThat(worker.getName()).startsWith("bobbin-worker-");
    assertThat(writer.getName()).startsWith("bobbin-writer-");
    assertThat(reader.getName()).startsWith("bobbin-reader-");
    assertThat(timer.getName()).startsWith("bobbin-timer-");
    for (Thread thread : new Thread[] {worker, writer, reader}) {
      assertThat(isVirtual(thread)).isEqualTo(virtual);
      assertThat(thread.isDaemon()).isTrue();
    }
    assertThat(isVirtual(timer)).isFalse();
    assertThat(timer.isDaemon()).isTrue();
  }

  @Test
  void onReader_isTrueOnAReaderOnly() throws Exception {
    CompletableFuture<Boolean> reader = new CompletableFuture<>();
    CompletableFuture<Boolean> worker = new CompletableFuture<>();
    threads.startReader(() -> reader.complete(threads.onReader()));
    threads.workers().execute(() -> worker.complete(threads.onReader()));

    assertThat(reader.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(worker.get(20, TimeUnit.SECONDS)).isFalse();
    assertThat(threads.onReader()).isFalse();
    assertThat(new Threads().onReader()).isFalse();
  }

  @Test
  void close_endsWhatWaitsAndTakesNoMore() throws Exception {
    CompletableFuture<Void> release = new CompletableFuture<>();
    CompletableFuture<String> running = new CompletableFuture<>();
    threads
        .workers()
        .execute(
            () -> {
              release.join();
              running.complete("ended");
            });
    threads.close();
    threads.close();

    assertThatThrownBy(() -> threads.workers().execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
    CompletableFuture<Thread> here = new CompletableFuture<>();
    Handover.to(threads.workers(), () -> here.complete(Thread.currentThread()));
    assertThat(here.join()).isSameAs(Thread.currentThread());
    release.complete(null);
    assertThat(running.get(20, TimeUnit.SECONDS)).isEqualTo("ended");
  }
}
