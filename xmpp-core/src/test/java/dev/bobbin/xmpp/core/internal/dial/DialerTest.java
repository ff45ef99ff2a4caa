package dev.bobbin.xmpp.core.internal.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which address is connected to, and what is said when none accepts. */
@Timeout(60)
class DialerTest {
  private static final Executor THREADS = task -> new Thread(task, "dialling").start();

  private static final class Steps implements Dialer.Progress {
    final List<String> steps = new CopyOnWriteArrayList<>();
    final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    Consumer<Closeable> onStep = closeable -> {};

    @Override
    public void lookingUp(Endpoint endpoint, Closeable lookUp) {
      onStep.accept(lookUp);
      steps.add("looking up " + endpoint);
    }

    @Override
    public void connecting(String address, Closeable attempt) {
      onStep.accept(attempt);
      steps.add("connecting to " + address);
      attempts.add((Attempt) attempt);
    }
  }

  private final Steps steps = new Steps();

  /** A dialler to whom every host has these addresses, or no such name is known. */
  private Dialer dialer(int timeoutMillis, String... addresses) {
    Names names =
        host -> {
          if (addresses.length == 0) {
            throw new UnknownHostException(host);
          }
          InetAddress[] found = new InetAddress[addresses.length];
          for (int i = 0; i < found.length; i++) {
            found[i] = InetAddress.getByName(addresses[i]);
          }
          return found;
        };
    return new Dialer(THREADS, names, Duration.ofHours(1), timeoutMillis, null, steps);
  }

  private static Endpoint endpoint(int port) {
    return new Endpoint("host.example", port, false);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private void assertFails(Dialer dialer, int port, Reason reason, String tried) {
    assertThatThrownBy(() -> dialer.dial(endpoint(port)))
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessage(
            "Cannot connect to host.example:"
                + port
                + "; tried "
                + tried
                + ". Check host and port (docs/errors.md#cannot-connect)");
    assertThat(steps.attempts).allMatch(attempt -> attempt.socket().isClosed());
  }

  @Test
  void dial_oneAddressOfSeveralAccepts_isConnectedThere() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket =
            dialer(5000, "127.255.255.255", "127.0.0.1").dial(endpoint(server.getLocalPort()))) {
      assertThat(socket.getPort()).isEqualTo(server.getLocalPort());
      assertThat(steps.steps)
          .containsExactly(
              "looking up host.example:" + server.getLocalPort(),
              "connecting to 127.255.255.255 port " + server.getLocalPort(),
              "connecting to 127.0.0.1 port " + server.getLocalPort());
      assertThat(steps.attempts.get(0).socket().isClosed()).isTrue();
    }
  }

  @Test
  void dial_everyAddressRefuses_isRefused() throws Exception {
    int port = freePort();

    assertFails(
        dialer(5000, "127.0.0.1", "127.0.0.1"),
        port,
        Reason.REFUSED,
        "127.0.0.1 port " + port + " (refused)");
  }

  @Test
  void dial_someRefuseAndSomeCannotBeReached_isUnreachable() throws Exception {
    int port = freePort();

    assertThatThrownBy(() -> dialer(5000, "127.0.0.1", "127.255.255.255").dial(endpoint(port)))
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE))
        .hasMessageStartingWith(
            "Cannot connect to host.example:%d; tried 127.0.0.1 port %d (refused), 127.255.255.255"
                    .formatted(port, port)
                + " port %d (failed: ".formatted(port));
  }

  @Test
  void dial_nobodyAnswers_timesOut() throws Exception {
    try (FullBacklog hanging = new FullBacklog()) {
      assertFails(
          dialer(50, "127.0.0.1"),
          hanging.port(),
          Reason.TIMED_OUT,
          "127.0.0.1 port " + hanging.port() + " (timed out)");
    }
  }

  @Test
  void dial_noSuchName_saysSo() {
    assertFails(dialer(5000), 5222, Reason.NAME_NOT_FOUND, "host.example:5222 (name not found)");
    assertThat(steps.attempts).isEmpty();
  }

  @Test
  void dial_moreAddressesThanAnybodyHas_areBounded() throws Exception {
    String[] many = new String[40];
    for (int i = 0; i < many.length; i++) {
      many[i] = "127.255.255.255";
    }
    Dialer dialer = dialer(5000, many);

    assertThatThrownBy(() -> dialer.dial(endpoint(5222))).isInstanceOf(ConnectionException.class);
    assertThat(steps.attempts).hasSize(16);
  }

  @Test
  void dial_lookUpNeverEnds_isEndedByClosingIt() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Names silent =
        host -> {
          asked.countDown();
          try {
            over.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          ended.countDown();
          return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
    steps.onStep =
        lookUp ->
            THREADS.execute(
                () -> {
                  try {
                    asked.await();
                    lookUp.close();
                  } catch (InterruptedException | IOException e) {
                    throw new IllegalStateException(e);
                  }
                });
    Dialer dialer = new Dialer(THREADS, silent, Duration.ofHours(1), 5000, null, steps);

    assertThatThrownBy(() -> dialer.dial(endpoint(5222))).isInstanceOf(ConnectionException.class);
    over.countDown();
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(steps.attempts).isEmpty();
  }

  @Test
  void dial_givenUpMeanwhile_triesNothingMore() {
    ConnectionException end = new ConnectionException(Reason.NOT_CONNECTED, "given up", null);
    steps.onStep =
        step -> {
          throw end;
        };

    assertThatThrownBy(() -> dialer(5000, "127.0.0.1").dial(endpoint(1))).isSameAs(end);
    assertThat(steps.steps).isEmpty();
  }
}
