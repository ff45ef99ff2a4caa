package dev.bobbin.xmpp.core.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The queue to the network, before a network that takes bytes only when the test says so. */
@Timeout(30)
class OutboundTest {
  private static final int BLOCK = 64 * 1024;

  private final Gate network = new Gate();
  private final ExecutorService writers = Executors.newCachedThreadPool();
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final List<ConnectionException> failures = new CopyOnWriteArrayList<>();
  private final Outbound outbound = new Outbound(network, writers, workers, failures::add);

  @AfterEach
  void stop() {
    network.open.countDown();
    writers.shutdownNow();
    workers.shutdownNow();
  }

  /** Takes bytes once it is opened. */
  private static final class Gate extends OutputStream {
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);
    final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    volatile RuntimeException failure;

    @Override
    public void write(int b) {
      throw new UnsupportedOperationException("blocks are written");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      reached.countDown();
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      if (failure != null) {
        throw failure;
      }
      taken.write(bytes, offset, length);
    }

    String text() {
      return taken.toString(StandardCharsets.UTF_8);
    }
  }

  private static byte[] block() {
    return new byte[BLOCK];
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A thread that waits, found by its state and not by the time that passes. */
  private static Thread waiting(Runnable task) throws InterruptedException {
    Thread thread = new Thread(task);
    thread.start();
    while (thread.getState() != Thread.State.WAITING) {
      assertThat(thread.isAlive()).as("the thread has to wait").isTrue();
      Thread.onSpinWait();
    }
    return thread;
  }

  private void fillToHighWater() throws InterruptedException {
    for (int filled = 0; filled <= Outbound.HIGH_WATER; filled += BLOCK) {
      assertThat(outbound.post(block(), true)).isNull();
    }
    assertThat(network.reached.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void sendIf_unwantedWhenThereIsRoom_isNotSent() throws Exception {
    fillToHighWater();
    AtomicBoolean wanted = new AtomicBoolean(true);
    CompletableFuture<CompletableFuture<Boolean>> dropped = new CompletableFuture<>();
    Thread sender =
        waiting(() -> dropped.complete(outbound.sendIf(bytes("old"), true, wanted::get)));
    wanted.set(false);
    network.open.countDown();
    sender.join(20_000);

    assertThat(dropped.join()).isCompletedWithValue(false);
    wanted.set(true);
    assertThat(outbound.sendIf(bytes("new"), true, wanted::get))
        .succeedsWithin(Duration.ofSeconds(20))
        .isEqualTo(true);
    assertThat(network.text()).endsWith("\0new").doesNotContain("old");
  }

  @Test
  void send_aboveHighWater_waitsUntilThereIsRoom() throws Exception {
    fillToHighWater();
    assertThat(outbound.isCongested()).isTrue();
    CompletableFuture<CompletableFuture<Void>> sent = new CompletableFuture<>();
    Thread sender = waiting(() -> sent.complete(outbound.send(bytes("last"), true)));
    assertThat(sent).isNotDone();

    network.open.countDown();

    sender.join(20_000);
    assertThat(sent.join()).succeedsWithin(Duration.ofSeconds(20));
    assertThat(outbound.flush(20_000)).isTrue();
    assertThat(network.text()).endsWith("last");
    assertThat(outbound.isCongested()).isFalse();
    assertThat(outbound.writingSince()).isZero();
  }

  @Test
  void send_byOneWhoMayNotWait_passesHighWaterUpToTheLimit() throws Exception {
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    sent.add(outbound.send(block(), false));
    assertThat(network.reached.await(20, TimeUnit.SECONDS)).isTrue();
    for (int i = 1; i < Outbound.LIMIT / BLOCK; i++) {
      sent.add(outbound.send(block(), false));
    }
    assertThat(failures).isEmpty();
    assertThat(outbound.writingSince()).isNotZero();
    Thread sender = waiting(() -> outbound.send(block(), true));

    ConnectionException refused = outbound.post(new byte[] {1}, false);

    assertThat(refused)
        .hasMessage("More than 1048576 bytes wait to be sent: the server does not read");
    assertThat(refused.reason()).isEqualTo(Reason.OVERLOADED);
    assertThat(failures).containsExactly(refused);
    sender.join(20_000);
    assertThat(sender.isAlive()).isFalse();
    network.open.countDown();
    assertThat(sent.get(sent.size() - 1))
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .withCause(refused);
    assertThat(outbound.post(block(), true)).isSameAs(refused);
    assertThat(failures).hasSize(1);
  }

  @Test
  void send_oneThatIsLargerThanTheLimit_hasRoomInAnEmptyQueue() throws Exception {
    network.open.countDown();

    assertThat(outbound.send(new byte[Outbound.LIMIT + 1], false))
        .succeedsWithin(Duration.ofSeconds(20));
  }

  @Test
  void post_whileAWriteGoesOn_leavesInOrder() throws Exception {
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      expected.append(i).append(';');
      assertThat(outbound.post(bytes(i + ";"), true)).isNull();
    }
    network.open.countDown();

    assertThat(outbound.flush(20_000)).isTrue();
    assertThat(network.text()).isEqualTo(expected.toString());
  }

  @Test
  void postLast_queueIsFull_isWrittenAfterAllAndWakesWhoWaits() throws Exception {
    while (outbound.post(block(), false) == null && !outbound.isCongested()) {
      // Until high water.
    }
    CompletableFuture<CompletableFuture<Void>> late = new CompletableFuture<>();
    Thread sender = waiting(() -> late.complete(outbound.send(bytes("late"), true)));

    outbound.postLast(bytes("</end>"));
    outbound.postLast(bytes("</twice>"));

    sender.join(20_000);
    assertThat(late.join())
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .havingCause()
        .withMessage("The connection is being closed");
    network.open.countDown();
    assertThat(outbound.flush(20_000)).isTrue();
    assertThat(network.text()).endsWith("</end>");
    assertThat(outbound.post(bytes("late"), false)).hasMessage("The connection is being closed");
    assertThat(failures).isEmpty();
  }

  @Test
  void drain_writeFailsUnchecked_failsWhatWaitsInsteadOfHanging() throws Exception {
    network.failure = new IllegalStateException("broken");
    CompletableFuture<Void> sent = outbound.send(bytes("one"), false);
    network.open.countDown();

    assertThat(sent)
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(ConnectionException.class)
        .withMessage("The connection was lost: java.lang.IllegalStateException: broken");
    assertThat(outbound.flush(20_000)).isFalse();
    assertThat(failures).hasSize(1);
    assertThat(outbound.post(bytes("two"), true)).isSameAs(failures.get(0));
  }

  @Test
  void post_runtimeIsClosed_isRefusedAndNothingWaits() throws Exception {
    writers.shutdown();

    assertThat(outbound.post(bytes("one"), true)).hasMessage("The runtime was closed");
    outbound.postLast(bytes("</end>"));
    assertThat(outbound.flush(20_000)).isTrue();
  }

  @Test
  void send_interruptedWhileWaiting_saysSo() throws Exception {
    fillToHighWater();
    CompletableFuture<CompletableFuture<Void>> sent = new CompletableFuture<>();
    Thread sender = waiting(() -> sent.complete(outbound.send(bytes("x"), true)));

    sender.interrupt();

    assertThat(sent.get(20, TimeUnit.SECONDS))
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .havingCause()
        .withMessage("Interrupted while waiting for room to send");
    assertThat(failures).isEmpty();
  }
}
