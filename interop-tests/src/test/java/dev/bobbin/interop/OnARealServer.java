package dev.bobbin.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.RealServer;
import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.caps.CapsPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that run on a real server, with clients that live as long as one test. Each server has a
 * class that runs them all on it, so that a report keeps the servers apart.
 */
@ExtendWith(SharedServers.class)
@Timeout(60)
abstract class OnARealServer {
  static final Jid JULIET = Jid.of("juliet@example.org/balcony");
  static final Jid NURSE = Jid.of("nurse@example.org/hall");

  final ServerSoftware software;

  private final List<XmppClient> clients = new ArrayList<>();
  private RealServer server;

  OnARealServer(ServerSoftware software) {
    this.software = software;
  }

  @BeforeEach
  void takeServer(RealServer shared) {
    server = shared;
  }

  @AfterEach
  void closeClients() {
    clients.forEach(XmppClient::close);
  }

  RealServer server() {
    return server;
  }

  /** A client of an account on a server, that is not connected and is closed after the test. */
  XmppClient client(RealServer at, Jid jid, UnaryOperator<XmppClientBuilder> more) {
    String password = SharedServers.ACCOUNTS.get(jid.local().orElseThrow());
    XmppClient client =
        more.apply(
                XmppClient.builder(jid, password)
                    .host("127.0.0.1", at.port())
                    .trust(at.certificate()))
            .build();
    // Tests of anything else say literally what is sent; CapsTests turns it on.
    client.disablePlugin(CapsPlugin.NAME);
    return track(client);
  }

  /** Leads a client to the server that all tests share, by STARTTLS. */
  XmppClientBuilder here(XmppClientBuilder builder) {
    return builder
        .host("127.0.0.1", server.port())
        .trust(server.certificate())
        .discoverPlugins(false);
  }

  /** The same by TLS at once. */
  XmppClientBuilder hereByDirectTls(XmppClientBuilder builder) {
    return builder
        .directTls("127.0.0.1", server.directTlsPort())
        .trust(server.certificate())
        .discoverPlugins(false);
  }

  /** Either of the two. */
  XmppClientBuilder here(XmppClientBuilder builder, boolean directTls) {
    return directTls ? hereByDirectTls(builder) : here(builder);
  }

  /** That connecting fails, and why. */
  static AbstractThrowableAssert<?, ?> assertFails(XmppClient client, Reason reason) {
    return assertThatThrownBy(() -> await(client.connect()))
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  /** Has a client closed after the test. */
  XmppClient track(XmppClient client) {
    clients.add(client);
    return client;
  }

  XmppClient connected(Jid jid, UnaryOperator<XmppClientBuilder> more) {
    XmppClient client = client(server, jid, more);
    await(client.connect());
    return client;
  }

  XmppClient connected(Jid jid) {
    return connected(jid, UnaryOperator.identity());
  }

  static BobPlugin bob(XmppClient client) {
    return client.plugin(BobPlugin.class);
  }

  /** Waits for an outcome, 20 s at most; a failure comes out as it is. */
  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("nothing came within 20 s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
