package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.bobbin.testservers.TinyNameServer;
import dev.bobbin.testservers.TinyNameServer.Srv;
import dev.bobbin.xmpp.api.ConnectionState;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import dev.bobbin.xmpp.core.XmppRuntime;
import dev.bobbin.xmpp.testkit.LoopbackServer;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Connecting and being disconnected again and again, in every way, leaves nothing behind: what a
 * process that runs for months lives on.
 */
@Isolated("looks at threads, files and heap of the whole JVM")
@Tag("one-path")
class CyclesTest {
  private static final int WARM = 50;
  private static final int CYCLES = 200;

  /** One way in eight keeps its client. */
  private static final int CLIENTS = CYCLES * 7 / 8;

  /**
   * For what is neither a client nor a socket, and would grow by 14 KiB a cycle. What is below that
   * is not told from what the JVM itself takes: for classes, and data of compiled code.
   */
  private static final long HEAP_TOLERANCE = 2 * 1024 * 1024;

  private final List<WeakReference<XmppClient>> clients = new ArrayList<>();
  private final Set<String> othersThreads = BobbinThreads.now();

  private LoopbackServer server;
  private LoopbackServer elsewhere;
  private Cutter cutter;
  private Cutter proxy;
  private TinyNameServer names;
  private WatchedTls tls;
  private XmppRuntime runtime;

  private record Use(long files, long heap) {}

  @BeforeEach
  void start() throws Exception {
    server =
        LoopbackServer.builder("example.org")
            .certificateOf(Stage.IDENTITY)
            .account("juliet", "r0m30")
            .mechanisms("PLAIN", "SCRAM-SHA-256")
            .directTls()
            .start();
    elsewhere =
        LoopbackServer.builder("example.org")
            .certificateOf(Stage.IDENTITY)
            .account("juliet", "r0m30")
            .mechanisms("PLAIN")
            .redirectOverTlsTo("127.0.0.1", server.address().getPort())
            .start();
    cutter = Cutter.before(server.address());
    proxy = Cutter.proxyTo(server.address());
    Srv nobody = new Srv(1, 1, closedPort(), "localhost");
    Srv here = new Srv(2, 1, server.address().getPort(), "localhost");
    names = TinyNameServer.withRecords(nobody, here);
    tls = new WatchedTls(server.clientContext()); // one for all, so that TLS sessions are resumed
    runtime = XmppRuntime.create();
  }

  @AfterEach
  void stop() throws Exception {
    runtime.close();
    names.close();
    proxy.close();
    cutter.close();
    elsewhere.close();
    server.close();
  }

  private static int closedPort() throws Exception {
    try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return once.getLocalPort();
    }
  }

  /** Those of the runtime: what other tests have left is theirs. */
  private Set<String> threads() {
    Set<String> threads = new TreeSet<>(BobbinThreads.now());
    threads.removeAll(othersThreads);
    return threads;
  }

  /** Threads of pools wait for their next task; a connection's own have none. */
  private boolean noThreadOfAConnection() {
    return threads().stream()
        .noneMatch(name -> name.startsWith("bobbin-reader-") || name.startsWith("bobbin-dialler-"));
  }

  private static long files() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
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
  @Timeout(120)
  void cycles_200InEveryWay_leaveThreadsFilesAndHeapWhereTheyWere() throws Exception {
    Use warm = new Use(0, 0);
    try (XmppClient again = client("r0m30").build()) {
      for (int i = 1; i <= CYCLES; i++) {
        cycle(i, again);
        if (i == WARM) {
          warm = use();
        }
      }
    }
    Use before = warm;
    Use now = use();

    assertThat(within20Seconds(() -> files() <= before.files()))
        .as("open files: " + before.files() + " before, now " + files())
        .isTrue();
    assertThat(now.heap()).isLessThan(before.heap() + HEAP_TOLERANCE);
    assertThat(clients).hasSize(CLIENTS).allMatch(client -> client.refersTo(null));
    assertThat(tls.all()).isGreaterThan(CYCLES * 3 / 4); // but for those that were cut early
    assertThat(tls.held()).as("TLS sockets of connections that have ended").isZero();

    runtime.close(); // which lets what runs end: what does not is stuck
    assertThat(within20Seconds(() -> threads().isEmpty())).as("left: " + threads()).isTrue();
  }

  private Use use() {
    assertThat(within20Seconds(() -> server.sessions().isEmpty())).as("sessions").isTrue();
    assertThat(within20Seconds(this::noThreadOfAConnection)).as("left: " + threads()).isTrue();
    return new Use(files(), heap());
  }

  /** Most by PLAIN, since a key takes longer to derive than the rest of a cycle. */
  private XmppClientBuilder anywhere(String password) {
    return XmppClient.builder(Stage.JULIET, password)
        .tls(tls.context())
        .mechanisms("PLAIN")
        .discoverPlugins(false)
        .runtime(runtime);
  }

  private XmppClientBuilder client(String password) {
    return anywhere(password).host("127.0.0.1", server.address().getPort());
  }

  private void cycle(int i, XmppClient again) throws Exception {
    switch (i % 8) {
      case 0 -> succeeds(client("r0m30").mechanisms("SCRAM-SHA-256"));
      case 1 -> { // lost, and connected again by the same client
        again.connect().get(20, TimeUnit.SECONDS);
        server.disconnectAll();
        again.disconnected().handle((ended, failure) -> true).get(20, TimeUnit.SECONDS);
        assertThat(again.state()).isEqualTo(ConnectionState.DISCONNECTED);
      }
      case 2 -> fails(client("wrong"));
      case 3 -> { // cut in the middle of a login, each time somewhere else
        cutter.cutAfter(i * 8);
        fails(anywhere("r0m30").host("127.0.0.1", cutter.port()));
      }
      case 4 -> succeeds(anywhere("r0m30").directTls("127.0.0.1", server.directTlsPort()));
      case 5 -> succeeds(anywhere("r0m30").nameServer(names.address())); // the second is there
      case 6 -> succeeds(anywhere("r0m30").host("127.0.0.1", elsewhere.address().getPort()));
      default -> {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", proxy.port());
        succeeds(client("r0m30").proxy(new Proxy(Proxy.Type.HTTP, address)));
      }
    }
  }

  private void succeeds(XmppClientBuilder builder) throws Exception {
    XmppClient client = builder.build();
    assertThat(client.connect().get(20, TimeUnit.SECONDS)).isEqualTo(Stage.JULIET);
    client.close();
    clients.add(new WeakReference<>(client));
  }

  private void fails(XmppClientBuilder builder) throws Exception {
    XmppClient client = builder.build();
    boolean failed = client.connect().handle((jid, e) -> e != null).get(20, TimeUnit.SECONDS);
    assertThat(failed).isTrue();
    assertThat(client.state()).isEqualTo(ConnectionState.DISCONNECTED);
    client.close();
    clients.add(new WeakReference<>(client));
  }
}
