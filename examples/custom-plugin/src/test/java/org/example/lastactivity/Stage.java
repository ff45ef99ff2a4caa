package org.example.lastactivity;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import dev.bobbin.xmpp.testkit.LiteralXml;
import dev.bobbin.xmpp.testkit.LoopbackServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A server for the tests of a class, with clients that live as long as one test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(30)
abstract class Stage {
  static final Jid JULIET = Jid.of("juliet@example.org/balcony");
  static final Jid CHAMBER = Jid.of("juliet@example.org/chamber");
  static final Jid ROMEO = Jid.of("romeo@example.org/orchard");

  /** What clients sent, as the server read it. */
  final Queue<XmlElement> wire = new ConcurrentLinkedQueue<>();

  /** What the server gets instead of a stanza: at first, that stanza. */
  volatile UnaryOperator<XmlElement> rule = UnaryOperator.identity();

  /** The clients' time. It begins at the present, since certificates are checked by it too. */
  volatile Instant now = Instant.now();

  private final List<XmppClient> clients = new ArrayList<>();
  private LoopbackServer server;

  @BeforeAll
  void startServer() {
    server =
        LoopbackServer.builder("example.org")
            .account("juliet", "r0m30")
            .account("romeo", "jul13t")
            .intercept(
                (from, stanza) -> {
                  wire.add(stanza);
                  return List.of(rule.apply(stanza));
                })
            .start();
  }

  @AfterAll
  void stopServer() {
    server.close();
  }

  @AfterEach
  void closeClients() {
    clients.forEach(XmppClient::close);
    clients.clear();
    wire.clear();
    rule = UnaryOperator.identity();
  }

  /** A client that is logged in; the plugin is found on the path, and on. */
  XmppClient client(Jid jid, UnaryOperator<XmppClientBuilder> more) throws Exception {
    String password = jid.bare().equals(ROMEO.bare()) ? "jul13t" : "r0m30";
    XmppClientBuilder builder =
        XmppClient.builder(jid, password)
            .host("127.0.0.1", server.address().getPort())
            .trust(server.certificate())
            .clock(() -> now);
    XmppClient client = more.apply(builder).build();
    clients.add(client);
    client.connect().get(20, TimeUnit.SECONDS);
    return client;
  }

  XmppClient client(Jid jid) throws Exception {
    return client(jid, UnaryOperator.identity());
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** The last IQ of that type that was sent, in the form for comparing. */
  String sent(String type) {
    return wire.stream()
        .filter(stanza -> stanza.name().equals("iq"))
        .filter(stanza -> stanza.attribute("type").orElse("").equals(type))
        .reduce((one, next) -> next)
        .map(LiteralXml::text)
        .orElse("nothing");
  }
}
