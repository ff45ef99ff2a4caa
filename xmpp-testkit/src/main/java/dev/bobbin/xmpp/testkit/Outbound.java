package dev.bobbin.xmpp.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits to be written to one session.
 *
 * <p>Concurrency: any thread adds and never waits; one writer thread takes all that waits and
 * writes it at once. So a client that does not read stalls its own writer and nobody else's reader.
 * What waits is bounded in bytes, those being written included; past the bound {@link #send}
 * refuses, and the owner ends the connection, which also frees a stalled writer. The lock is never
 * held during a write.
 */
final class Outbound {
  private final OutputStream out;
  private final int limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private int bytes;
  private boolean finished;
  private boolean stopped;

  Outbound(OutputStream out, int limit) {
    this.out = out;
    this.limit = limit;
  }

  /** Adds something; false when there is no room for it. After the end it is dropped. */
  boolean send(String xml) {
    byte[] encoded = xml.getBytes(StandardCharsets.UTF_8);
    lock.lock();
    try {
      if (finished || stopped) {
        return true;
      }
      if (encoded.length > limit - bytes) {
        return false;
      }
      add(encoded);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Adds the last words, after which the writer ends; false when there have been some already. */
  boolean finish(String xml) {
    byte[] encoded = xml.getBytes(StandardCharsets.UTF_8);
    lock.lock();
    try {
      if (finished || stopped) {
        return false;
      }
      finished = true;
      add(encoded);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Drops what waits; the writer ends. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Writes until it is finished or stopped, or the connection fails. */
  void drain() throws IOException, InterruptedException {
    for (byte[] batch = take(); batch.length > 0; batch = take()) {
      out.write(batch);
      out.flush();
      lock.lock();
      try {
        bytes -= batch.length;
      } finally {
        lock.unlock();
      }
    }
  }

  /** Empty at the end. */
  private byte[] take() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && !finished && !stopped) {
        changed.await();
      }
      ByteArrayOutputStream batch = new ByteArrayOutputStream(bytes);
      waiting.forEach(batch::writeBytes);
      waiting.clear();
      return batch.toByteArray();
    } finally {
      lock.unlock();
    }
  }

  private void add(byte[] encoded) {
    waiting.add(encoded);
    bytes += encoded.length;
    changed.signalAll();
  }
}
