package dev.bobbin.benchmarks;

import dev.bobbin.testservers.ProsodyServer;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.core.XmppClient;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Gets bits of binary of 1 KiB from one client to another over a Prosody of its own, all on this
 * machine, and prints what that takes beside two references: a TCP echo over a relay with as many
 * bytes, and a bare IQ between the same clients.
 *
 * <p>{@code cpu us} is the processor time of this process for one exchange: of both clients, and of
 * the relay in the echo. {@code srv us} is that of Prosody, which has one thread: the nearer the
 * rate is to 1e6 / {@code srv us}, the more it is Prosody that is measured.
 */
public final class EndToEndBench {
  private static final String DOMAIN = "example.org";
  private static final String PASSWORD = "pencil";
  private static final int ITEM_BYTES = 1024;

  /** A request and its answer for such an item, as text between client and server. */
  private static final int REQUEST_BYTES = 190;

  private static final int RESPONSE_BYTES = 1620;

  private EndToEndBench() {}

  /**
   * Runs it.
   *
   * @param arguments none; see {@code bench.runs} and {@code bench.seconds} in the build
   * @throws Exception when something cannot be started, or an exchange fails
   */
  public static void main(String[] arguments) throws Exception {
    BenchSettings settings = BenchSettings.of(System::getProperty);
    System.out.printf(
        "Java %s, %d processors, load %.1f; %d runs of %d s%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        settings.runs(),
        settings.run().toSeconds());
    try (ProsodyServer server =
            ProsodyServer.start(
                DOMAIN, Map.of(ClientPair.HOST, PASSWORD, ClientPair.FETCHER, PASSWORD));
        ClientPair clients =
            ClientPair.connect(
                local ->
                    XmppClient.builder(Jid.of(local, DOMAIN, "bench"), PASSWORD)
                        .host("127.0.0.1", server.port())
                        .trust(server.certificate()),
                ITEM_BYTES);
        EchoReference echo = new EchoReference(REQUEST_BYTES, RESPONSE_BYTES)) {
      Bench bench =
          new Bench(
              settings,
              List.of(echo, clients.ping(), clients.fetch()),
              () -> server.process().info().totalCpuDuration().orElse(Duration.ZERO));
      System.out.print(bench.run().table());
    }
  }
}
