package dev.bobbin.xmpp.core;

import dev.bobbin.xmpp.api.jid.Jid;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Accepts connections on the loopback interface and runs one script for each, in their order. */
final class ScriptedServer implements AutoCloseable {
  /** What the server does on one connection. */
  @FunctionalInterface
  interface Script {
    void run(Peer peer) throws Exception;
  }

  private static final int RECEIVE_BUFFER = 64 * 1024;

  private final ServerSocket listener;
  private final TestIdentity identity;
  private final List<CompletableFuture<Void>> outcomes = new ArrayList<>();

  ScriptedServer(Script... scripts) throws IOException {
    this(TestIdentity.EXAMPLE, scripts);
  }

  ScriptedServer(TestIdentity identity, Script... scripts) throws IOException {
    this.listener = new ServerSocket();
    // What a script does not read fills this, which does not grow then.
    listener.setReceiveBufferSize(RECEIVE_BUFFER);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    this.identity = identity;
    for (Script script : scripts) {
      outcomes.add(new CompletableFuture<>());
    }
    Thread accepting =
        new Thread(
            () -> {
              for (int i = 0; i < scripts.length; i++) {
                serve(scripts[i], outcomes.get(i));
              }
            },
            "scripted server");
    accepting.setDaemon(true);
    accepting.start();
  }

  private void serve(Script script, CompletableFuture<Void> outcome) {
    try (Socket socket = listener.accept()) {
      script.run(new Peer(socket, identity));
      outcome.complete(null);
    } catch (Throwable e) {
      outcome.completeExceptionally(e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  XmppClientBuilder client() {
    return untrustingClient().trust(TestIdentity.EXAMPLE.certificate());
  }

  /** A client that trusts whom the JDK trusts, and so not this server. */
  XmppClientBuilder untrustingClient() {
    return XmppClient.builder(Jid.of("juliet@example.org/balcony"), "r0m30")
        .host("127.0.0.1", port())
        .discoverPlugins(false);
  }

  /** Waits for all scripts, and fails as they did. */
  void finish() throws Exception {
    for (CompletableFuture<Void> outcome : outcomes) {
      outcome.get(20, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
