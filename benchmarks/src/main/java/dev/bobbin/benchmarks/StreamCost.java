package dev.bobbin.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.bobbin.xmpp.core.internal.stream.StreamLimits;
import dev.bobbin.xmpp.core.internal.stream.StreamReader;
import dev.bobbin.xmpp.core.internal.stream.StreamViolation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** What reading a stream costs the thread that reads it. */
final class StreamCost {
  /** No bound that a shape meets, but those without which nothing could be in proportion. */
  static final StreamLimits UNBOUNDED =
      new StreamLimits(
          Integer.MAX_VALUE,
          StreamLimits.LOGGED_IN.maxDepth(),
          Integer.MAX_VALUE,
          StreamLimits.LOGGED_IN.maxNamespaceLength(),
          Integer.MAX_VALUE,
          Long.MAX_VALUE);

  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private StreamCost() {}

  /** Reads a stream to where it ends or is refused, and gives how many events there were. */
  static int read(byte[] stream, int bytesPerRead, StreamLimits limits) {
    StreamReader reader = new StreamReader(new Drip(stream, bytesPerRead), limits, "jabber:client");
    int events = 0;
    try {
      for (Optional<?> next = reader.next(); next.isPresent(); next = reader.next()) {
        events++;
      }
    } catch (StreamViolation e) {
      // A refusal ends it as well.
    } catch (IOException e) {
      throw new AssertionError("bytes in memory do not fail", e);
    }
    return events;
  }

  /** Processor time of this thread for one reading. */
  static long cpuNanos(byte[] stream, int bytesPerRead) {
    long before = THREAD.getCurrentThreadCpuTime();
    read(stream, bytesPerRead, UNBOUNDED);
    return THREAD.getCurrentThreadCpuTime() - before;
  }

  /** Bytes that this thread allocated for one reading. */
  static long allocatedBytes(byte[] stream, int bytesPerRead) {
    long thread = Thread.currentThread().getId();
    long before = THREAD.getThreadAllocatedBytes(thread);
    read(stream, bytesPerRead, UNBOUNDED);
    return THREAD.getThreadAllocatedBytes(thread) - before;
  }

  /** Gives a few bytes a read, as a peer does that wants to be waited for. */
  private static final class Drip extends InputStream {
    private final ByteArrayInputStream bytes;
    private final int most;

    Drip(byte[] stream, int most) {
      this.bytes = new ByteArrayInputStream(stream);
      this.most = most;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return bytes.read(into, offset, Math.min(length, most));
    }
  }
}
