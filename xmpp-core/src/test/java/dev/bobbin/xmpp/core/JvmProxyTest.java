package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the whole JVM says about proxies; put back after each test. */
@Isolated
@Timeout(60)
class JvmProxyTest {
  private final Properties before = new Properties();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @BeforeEach
  void remember() {
    before.putAll(System.getProperties());
  }

  @AfterEach
  void restore() {
    System.setProperties(before);
    Authenticator.setDefault(null);
  }

  private static ScriptedServer server() throws Exception {
    return new ScriptedServer(
        peer -> {
          peer.login();
          peer.closeInOrder();
        });
  }

  private static void login(XmppClientBuilder builder, ScriptedServer server) throws Exception {
    try (XmppClient client = builder.build()) {
      assertThat(client.connect().get(20, TimeUnit.SECONDS)).hasToString(Peer.ME);
    }
    server.finish();
  }

  private static void setSocksProxy(TinyProxy proxy) {
    int port = ((InetSocketAddress) proxy.proxy().address()).getPort();
    // Without exceptions, of which the loopback interface is one by default.
    Map<String, String> settings =
        Map.of(
            "socksProxyHost", "127.0.0.1",
            "socksProxyPort", Integer.toString(port),
            "socksNonProxyHosts", "");
    settings.forEach(System::setProperty);
  }

  @Test
  void socksProxyHost_noProxyGiven_isHeeded() throws Exception {
    try (ScriptedServer server = server();
        TinyProxy proxy = new TinyProxy(Proxy.Type.SOCKS, server.port())) {
      setSocksProxy(proxy);

      login(server.client(), server);

      assertThat(proxy.asked()).containsExactly("127.0.0.1:" + server.port());
    }
  }

  @Test
  void socksProxyHost_noProxyWanted_isNotHeeded() throws Exception {
    try (ScriptedServer server = server();
        TinyProxy proxy = new TinyProxy(Proxy.Type.SOCKS, server.port())) {
      setSocksProxy(proxy);

      login(server.client().proxy(Proxy.NO_PROXY), server);

      assertThat(proxy.asked()).isEmpty();
    }
  }

  /** An HTTP proxy is not reached by a SOCKS proxy. */
  @Test
  void socksProxyHost_httpProxyGiven_isNotHeeded() throws Exception {
    try (ScriptedServer server = server();
        TinyProxy socks = new TinyProxy(Proxy.Type.SOCKS, server.port());
        TinyProxy http = new TinyProxy(Proxy.Type.HTTP, server.port())) {
      setSocksProxy(socks);

      login(server.client().proxy(http.proxy()), server);

      assertThat(socks.asked()).isEmpty();
      assertThat(http.asked()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SOCKS", "HTTP"})
  void authenticator_proxyWantsToKnow_isAsked(Proxy.Type type) throws Exception {
    System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    Authenticator.setDefault(
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            asked.add(getRequestingProtocol() + " " + getRequestingPrompt());
            return new PasswordAuthentication("tybalt", "r4p13r".toCharArray());
          }
        });
    try (ScriptedServer server = server();
        TinyProxy proxy = new TinyProxy(type, server.port(), "tybalt:r4p13r")) {
      login(
          XmppClient.builder(Jid.of(Peer.ME), "r0m30")
              .host("xmpp.invalid", 5222)
              .proxy(proxy.proxy())
              .trust(TestIdentity.EXAMPLE.certificate())
              .discoverPlugins(false),
          server);

      assertThat(proxy.asked()).containsExactly("xmpp.invalid:5222");
    }
    assertThat(asked)
        .containsExactly(type == Proxy.Type.HTTP ? "http tiny" : "SOCKS5 SOCKS authentication");
  }
}
