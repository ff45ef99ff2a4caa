package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers behind a proxy. */
@Timeout(60)
class ProxyTest {
  private static XmppClientBuilder client(Proxy proxy) {
    return XmppClient.builder(Jid.of(Peer.ME), "r0m30")
        .host("xmpp.invalid", 5222)
        .proxy(proxy)
        .trust(TestIdentity.EXAMPLE.certificate())
        .discoverPlugins(false);
  }

  @ParameterizedTest
  @EnumSource(names = {"SOCKS", "HTTP"})
  void connect_throughAProxy_isTheProxyWhoLooksUpTheHost(Proxy.Type type) throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.login();
                  peer.closeInOrder();
                });
        TinyProxy proxy = new TinyProxy(type, server.port());
        XmppClient client = client(proxy.proxy()).build()) {
      assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);
      client.close();
      server.finish();
      assertThat(proxy.asked()).containsExactly("xmpp.invalid:5222");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SOCKS", "HTTP"})
  void connect_proxyRefuses_saysWhichProxyAndHow(Proxy.Type type) throws Exception {
    try (TinyProxy proxy = new TinyProxy(type, 0);
        XmppClient client = client(proxy.proxy()).build()) {
      ConnectionException failure = ConnectFailureTest.failureOf(client);

      assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
      assertThat(failure)
          .hasMessageStartingWith("Cannot connect to xmpp.invalid:5222 by the " + type + " @ ")
          .hasMessageContaining(type == Proxy.Type.HTTP ? "403 Not Here" : "SOCKS: ")
          .hasMessageEndingWith(
              "See that the proxy runs and lets you through (docs/errors.md#proxy)");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SOCKS", "HTTP"})
  void connect_proxyIsNotThere_saysSo(Proxy.Type type) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Proxy proxy = new Proxy(type, new InetSocketAddress("127.0.0.1", port));
    try (XmppClient client = client(proxy).build()) {
      ConnectionException failure = ConnectFailureTest.failureOf(client);

      assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
      assertThat(failure).hasMessageContaining("127.0.0.1:" + port).hasMessageContaining("refused");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SOCKS", "HTTP"})
  void connect_proxyIsSilent_timesOut(Proxy.Type type) throws Exception {
    try (TinyProxy proxy = new TinyProxy(type, -1);
        XmppClient client = client(proxy.proxy()).connectTimeout(Duration.ofMillis(200)).build()) {
      ConnectionException failure = ConnectFailureTest.failureOf(client);

      assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
      assertThat(failure).hasMessageStartingWith("Cannot connect to xmpp.invalid:5222 by the ");
    }
  }

  @Test
  void connect_noProxy_isDirect() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.login();
                  peer.closeInOrder();
                });
        XmppClient client = server.client().proxy(Proxy.NO_PROXY).build()) {
      assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);
      client.close();
      server.finish();
    }
  }
}
