package dev.bobbin.interop;

import static dev.bobbin.interop.OnARealServer.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.LiteralPeer;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobException;
import dev.bobbin.xmpp.bob.BobException.Reason;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.bob.plugin.BobPluginBuilder;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Lines of XEP-0231, each as a test whose name begins with its number, on one server: we are
 * Juliet, and the other side is a peer by hand, so that what both say is compared with literal XML
 * and no code writes on one side what it reads on the other. A second peer is there for the tests
 * that want one.
 *
 * <p>All tests of a class share the connections, since to log in takes longer than a test. The
 * plugin is turned off and on between them, which leaves it with nothing.
 */
@ExtendWith(Place.Resolver.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
abstract class Lines {
  static final Jid US = Jid.of("juliet@example.org/lines");
  static final Jid PEER = Jid.of("nurse@example.org/lines");

  /** The bytes of many tests; their Base64 is {@link #COUCOU_TEXT}. */
  static final Bob COUCOU = Bob.of("coucou".getBytes(), "text/plain");

  static final String COUCOU_CID = "sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org";
  static final String COUCOU_TEXT = "Y291Y291";
  static final String COUCOU_DATA = data(COUCOU_CID, COUCOU_TEXT);

  static final String STANZAS = "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'";

  private static final String XML = "http://www.w3.org/XML/1998/namespace";

  final Place place;

  /** Our clock, which moves when a test says so. */
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private final List<LiteralPeer> others = new ArrayList<>();
  private Site site;
  XmppClient us;
  LiteralPeer peer;

  Lines(Place place) {
    this.place = place;
  }

  /** What else our client is to be told. */
  XmppClientBuilder configured(XmppClientBuilder builder) {
    return builder;
  }

  /** Comes before each test. */
  void meet(Site where) {
    if (peer == null) {
      site = where;
      us =
          where
              .us()
              .apply(configured(XmppClient.builder(US, SharedServers.ACCOUNTS.get("juliet"))))
              .clock(now::get)
              .build();
      await(us.connect());
      us.onMessage(messages::add);
      peer = where.peer().apply(PEER);
    } else {
      restart();
    }
    messages.clear();
    peer.forget();
  }

  /** Ends the session of the plugin, and all that it remembers, and begins another one. */
  void restart() {
    restart(UnaryOperator.identity());
  }

  /** The same with other settings, for this test. */
  void restart(UnaryOperator<BobPluginBuilder> settings) {
    us.disablePlugin(BobPlugin.NAME);
    us.enablePlugin(settings.apply(BobPlugin.builder()).build());
  }

  @AfterEach
  void closeOthers() {
    others.forEach(LiteralPeer::close);
    others.clear();
  }

  @AfterAll
  void part() {
    if (us != null) {
      us.close();
    }
    if (peer != null) {
      peer.close();
    }
  }

  BobPlugin bob() {
    return us.plugin(BobPlugin.class);
  }

  void advance(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  /** One more peer, for this test. */
  LiteralPeer another(Jid jid) {
    LiteralPeer other = site.peer().apply(jid);
    others.add(other);
    return other;
  }

  /** A literal data element of type text/plain. */
  static String data(String cid, String base64) {
    return data(cid, "type='text/plain'", base64);
  }

  static String data(String cid, String attributes, String base64) {
    return "<data xmlns='urn:xmpp:bob' cid='%s' %s>%s</data>".formatted(cid, attributes, base64);
  }

  /** A literal data element that asks. */
  static String wanted(String cid) {
    return "<data xmlns='urn:xmpp:bob' cid='%s'/>".formatted(cid);
  }

  /** That the peer hears this next, and gives its id, which the literal has as {@code ID}. */
  String heard(String literal) {
    return heard(peer, literal);
  }

  static String heard(LiteralPeer by, String literal) {
    XmlElement stanza = by.hear(each -> !isPresenceOfItsOwn(by, each));
    String id = stanza.attribute("id").orElse("");
    assertSame(stanza, literal.replace("id='ID'", "id='" + id + "'"));
    return id;
  }

  /** Servers tell each session of an account of the others. */
  private static boolean isPresenceOfItsOwn(LiteralPeer peer, XmlElement stanza) {
    return stanza.name().equals("presence")
        && stanza
            .attribute("from")
            .map(Jid::of)
            .filter(from -> from.bare().equals(peer.jid().bare()))
            .isPresent();
  }

  /**
   * That a stanza is what a literal says. The literal need not name {@code jabber:client}, and not
   * the language that real servers add.
   */
  static void assertSame(XmlElement stanza, String literal) {
    String named = literal.replaceFirst("<([a-z]+)", "<$1 xmlns='jabber:client'");
    assertThat(LiteralXml.text(stanza.toBuilder().attribute(XML, "lang", null).build()))
        .isEqualTo(LiteralXml.text(named));
  }

  /** That we ask the peer for data, as the standard says; gives the request's id. */
  String heardRequest(String cid) {
    return heard(
        "<iq type='get' id='ID' from='juliet@example.org/lines' to='nurse@example.org/lines'>"
            + (wanted(cid) + "</iq>"));
  }

  /** That we ask the peer no more: it hears what we say behind that. */
  void quiet() {
    await(us.send(Message.chat(PEER, "that was all").withId("all")));
    heard(
        "<message type='chat' id='ID' from='juliet@example.org/lines' to='nurse@example.org/lines'>"
            + "<body>that was all</body></message>");
  }

  /** The peer asks us for data. */
  void ask(String id, String cid) {
    peer.say(
        "<iq type='get' id='%s' to='juliet@example.org/lines'>%s</iq>".formatted(id, wanted(cid)));
  }

  /** That we answer a request of the peer's with this payload. */
  void heardResult(String id, String payload) {
    heard(
        "<iq type='result' id='%s' from='juliet@example.org/lines' to='nurse@example.org/lines'>%s</iq>"
            .formatted(id, payload));
  }

  /** That we answer a request of the peer's with an error, and with nothing else. */
  void heardError(String id, String type, String condition) {
    heardError(id, "<error type='%s'><%s %s/></error>".formatted(type, condition, STANZAS));
  }

  void heardError(String id, String error) {
    heard(
        "<iq type='error' id='%s' from='juliet@example.org/lines' to='nurse@example.org/lines'>%s</iq>"
            .formatted(id, error));
  }

  /** The peer answers a request of ours. */
  void answer(String id, String payload) {
    peer.say(
        "<iq type='result' id='%s' to='juliet@example.org/lines'>%s</iq>".formatted(id, payload));
  }

  CompletableFuture<Bob> fetch(String cid) {
    return bob().fetch(PEER, ContentId.of(cid));
  }

  /** Fetches what is not here, from a peer that answers with this payload. */
  Bob fetch(String cid, String payload) {
    CompletableFuture<Bob> fetching = fetch(cid);
    answer(heardRequest(cid), payload);
    return await(fetching);
  }

  /** That we do not take the answer, for this reason, and keep nothing. */
  void rejects(Reason reason, String cid, String payload) {
    CompletableFuture<Bob> fetching = fetch(cid);
    answer(heardRequest(cid), payload);
    assertThatThrownBy(() -> await(fetching))
        .isInstanceOfSatisfying(BobException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    assertThat(has(cid)).isFalse();
  }

  /** Whether it is here for all to see: hosted, or received and verified. */
  boolean has(String cid) {
    return await(bob().get(ContentId.of(cid))).isPresent();
  }

  /** The peer pushes children in a message, and waits until we have taken it. */
  Message push(String children) {
    peer.say("<message to='juliet@example.org/lines' id='push'>%s</message>".formatted(children));
    return came("push");
  }

  /** The message with this id, once we have heard it and all that came before. */
  Message came(String id) {
    try {
      while (true) {
        Message message = messages.poll(10, TimeUnit.SECONDS);
        if (message == null) {
          throw new AssertionError("no message '" + id + "' came within 10 s");
        }
        if (message.id().filter(id::equals).isPresent()) {
          return message;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Waits until we have taken all that the peer has said. */
  void taken() {
    push("<body>that was all</body>");
  }
}
