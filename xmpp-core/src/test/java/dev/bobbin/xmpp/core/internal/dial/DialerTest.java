package dev.bobbin.xmpp.core.internal.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which address is connected to, and what is said when none accepts. */
@Timeout(60)
class DialerTest {
  private static final class Steps implements Dialer.Progress {
    final List<String> steps = new ArrayList<>();
    final List<Socket> sockets = new ArrayList<>();

    @Override
    public void lookingUp(Endpoint endpoint) {
      steps.add("looking up " + endpoint);
    }

    @Override
    public void connecting(String address, Socket socket) {
      steps.add("connecting to " + address);
      sockets.add(socket);
    }
  }

  private final Steps steps = new Steps();

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @Test
  void dial_secondEndpointAccepts_isConnectedThere() throws Exception {
    int refused = freePort();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket =
            Dialer.dial(
                List.of(
                    new Endpoint("127.0.0.1", refused, false),
                    new Endpoint("127.0.0.1", server.getLocalPort(), false)),
                5000,
                steps)) {
      assertThat(socket.getPort()).isEqualTo(server.getLocalPort());
      assertThat(socket.getTcpNoDelay()).isTrue();
      assertThat(steps.steps)
          .containsExactly(
              "looking up 127.0.0.1:" + refused,
              "connecting to 127.0.0.1 port " + refused,
              "looking up 127.0.0.1:" + server.getLocalPort(),
              "connecting to 127.0.0.1 port " + server.getLocalPort());
      assertThat(steps.sockets.get(0).isClosed()).isTrue();
    }
  }

  @Test
  void dial_refused_saysWhatWasTried() throws Exception {
    int port = freePort();

    assertThatThrownBy(
            () -> Dialer.dial(List.of(new Endpoint("127.0.0.1", port, false)), 5000, steps))
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE))
        .hasMessage(
            "Cannot connect to 127.0.0.1:%d; tried 127.0.0.1 port %d (refused). Check host and port"
                    .formatted(port, port)
                + " (docs/errors.md#cannot-connect)");
    assertThat(steps.sockets).allMatch(Socket::isClosed);
  }

  @Test
  void dial_noSuchName_saysSo() {
    assertThatThrownBy(
            () ->
                Dialer.dial(
                    List.of(new Endpoint("no-such-host.invalid", 5222, false)), 5000, steps))
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NAME_NOT_FOUND))
        .hasMessage(
            "Cannot connect to no-such-host.invalid:5222; tried no-such-host.invalid:5222 (name not"
                + " found). Check host and port (docs/errors.md#cannot-connect)");
    assertThat(steps.sockets).isEmpty();
  }

  @Test
  void dial_givenUpMeanwhile_triesNothingMore() {
    ConnectionException end = new ConnectionException(Reason.NOT_CONNECTED, "given up", null);

    assertThatThrownBy(
            () ->
                Dialer.dial(
                    List.of(
                        new Endpoint("127.0.0.1", 1, false), new Endpoint("127.0.0.1", 2, false)),
                    5000,
                    new Dialer.Progress() {
                      @Override
                      public void lookingUp(Endpoint endpoint) {
                        throw end;
                      }

                      @Override
                      public void connecting(String address, Socket socket) {
                        throw new AssertionError("nothing is to be tried");
                      }
                    }))
        .isSameAs(end);
  }
}
