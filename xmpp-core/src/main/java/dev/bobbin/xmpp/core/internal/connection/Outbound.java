package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.core.internal.runtime.Handover;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent on one connection.
 *
 * <p>Anyone enqueues, under a lock that is held for no I/O. At most one task drains the queue: it
 * takes all that is queued, writes it in one go without the lock, and repeats until nothing is
 * left. The order of enqueuing is the order on the wire.
 *
 * <p>Two marks bound the queue. Above {@link #HIGH_WATER} bytes {@link #send} waits (never on a
 * reader, which would stop receiving), and {@link #isCongested} tells the router to refuse
 * requests. An enqueuing that would pass {@link #LIMIT} fails the queue, which ends the connection.
 * A failure is final: it fails what is queued, wakes who waits, and refuses what comes.
 *
 * <p>{@link #postLast} seals the queue: what is queued is still written, and nothing may follow the
 * end of the stream.
 */
final class Outbound {
  static final int HIGH_WATER = 256 * 1024;
  static final int LIMIT = 1024 * 1024;

  /** What TLS sends at once; a stall is looked for between two of them. */
  private static final int CHUNK = 16 * 1024;

  private static final class Item {
    final byte[] bytes;

    /** Told once, on a worker: why it was not written, or null when it was. */
    final @Nullable Consumer<@Nullable Throwable> outcome;

    Item(byte[] bytes, @Nullable Consumer<@Nullable Throwable> outcome) {
      this.bytes = bytes;
      this.outcome = outcome;
    }
  }

  private final OutputStream out;
  private final Executor writers;
  private final Executor workers;
  private final Consumer<ConnectionException> onFailure;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition roomOrIdle = lock.newCondition();
  private final ArrayDeque<Item> queue = new ArrayDeque<>();
  private long queuedBytes;
  private boolean draining;
  private boolean sealed;
  private volatile @Nullable ConnectionException failure;
  private volatile long writingSince;

  /**
   * Makes an empty queue.
   *
   * @param out the socket's stream
   * @param writers runs the draining task
   * @param workers completes the futures that {@link #send} gives
   * @param onFailure told once when writing fails or the queue overflows
   */
  Outbound(
      OutputStream out,
      Executor writers,
      Executor workers,
      Consumer<ConnectionException> onFailure) {
    this.out = out;
    this.writers = writers;
    this.workers = workers;
    this.onFailure = onFailure;
  }

  /** Whether requests from the network should be refused for now. */
  boolean isCongested() {
    lock.lock();
    try {
      return queuedBytes > HIGH_WATER;
    } finally {
      lock.unlock();
    }
  }

  /** Since when the current write has been going on, by {@link System#nanoTime}; 0 for none. */
  long writingSince() {
    return writingSince;
  }

  /**
   * Enqueues bytes, and waits first while too much is queued.
   *
   * @return completes on a worker when the bytes were handed to the operating system
   */
  CompletableFuture<Void> send(byte[] bytes, boolean mayWait) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    Item item = new Item(bytes, failure -> settle(sent, null, failure));
    ConnectionException refused = enqueue(item, mayWait, () -> true);
    if (refused != null) {
      sent.completeExceptionally(refused);
    }
    return sent;
  }

  /**
   * As {@link #send}, unless it is not wanted when its turn to be enqueued has come.
   *
   * @param wanted asked under the lock, so that nothing is enqueued between its word and the bytes
   * @return whether the bytes were handed to the operating system
   */
  CompletableFuture<Boolean> sendIf(byte[] bytes, boolean mayWait, BooleanSupplier wanted) {
    CompletableFuture<Boolean> sent = new CompletableFuture<>();
    Item item = new Item(bytes, failure -> settle(sent, true, failure));
    BooleanSupplier asked = () -> wanted.getAsBoolean() || !sent.complete(false);
    ConnectionException refused = enqueue(item, mayWait, asked);
    if (refused != null) {
      sent.completeExceptionally(refused);
    }
    return sent;
  }

  private static <T> void settle(
      CompletableFuture<T> sent, @Nullable T value, @Nullable Throwable failure) {
    if (failure == null) {
      sent.complete(value);
    } else {
      sent.completeExceptionally(failure);
    }
  }

  /**
   * Enqueues bytes that nobody asks after again.
   *
   * @return why that is not possible; null when it was done
   */
  @Nullable ConnectionException post(byte[] bytes, boolean mayWait) {
    return enqueue(new Item(bytes, null), mayWait, () -> true);
  }

  /**
   * Enqueues the end of the stream, which there is always room for, and refuses what comes after.
   */
  void postLast(byte[] bytes) {
    lock.lock();
    try {
      if (!sealed && failure == null) {
        sealed = true;
        add(new Item(bytes, null));
        roomOrIdle.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable ConnectionException enqueue(
      Item item, boolean mayWait, BooleanSupplier wanted) {
    lock.lock();
    try {
      while (mayWait && failure == null && !sealed && queuedBytes > HIGH_WATER) {
        roomOrIdle.await();
      }
      if (failure != null) {
        return failure;
      }
      if (sealed) {
        return new ConnectionException(
            Reason.NOT_CONNECTED, "The connection is being closed", null);
      }
      if (!wanted.getAsBoolean()) {
        return null;
      }
      if (queuedBytes + item.bytes.length <= LIMIT || queuedBytes == 0) {
        return add(item);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ConnectionException(
          Reason.OVERLOADED, "Interrupted while waiting for room to send", e);
    } finally {
      lock.unlock();
    }
    ConnectionException cause =
        new ConnectionException(
            Reason.OVERLOADED,
            "More than " + LIMIT + " bytes wait to be sent: the server does not read",
            null);
    fail(cause);
    onFailure.accept(cause);
    return cause;
  }

  /** Under the lock. Either the item is queued and will be drained, or it is not queued. */
  private @Nullable ConnectionException add(Item item) {
    if (!draining) {
      try {
        writers.execute(this::drain);
      } catch (RejectedExecutionException e) {
        return new ConnectionException(Reason.NOT_CONNECTED, "The runtime was closed", e);
      }
      draining = true;
    }
    queue.add(item);
    queuedBytes += item.bytes.length;
    return null;
  }

  private void drain() {
    List<Item> batch = new ArrayList<>();
    while (take(batch)) {
      try {
        int written = write(batch);
        lock.lock();
        try {
          queuedBytes -= written;
          if (queuedBytes <= HIGH_WATER) {
            roomOrIdle.signalAll();
          }
        } finally {
          lock.unlock();
        }
        complete(batch, null);
      } catch (IOException | RuntimeException | Error e) {
        // Whatever it is: a queue that nobody drains would keep its senders waiting for ever.
        ConnectionException cause =
            new ConnectionException(Reason.DISCONNECTED, "The connection was lost: " + e, e);
        // First the connection ends: whoever then sees a failed future finds it ended.
        onFailure.accept(cause);
        fail(cause);
        complete(batch, cause);
      }
      batch.clear();
    }
  }

  /** Takes all that is queued; false when there is nothing, and the draining task must end. */
  private boolean take(List<Item> batch) {
    lock.lock();
    try {
      if (queue.isEmpty() || failure != null) {
        draining = false;
        roomOrIdle.signalAll();
        return false;
      }
      batch.addAll(queue);
      queue.clear();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private int write(List<Item> batch) throws IOException {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    batch.forEach(item -> joined.writeBytes(item.bytes));
    byte[] bytes = joined.toByteArray();
    try {
      for (int from = 0; from < bytes.length; from += CHUNK) {
        writingSince = System.nanoTime() | 1;
        out.write(bytes, from, Math.min(CHUNK, bytes.length - from));
      }
      out.flush();
    } finally {
      writingSince = 0;
    }
    return bytes.length;
  }

  /** Fails everything queued and everything that comes; the first cause stays. */
  void fail(ConnectionException cause) {
    List<Item> lost;
    lock.lock();
    try {
      if (failure != null) {
        return;
      }
      failure = cause;
      lost = new ArrayList<>(queue);
      queue.clear();
      queuedBytes = 0;
      roomOrIdle.signalAll();
    } finally {
      lock.unlock();
    }
    complete(lost, cause);
  }

  /**
   * Waits until everything was written, at most for a time.
   *
   * @return whether it was
   */
  boolean flush(long timeoutMillis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    lock.lock();
    try {
      while (draining && failure == null && left > 0) {
        left = roomOrIdle.awaitNanos(left);
      }
      return !draining && failure == null;
    } finally {
      lock.unlock();
    }
  }

  private void complete(List<Item> items, @Nullable Throwable cause) {
    List<Consumer<@Nullable Throwable>> outcomes = new ArrayList<>();
    for (Item item : items) {
      if (item.outcome != null) {
        outcomes.add(item.outcome);
      }
    }
    if (!outcomes.isEmpty()) {
      Handover.to(workers, () -> outcomes.forEach(outcome -> outcome.accept(cause)));
    }
  }
}
