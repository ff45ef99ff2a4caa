package dev.bobbin.xmpp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that go wrong as they are accepted. */
@Timeout(60)
class ListenerTest {
  /** Cannot be used, nor closed. */
  private static final class BrokenSocket extends Socket {
    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
      throw new SocketException("broken");
    }

    @Override
    public synchronized void close() throws IOException {
      throw new IOException("broken");
    }
  }

  private static final class BrokenAtFirst extends ServerSocket {
    private final AtomicInteger accepted = new AtomicInteger();

    BrokenAtFirst() throws IOException {
      super(0, 10, InetAddress.getLoopbackAddress());
    }

    @Override
    public Socket accept() throws IOException {
      switch (accepted.getAndIncrement()) {
        case 0:
          throw new IOException("no file descriptor left");
        case 1:
          return new BrokenSocket();
        default:
          return super.accept();
      }
    }
  }

  @Test
  void accept_afterFailures_goesOn() throws Exception {
    ServerSettings settings =
        new ServerSettings(
            Jid.of("example.org"),
            new Accounts(Jid.of("example.org"), Map.of(), Map.of()),
            SaslSettings.DEFAULT,
            TlsSettings.DEFAULT.withStartTls(false),
            false,
            null,
            Map.of(),
            (from, stanza) -> List.of(stanza),
            10_000,
            10_000,
            10,
            Duration.ofSeconds(20));
    BrokenAtFirst bound = new BrokenAtFirst();
    Listener listener = new Listener(settings, null, new Ports(bound, null));
    listener.start();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), bound.getLocalPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(RawClient.OPEN.getBytes(StandardCharsets.UTF_8));

      assertThat(socket.getInputStream().read()).isEqualTo('<');
    } finally {
      listener.close();
    }
  }
}
