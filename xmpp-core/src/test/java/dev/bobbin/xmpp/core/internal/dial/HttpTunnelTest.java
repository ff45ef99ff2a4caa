package dev.bobbin.xmpp.core.internal.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said to an HTTP proxy, and what is taken from it. */
@Timeout(60)
class HttpTunnelTest {
  private ServerSocket listening;

  @BeforeEach
  void open() throws IOException {
    listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    listening.close();
  }

  /** What the proxy was told, which then said this. */
  private CompletableFuture<String> proxySays(String answer) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Socket client = listening.accept()) {
            StringBuilder request = new StringBuilder();
            while (request.indexOf("\r\n\r\n") < 0) {
              request.append((char) client.getInputStream().read());
            }
            client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
            client.getInputStream().read();
            return request.toString();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void open(Socket socket, String host, String authorization) throws IOException {
    Proxy proxy =
        new Proxy(
            Proxy.Type.HTTP,
            InetSocketAddress.createUnresolved("localhost", listening.getLocalPort()));
    Route.through(proxy, new Endpoint(host, 5222, false), authorization).connect(socket, 20_000);
  }

  @Test
  void open_proxyAgrees_whatFollowsIsTheServers() throws Exception {
    CompletableFuture<String> asked =
        proxySays("HTTP/1.1 100 Wait\r\n\r\nHTTP/1.0 200\r\nContent-Length: 1\r\n\r\nserver");
    try (Socket socket = new Socket()) {
      open(socket, "::1", "Basic eDp5");

      assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("server");
      assertThat(socket.getSoTimeout()).isZero();
      assertThat(socket.getTcpNoDelay()).isTrue();
    }
    assertThat(asked.get(20, TimeUnit.SECONDS))
        .isEqualTo(
            "CONNECT [::1]:5222 HTTP/1.1\r\nHost: [::1]:5222\r\n"
                + "Proxy-Authorization: Basic eDp5\r\n\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 403 Not Here|Retry: no||', the proxy answers 403 Not Here",
    "'HTTP/1.1 302 There||', the proxy answers 302 There",
    "'SSH-2.0-x||', 'what the proxy answers is no HTTP: SSH-2.0-x'",
    "'HTTP/1.1 20||', 'what the proxy answers is no HTTP: HTTP/1.1 20'",
    "'HTTP/1.1 200 OK|', the proxy closed the connection",
    "'', the proxy closed the connection",
    "'HTTP/1.1 407 Who|Proxy-Authenticate: Digest realm=x||', 'the proxy answers 407 Who, and has no"
        + " authentication that is known here (Basic)'",
    "'HTTP/1.1 407 Who|Proxy-Authenticate: Digest x, basic realm=\"y\"||', 'the proxy answers 407"
        + " Who, and the system property jdk.http.auth.tunneling.disabledSchemes forbids Basic'",
  })
  void open_proxyDoesNotAgree_isAnError(String answer, String message) throws Exception {
    proxySays(answer.replace("|", "\r\n"));
    try (Socket socket = new Socket()) {
      assertThatThrownBy(() -> open(socket, "host.example", null))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(message);
    }
  }

  @Test
  void open_answerWithoutEnd_isBounded() throws Exception {
    proxySays("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(4000));
    try (Socket socket = new Socket()) {
      assertThatThrownBy(() -> open(socket, "host.example", null))
          .hasMessage("the proxy's answer has more than 8192 bytes");
    }
  }

  @Test
  void open_hostThatWouldBeAnotherHeader_isNotSent() throws Exception {
    try (Socket socket = new Socket()) {
      assertThatThrownBy(() -> open(socket, "host.example HTTP/1.1\r\nX: y", null))
          .hasMessageContaining("takes ASCII only");
      assertThat(socket.isConnected()).isFalse();
    }
  }
}
