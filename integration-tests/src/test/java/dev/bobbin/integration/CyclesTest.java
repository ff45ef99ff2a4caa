package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.bobbin.xmpp.api.ConnectionState;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import dev.bobbin.xmpp.core.XmppRuntime;
import dev.bobbin.xmpp.testkit.LoopbackServer;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Connecting and being disconnected again and again, in every way, leaves nothing behind: what a
 * process that runs for months lives on.
 */
@Isolated("looks at threads, files and heap of the whole JVM")
class CyclesTest {
  private static final int WARM = 50;
  private static final int CYCLES = 200;

  /**
   * One connection that stays would show: its buffers alone are 16 KiB and more, its TLS as much
   * again, so 150 of them are above 4 MiB. What is left to the JVM: classes, compiled code's data.
   */
  private static final long HEAP_TOLERANCE = 2 * 1024 * 1024;

  private final List<WeakReference<XmppClient>> gone = new ArrayList<>();

  private record Use(int threads, long files, long heap) {}

  private static int threads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("bobbin-reader-"))
            .count();
  }

  private static long files() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  private static void collect() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
  }

  private static long heap() {
    collect();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** For what ends a moment after it was told to: the server's own side of a connection. */
  private static boolean within20Seconds(BooleanSupplier reached) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(1_000_000);
    }
    return true;
  }

  @Test
  @Timeout(60)
  void cycles_200InEveryWay_leaveThreadsFilesAndHeapWhereTheyWere() throws Exception {
    try (LoopbackServer server =
            LoopbackServer.builder("example.org").account("juliet", "r0m30").start();
        Cutter cutter = new Cutter(server.address());
        XmppRuntime runtime = XmppRuntime.create();
        XmppClient again = client(server, runtime, "r0m30").build()) {
      Use warm = new Use(0, 0, 0);
      for (int i = 1; i <= CYCLES; i++) {
        cycle(i, server, cutter, runtime, again);
        if (i == WARM) {
          assertThat(within20Seconds(() -> server.sessions().isEmpty())).isTrue();
          assertThat(within20Seconds(() -> threads() == 0)).isTrue();
          warm = new Use(threads(), files(), heap());
        }
      }
      Use before = warm;

      assertThat(within20Seconds(() -> threads() <= before.threads())).as("readers").isTrue();
      assertThat(within20Seconds(() -> files() <= before.files()))
          .as("open files: " + before.files() + " before, now " + files())
          .isTrue();
      assertThat(heap()).isLessThan(before.heap() + HEAP_TOLERANCE);
      assertThat(gone).hasSize(CYCLES * 3 / 4).allMatch(client -> client.refersTo(null));
    }
  }

  private static XmppClientBuilder client(
      LoopbackServer server, XmppRuntime runtime, String password) {
    SSLContext tls = server.clientContext(); // one for all, so that TLS sessions are resumed
    return XmppClient.builder(Stage.JULIET, password)
        .host("127.0.0.1", server.address().getPort())
        .tls(tls)
        .discoverPlugins(false)
        .runtime(runtime);
  }

  private void cycle(
      int i, LoopbackServer server, Cutter cutter, XmppRuntime runtime, XmppClient again)
      throws Exception {
    switch (i % 4) {
      case 0 -> { // closed by the client
        XmppClient client = client(server, runtime, "r0m30").build();
        client.connect().get(20, TimeUnit.SECONDS);
        client.close();
        gone.add(new WeakReference<>(client));
      }
      case 1 -> { // lost, and connected again by the same client
        again.connect().get(20, TimeUnit.SECONDS);
        server.disconnectAll();
        again.disconnected().handle((ended, failure) -> true).get(20, TimeUnit.SECONDS);
        assertThat(again.state()).isEqualTo(ConnectionState.DISCONNECTED);
      }
      case 2 -> // refused
          fails(client(server, runtime, "wrong"));
      default -> { // cut in the middle of a login, each time somewhere else
        cutter.cutAfter(i * 8);
        fails(client(server, runtime, "r0m30").host("127.0.0.1", cutter.port()));
      }
    }
  }

  private void fails(XmppClientBuilder builder) throws Exception {
    XmppClient client = builder.build();
    boolean failed = client.connect().handle((jid, e) -> e != null).get(20, TimeUnit.SECONDS);
    assertThat(failed).isTrue();
    assertThat(client.state()).isEqualTo(ConnectionState.DISCONNECTED);
    client.close();
    gone.add(new WeakReference<>(client));
  }
}
