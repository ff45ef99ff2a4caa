package dev.bobbin.integration;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.caps.CapsPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import dev.bobbin.xmpp.core.XmppRuntime;
import dev.bobbin.xmpp.testkit.LiteralXml;
import dev.bobbin.xmpp.testkit.LoopbackServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
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
@Timeout(60)
abstract class Stage {
  static final Jid JULIET = Jid.of("juliet@example.org/balcony");
  static final Jid ROMEO = Jid.of("romeo@example.org/orchard");

  /** Has what is for gateway.example.org, and speaks for all JIDs there. */
  static final Jid GATEWAY = Jid.of("romeo@example.org/gateway");

  /** Only its certificate is used: to make one takes half a second. */
  static final LoopbackServer IDENTITY = identity();

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
            .gateway("gateway.example.org", GATEWAY)
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

  /** What each client begins with; no store is named. */
  XmppClientBuilder builder(Jid jid) {
    String password = jid.bare().equals(JULIET.bare()) ? "r0m30" : "jul13t";
    return XmppClient.builder(jid, password)
        .host("127.0.0.1", server.address().getPort())
        .trust(server.certificate())
        .runtime(runtime);
  }

  /** Has the server leave all clients, without a word. */
  void loseConnections() {
    server.disconnectAll();
  }

  /** Has a client closed after the test. */
  XmppClient track(XmppClient client) {
    clients.add(client);
    return client;
  }

  /** A client that is not connected, and keeps its items in memory unless told otherwise. */
  XmppClient client(Jid jid, UnaryOperator<XmppClientBuilder> more) {
    XmppClient client = more.apply(builder(jid).setting("xep_0231", "store", "memory")).build();
    // Tests of anything else say literally what is sent; CapsTest turns it on.
    client.disablePlugin(CapsPlugin.NAME);
    return track(client);
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

  /** What is looked up from now on, by us and for peers, as a client's internal API is told. */
  static Queue<BobKey> lookUps(XmppClient client) {
    Queue<BobKey> lookedUp = new ConcurrentLinkedQueue<>();
    client
        .api()
        .register(
            BobMethods.GET_BOB,
            ApiScope.everywhere(),
            ApiHandler.directAsync(
                call -> {
                  lookedUp.add(call.args());
                  return call.proceed(call.args());
                }));
    return lookedUp;
  }

  /** A literal data element of type text/plain. */
  static String data(String cid, String base64) {
    return "<data xmlns='urn:xmpp:bob' cid='" + cid + "' type='text/plain'>" + base64 + "</data>";
  }

  /** Waits on a latch, 10 s at most. */
  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new AssertionError("nothing happened within 10 s");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
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
    Registration listening = receiver.onMessage(message -> message.body().ifPresent(bodies::add));
    wire.rule(
        stanza -> {
          if (stanza.child("body", "jabber:client").isEmpty()) {
            return List.of(stanza);
          }
          List<XmlElement> delivered =
              new ArrayList<>(Arrays.stream(stanzas).map(LiteralXml::element).toList());
          delivered.add(stanza);
          return delivered;
        });
    try {
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
      listening.close();
    }
  }

  /** Waits until the server has read all that a client sent before. */
  static void settle(XmppClient client) {
    Jid server = Jid.of(client.account().domain());
    client
        .request(Iq.get(server, LiteralXml.element("<ping xmlns='urn:xmpp:ping'/>")))
        .handle((answer, refusal) -> null)
        .join();
  }
}
