package dev.bobbin.integration;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import dev.bobbin.xmpp.core.XmppRuntime;
import dev.bobbin.xmpp.testkit.LoopbackServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A server for the tests of a class, and clients that live as long as one test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(30)
abstract class Stage {
  static final Jid JULIET = Jid.of("juliet@example.org/balcony");
  static final Jid ROMEO = Jid.of("romeo@example.org/orchard");

  /** Only its certificate is used: to make one takes half a second. */
  private static final LoopbackServer IDENTITY = identity();

  final Wire wire = new Wire();
  private final List<XmppClient> clients = new ArrayList<>();
  private LoopbackServer server;
  private XmppRuntime runtime;

  private static LoopbackServer identity() {
    LoopbackServer server = LoopbackServer.builder("example.org").start();
    server.close();
    return server;
  }

  @BeforeAll
  void startServer() {
    runtime = XmppRuntime.create();
    server =
        LoopbackServer.builder("example.org")
            .certificateOf(IDENTITY)
            .account("juliet", "r0m30")
            .account("romeo", "jul13t")
            .intercept(wire)
            .start();
  }

  @AfterAll
  void stopServer() {
    server.close();
    runtime.close();
  }

  @AfterEach
  void closeClients() {
    clients.forEach(XmppClient::close);
    clients.clear();
    wire.reset();
  }

  /** A client that is not connected, and keeps its items in memory unless told otherwise. */
  XmppClient client(Jid jid, UnaryOperator<XmppClientBuilder> more) {
    String password = jid.bare().equals(JULIET.bare()) ? "r0m30" : "jul13t";
    XmppClientBuilder builder =
        XmppClient.builder(jid, password)
            .host("127.0.0.1", server.address().getPort())
            .trust(server.certificate())
            .runtime(runtime)
            .setting("xep_0231", "store", "memory");
    XmppClient client = more.apply(builder).build();
    clients.add(client);
    return client;
  }

  XmppClient client(Jid jid) {
    return client(jid, UnaryOperator.identity());
  }

  XmppClient connected(Jid jid, UnaryOperator<XmppClientBuilder> more) {
    XmppClient client = client(jid, more);
    client.connect().join();
    return client;
  }

  XmppClient connected(Jid jid) {
    return connected(jid, UnaryOperator.identity());
  }

  static BobPlugin bob(XmppClient client) {
    return client.plugin(BobPlugin.class);
  }

  /**
   * Has the server send stanzas to a connected client, and waits until it has taken them: they are
   * followed by a message, and a client takes what comes in its order.
   *
   * @param receiver the client
   * @param stanzas literal XML, with {@code from} and {@code to}
   */
  void deliver(XmppClient receiver, String... stanzas) throws InterruptedException {
    BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    try (var listening = receiver.onMessage(message -> message.body().ifPresent(bodies::add))) {
      wire.rule(
          stanza -> {
            if (stanza.child("body", "jabber:client").isEmpty()) {
              return List.of(stanza);
            }
            List<XmlElement> delivered =
                new ArrayList<>(Arrays.stream(stanzas).map(Literal::xml).toList());
            delivered.add(stanza);
            return delivered;
          });
      receiver.send(Message.chat(receiver.self(), "that was all"));
      String body = bodies.poll(10, TimeUnit.SECONDS);
      while (body != null && !body.equals("that was all")) {
        body = bodies.poll(10, TimeUnit.SECONDS);
      }
      if (body == null) {
        throw new AssertionError("the stanzas were not taken within 10 s");
      }
    } finally {
      wire.rule(List::of);
    }
  }
}
