package dev.bobbin.xmpp.core.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.ConnectionState;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.core.internal.connection.ConnectionStates.Lifecycle;
import dev.bobbin.xmpp.core.internal.dial.Destination;
import dev.bobbin.xmpp.core.internal.routing.StanzaRouter;
import dev.bobbin.xmpp.core.internal.runtime.Threads;
import dev.bobbin.xmpp.core.internal.sasl.Credentials;
import dev.bobbin.xmpp.core.internal.stream.StreamLimits;
import dev.bobbin.xmpp.core.internal.stream.StreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a login that succeeds when its attempt is over. */
@Timeout(60)
class ConnectorTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void login_succeedsWhenTheNextGoesOn_isClosedAndTakesNoSlot() throws Exception {
    Jid me = Jid.of("juliet@example.org/balcony");
    ConnectionConfig config =
        new ConnectionConfig(
            Credentials.anonymous(Jid.of("example.org")),
            null,
            new Destination("example.org", null, null, null),
            SSLContext.getDefault(),
            new Timeouts(LONG, LONG, LONG, LONG, LONG),
            10_000);
    List<Connection> slot = new ArrayList<>();
    Threads threads = new Threads();
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
      StanzaRouter router =
          new StanzaRouter(threads.workers(), threads.timer(), StanzaRouter.TIME_FOR_A_REQUEST);
      ConnectionStates states = new ConnectionStates(threads.workers());
      Lifecycle first = states.begin("first");
      Connector late = new Connector(threads, config, router, first, slot::add);
      StreamReader reader =
          new StreamReader(socket.getInputStream(), StreamLimits.LOGGED_IN, Stanza.NAMESPACE);
      Connection connection =
          new Connection(
              threads, config, router, new Login.Established(socket, socket, reader, me), first);
      first.fail(new ConnectionException(Reason.TIMED_OUT, "given up", null));
      states.begin("second");
      CountDownLatch over = new CountDownLatch(1);
      threads.startReader(
          () -> {
            late.use(connection);
            over.countDown();
          });

      assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(slot).isEmpty();
      assertThat(socket.isClosed()).isTrue();
      assertThat(states.state()).isEqualTo(ConnectionState.CONNECTING);
    } finally {
      threads.close();
    }
  }
}
