package dev.bobbin.xmpp.core.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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

  @Test
  void workers_moreWaitThanThereMayBe_refusesTheLastAndGoesOn() throws Exception {
    try (Threads few = new Threads(2, 6, false)) {
      CompletableFuture<Void> release = new CompletableFuture<>();
      BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
      for (int i = 0; i < 20; i++) {
        few.workers()
            .execute(
                () -> {
                  try {
                    release.join();
                    outcomes.add("waited");
                  } catch (RejectedExecutionException e) {
                    outcomes.add("refused");
                  }
                });
      }

      assertThat(outcomes.poll(20, TimeUnit.SECONDS)).isEqualTo("refused");
      few.workers().execute(() -> release.complete(null));
      int waited = 0;
      for (int i = 1; i < 20; i++) {
        waited += "waited".equals(outcomes.poll(20, TimeUnit.SECONDS)) ? 1 : 0;
      }
      assertThat(waited).isBetween(1, 6);
    }
  }

  @Test
  void workers_lastOneWaitsForACondition_isWokenAllTheSame() throws Exception {
    // Senders wait for room in this way, and must not lose the lock when they cannot be replaced.
    try (Threads one = new Threads(1, 1, false)) {
      ReentrantLock lock = new ReentrantLock();
      Condition room = lock.newCondition();
      CountDownLatch locked = new CountDownLatch(1);
      CompletableFuture<String> outcome = new CompletableFuture<>();
      one.workers()
          .execute(
              () -> {
                lock.lock();
                try {
                  locked.countDown();
                  room.await();
                  outcome.complete("woken, and the lock is held: " + lock.isHeldByCurrentThread());
                } catch (Throwable e) {
                  outcome.completeExceptionally(e);
                } finally {
                  lock.unlock();
                }
              });
      assertThat(locked.await(20, TimeUnit.SECONDS)).isTrue();
      lock.lock();
      try {
        room.signalAll();
      } finally {
        lock.unlock();
      }

      assertThat(outcome.get(20, TimeUnit.SECONDS)).isEqualTo("woken, and the lock is held: true");
    }
  }
}
