package dev.bobbin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LoopbackServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That the benchmark measures what it says; no figure is looked at. */
@Timeout(60)
class BenchTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @Test
  void run_overTheLoopbackServer_givesARowForEachWorkload() throws Exception {
    try (LoopbackServer server =
            LoopbackServer.builder("example.org")
                .account(ClientPair.HOST, "pencil")
                .account(ClientPair.FETCHER, "pencil")
                .start();
        ClientPair clients =
            ClientPair.connect(
                local ->
                    XmppClient.builder(Jid.of(local, "example.org", "bench"), "pencil")
                        .host("127.0.0.1", server.address().getPort())
                        .trust(server.certificate()),
                64);
        EchoReference echo = new EchoReference(10, 100)) {
      BenchSettings settings = new BenchSettings(2, LONG, LONG, 20, List.of(1, 4));

      String table =
          new Bench(
                  settings,
                  List.of(echo, clients.ping(), clients.fetch()),
                  () -> Duration.ofMillis(1))
              .run()
              .table();

      assertThat(table.lines().map(line -> line.substring(0, 19).strip()))
          .containsExactly(
              "in flight workload",
              "1         TCP echo",
              "1         IQ ping",
              "1         bob get",
              "4         TCP echo",
              "4         IQ ping",
              "4         bob get");
    }
  }

  @Test
  void echo_anyWindow_exchangesAsManyAsWereAllowed() throws Exception {
    try (EchoReference echo = new EchoReference(3, 7)) {
      assertThat(echo.run(1, LONG, 5).exchanges()).isEqualTo(5);
      assertThat(echo.run(64, LONG, 200).exchanges()).isEqualTo(200);
      assertThat(echo.run(64, LONG, 10).exchanges()).isEqualTo(10);
    }
  }

  @Test
  void futures_oneThatFails_failsTheRun() {
    IllegalArgumentException cause = new IllegalArgumentException("no");
    Workload failing = new FutureWorkload("failing", () -> CompletableFuture.failedFuture(cause));

    assertThatThrownBy(() -> failing.run(2, LONG, 10)).hasMessage("failing failed").hasCause(cause);
  }

  @Test
  @Timeout(10)
  void futures_aLaterOneThatThrows_failsTheRunAtOnce() {
    IllegalStateException cause = new IllegalStateException("no more");
    AtomicInteger begun = new AtomicInteger();
    Workload failing =
        new FutureWorkload(
            "failing",
            () -> {
              if (begun.incrementAndGet() == 2) {
                throw cause;
              }
              return CompletableFuture.completedFuture("x");
            });

    assertThatThrownBy(() -> failing.run(1, LONG, 10)).hasMessage("failing failed").hasCause(cause);
  }

  @Test
  void percentiles_areExact() {
    long[] latencies = new long[100];
    for (int i = 0; i < 100; i++) {
      latencies[i] = (100 - i) * 1000L;
    }

    Measurement measurement = new Measurement(latencies, 2_000_000_000L, 300_000);

    assertThat(measurement.percentileMicros(50)).isEqualTo(50);
    assertThat(measurement.percentileMicros(95)).isEqualTo(95);
    assertThat(measurement.percentileMicros(99)).isEqualTo(99);
    assertThat(measurement.percentileMicros(100)).isEqualTo(100);
    assertThat(measurement.perSecond()).isEqualTo(50);
    assertThat(measurement.cpuMicrosPerExchange()).isEqualTo(3);
    assertThat(measurement.withServerCpu(Duration.ofMillis(2)).serverCpuMicrosPerExchange())
        .isEqualTo(20);
  }

  @Test
  void ratios_areTakenWithinARun() {
    Report report = new Report(List.of("slow", "fast"));
    for (long seconds : new long[] {1, 2, 4}) {
      report.add(1, "slow", new Measurement(new long[] {1, 1}, seconds * 2_000_000_000L, 1));
      report.add(1, "fast", new Measurement(new long[] {1, 1, 1}, seconds * 1_000_000_000L, 1));
    }

    assertThat(report.table().lines().toList().get(2)).endsWith("  3.000 3.00-3.00");
  }

  @Test
  void middle_ofAnEvenNumber_isTheMeanOfTheMiddleTwo() {
    assertThat(Report.middle(List.of(1.0, 2.0, 4.0, 9.0))).isEqualTo(3.0);
    assertThat(Report.middle(List.of(1.0, 2.0, 9.0))).isEqualTo(2.0);
  }

  @Test
  void settings_areReadAndBounded() {
    assertThat(BenchSettings.of(Map.of("bench.runs", "3", "bench.seconds", "2")::get))
        .isEqualTo(
            new BenchSettings(
                3, Duration.ofSeconds(2), Duration.ofSeconds(2), 1_000_000, List.of(1, 64)));
    assertThatThrownBy(() -> BenchSettings.of(Map.of("bench.runs", "0")::get))
        .hasMessage("bench.runs is 0; it is from 1 to 100");
  }
}
