package dev.bobbin.xmpp.core.internal.dial;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Which of several addresses is connected to, and what becomes of the others. A head start of an
 * hour is one that only a failure cuts short; one of none lets all begin together.
 */
@Timeout(60)
class AddressRaceTest {
  private static final Duration NEVER = Duration.ofHours(1);

  private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private static FullBacklog hanging;
  private ServerSocket listening;
  private int refusing;

  @BeforeAll
  static void fill() throws IOException {
    hanging = new FullBacklog();
  }

  @AfterAll
  static void empty() throws IOException {
    hanging.close();
  }

  @BeforeEach
  void open() throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refusing = free.getLocalPort();
    }
  }

  /** Each time, whatever the outcome: nothing runs on, and nothing but the winner is open. */
  @AfterEach
  void leavesNothing() throws Exception {
    for (Thread thread : threads) {
      thread.join(20_000);
      assertThat(thread.isAlive()).isFalse();
    }
    listening.close();
  }

  private void assertAllClosedBut(Socket winner) {
    assertThat(attempts)
        .allMatch(attempt -> attempt.socket() == winner || attempt.socket().isClosed());
  }

  private AddressRace race(Duration headStart, int timeoutMillis, Consumer<Attempt> onStart) {
    return new AddressRace(
        task -> {
          Thread thread = new Thread(task, "attempt");
          threads.add(thread);
          thread.start();
        },
        headStart,
        timeoutMillis,
        attempt -> {
          onStart.accept(attempt);
          attempts.add(attempt);
        });
  }

  private AddressRace race(Duration headStart) {
    return race(headStart, 20_000, attempt -> {});
  }

  private static List<Route> routes(int... ports) {
    List<Route> routes = new ArrayList<>();
    for (int port : ports) {
      routes.add(
          new Route(
              "port " + port,
              new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
              null,
              null));
    }
    return routes;
  }

  @Test
  void run_firstHangs_secondWinsAfterTheHeadStart() throws Exception {
    try (Socket winner =
        race(Duration.ofMillis(1)).run(routes(hanging.port(), listening.getLocalPort()))) {
      assertThat(winner.getPort()).isEqualTo(listening.getLocalPort());
      assertThat(winner.getTcpNoDelay()).isTrue();
      assertThat(attempts).hasSize(2);
      assertAllClosedBut(winner);
    }
  }

  @Test
  void run_firstFails_nextBeginsWithoutWaiting() throws Exception {
    AddressRace race = race(NEVER);
    try (Socket winner = race.run(routes(refusing, listening.getLocalPort()))) {
      assertThat(winner.getPort()).isEqualTo(listening.getLocalPort());
      assertThat(race.failures()).containsOnlyKeys("port " + refusing);
      assertAllClosedBut(winner);
    }
  }

  @Test
  void run_firstAccepts_othersAreNotTried() throws Exception {
    try (Socket winner = race(NEVER).run(routes(listening.getLocalPort(), refusing))) {
      assertThat(winner.isConnected()).isTrue();
      assertThat(attempts).hasSize(1);
    }
  }

  @Test
  void run_allAccept_oneIsKeptAndTheOthersAreClosed() throws Exception {
    int port = listening.getLocalPort();
    for (int i = 0; i < 10; i++) {
      attempts.clear();
      try (Socket winner = race(Duration.ZERO).run(routes(port, port, port))) {
        assertThat(winner.isClosed()).isFalse();
        assertAllClosedBut(winner);
      }
    }
  }

  @Test
  void run_allFail_saysHowEachDid() throws Exception {
    AddressRace race = race(NEVER, 50, attempt -> {});

    assertThat(race.run(routes(hanging.port(), refusing))).isNull();

    assertThat(race.failures())
        .hasEntrySatisfying(
            "port " + hanging.port(),
            e -> assertThat(e).isInstanceOf(java.net.SocketTimeoutException.class))
        .hasEntrySatisfying(
            "port " + refusing, e -> assertThat(e).isInstanceOf(java.net.ConnectException.class));
    assertAllClosedBut(null);
  }

  @Test
  void run_attemptsAreClosedFromOutside_endsAndTriesNothingMore() throws Exception {
    RuntimeException givenUp = new IllegalStateException("given up");
    AddressRace race =
        race(
            NEVER,
            20_000,
            attempt -> {
              if (!attempts.isEmpty()) {
                throw givenUp;
              }
              // While it connects or just before: both have to end it.
              CompletableFuture.runAsync(attempt::close);
            });

    assertThatThrownBy(() -> race.run(routes(hanging.port(), listening.getLocalPort())))
        .isSameAs(givenUp);
    assertThat(attempts).hasSize(1);
    assertAllClosedBut(null);
  }

  private List<Route> byProxy(Proxy.Type type) {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getLocalPort());
    return List.of(
        Route.through(new Proxy(type, address), new Endpoint("host.invalid", 1, false), null));
  }

  /** The proxy's time-out is an hour; that no thread is left is seen after each test. */
  @ParameterizedTest
  @EnumSource(names = {"SOCKS", "HTTP"})
  void run_closedWhileAProxyAnswers_nothingIsLeft(Proxy.Type type) throws Exception {
    AddressRace race = race(NEVER, 3_600_000, attempt -> {});
    CompletableFuture<Integer> proxy = CompletableFuture.supplyAsync(this::halfAnAnswer);

    assertThat(race.run(byProxy(type))).isNull();
    assertThat(race.failures().values())
        .singleElement()
        .satisfies(why -> assertThat(why).isInstanceOf(SocketException.class));
    assertThat(proxy.get(20, TimeUnit.SECONDS)).isPositive();
    assertAllClosedBut(null);
  }

  /** Closes the attempt in the midst of it, and returns when the client has left. */
  private int halfAnAnswer() {
    try (Socket client = listening.accept()) {
      int first = client.getInputStream().read();
      client
          .getOutputStream()
          .write(first == 'C' ? "HTTP/1.1 2".getBytes(US_ASCII) : new byte[] {5});
      attempts.get(0).close();
      client.getInputStream().transferTo(OutputStream.nullOutputStream());
      return first;
    } catch (SocketException e) {
      return 1; // The client left before it had read all.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void run_closedBeforeItStarts_isNotConnected() throws Exception {
    AddressRace race = race(NEVER, 3_600_000, Attempt::close);

    assertThat(race.run(byProxy(Proxy.Type.HTTP))).isNull();
    assertThat(race.failures().values())
        .singleElement()
        .satisfies(why -> assertThat(why).hasMessage("given up"));
    threads.get(0).join(20_000);
    assertAllClosedBut(null);
  }

  /** Each byte comes in time, and all of them do not. */
  @ParameterizedTest
  @EnumSource(names = {"SOCKS", "HTTP"})
  void run_proxyDrips_endsByTheTimeOutOfAllOfIt(Proxy.Type type) throws Exception {
    byte[] answer = new byte[300];
    Arrays.fill(answer, (byte) (type == Proxy.Type.HTTP ? 'H' : 255));
    if (type == Proxy.Type.SOCKS) {
      // A greeting, and the beginning of an answer with a name of 255 bytes.
      System.arraycopy(new byte[] {5, 0, 5, 0, 0, 3}, 0, answer, 0, 6);
    }
    ScheduledExecutorService drips = Executors.newSingleThreadScheduledExecutor();
    try {
      drips.execute(
          () -> {
            try {
              OutputStream out = listening.accept().getOutputStream();
              AtomicInteger at = new AtomicInteger();
              drips.scheduleAtFixedRate(
                  () -> write(out, answer[at.getAndIncrement() % answer.length]),
                  0,
                  20,
                  TimeUnit.MILLISECONDS);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      AddressRace race = race(NEVER, 200, attempt -> {});

      assertThat(race.run(byProxy(type))).isNull();
      assertThat(race.failures().values())
          .singleElement()
          .isInstanceOf(SocketTimeoutException.class);
    } finally {
      drips.shutdownNow();
    }
  }

  private static void write(OutputStream out, byte drip) {
    try {
      out.write(drip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void run_interrupted_closesWhatItStarted() throws Exception {
    Thread running = Thread.currentThread();
    AddressRace race = race(NEVER, 20_000, attempt -> running.interrupt());

    assertThatThrownBy(() -> race.run(routes(hanging.port(), listening.getLocalPort())))
        .isInstanceOf(InterruptedException.class);
    assertAllClosedBut(null);
  }

  @Test
  void interleaved_bothFamilies_takeTurnsAndIpv6IsFirst() throws Exception {
    InetAddress[] addresses = new InetAddress[5];
    String[] given = {"127.0.0.1", "127.0.0.2", "127.0.0.3", "::1", "::2"};
    for (int i = 0; i < given.length; i++) {
      addresses[i] = InetAddress.getByName(given[i]);
    }

    assertThat(AddressRace.interleaved(addresses, 16))
        .extracting(InetAddress::getHostAddress)
        .containsExactly(
            "0:0:0:0:0:0:0:1", "127.0.0.1", "0:0:0:0:0:0:0:2", "127.0.0.2", "127.0.0.3");
    assertThat(AddressRace.interleaved(addresses, 2)).containsExactly(addresses[3], addresses[0]);
    assertThat(AddressRace.interleaved(new InetAddress[0], 2)).isEmpty();
  }
}
