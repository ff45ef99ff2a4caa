package dev.bobbin.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What real servers make of stanzas, and what of that could be mistaken. */
abstract class RoutingTests extends OnARealServer {
  private static final XmlElement PING = XmlElement.of("ping", "urn:xmpp:ping");
  private static final Jid NOWHERE = Jid.of("nurse@example.org/nowhere");
  private static final ContentId NO_HASH = ContentId.of("picture");
  private static final String NO_HASH_DATA =
      "<data xmlns='urn:xmpp:bob' cid='picture' type='text/plain'>Y291Y291</data>";
  private static final Bob COUCOU = Bob.of("coucou".getBytes(), "text/plain");
  private static final String COUCOU_DATA =
      "<data xmlns='urn:xmpp:bob' type='text/plain'"
          + " cid='sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org'>Y291Y291</data>";

  RoutingTests(ServerSoftware software) {
    super(software);
  }

  @Test
  void request_toTheServer_isAnswered() {
    Iq answer = await(connected(JULIET).request(Iq.get(Jid.of("example.org"), PING)));

    assertThat(answer.type()).isEqualTo(Iq.Type.RESULT);
  }

  @Test
  void request_withoutAddressee_isAnsweredByTheServer() {
    assertThat(await(connected(JULIET).request(Iq.get(null, PING))).type())
        .isEqualTo(Iq.Type.RESULT);
  }

  /** Nobody has sent presence: a full JID is reached without. */
  @Test
  void request_toAnotherAccount_isAnsweredWithTheLanguageAdded() {
    XmppClient juliet = connected(JULIET);
    CompletableFuture<XmlElement> came = new CompletableFuture<>();
    connected(NURSE)
        .onRequest(
            "ping",
            "urn:xmpp:ping",
            request -> {
              came.complete(request.element());
              return CompletableFuture.completedFuture(request.result());
            });

    Iq answer = await(juliet.request(Iq.get(NURSE, PING).withId("1")));

    String iq = "<iq xmlns='jabber:client' %s id='1' type='%s' from='%s' to='%s'>%s</iq>";
    assertThat(LiteralXml.text(await(came)))
        .isEqualTo(
            LiteralXml.text(
                iq.formatted(
                    "xml:lang='en'", "get", JULIET, NURSE, "<ping xmlns='urn:xmpp:ping'/>")));
    assertThat(LiteralXml.text(answer.element()))
        .isEqualTo(LiteralXml.text(iq.formatted("xml:lang='en'", "result", NURSE, JULIET, "")));
  }

  /** Prosody's error for one's own bare JID has no {@code from}: it must not count as forged. */
  @Test
  void request_toOwnBareJid_errorIsItsAnswer() {
    XmppClient juliet = connected(JULIET);
    Iq request = Iq.get(JULIET.bare(), XmlElement.of("nothing", "urn:example:nothing"));

    assertThatThrownBy(() -> await(juliet.request(request)))
        .isInstanceOfSatisfying(
            StanzaErrorException.class,
            e -> {
              assertThat(e.condition()).isEqualTo(Condition.SERVICE_UNAVAILABLE);
              assertThat(e.from())
                  .isEqualTo(
                      software == ServerSoftware.PROSODY
                          ? Optional.empty()
                          : Optional.of(JULIET.bare()));
            });
  }

  @Test
  void fetch_fromNobody_failsAndKeepsNothing() {
    XmppClient juliet = connected(JULIET);

    for (Jid nobody : new Jid[] {NOWHERE, NURSE.bare(), JULIET.bare(), Jid.of("example.org")}) {
      assertThatThrownBy(() -> await(bob(juliet).fetch(nobody, COUCOU.cid())))
          .as("fetched from %s", nobody)
          .isInstanceOf(StanzaErrorException.class);
    }
    assertThat(await(bob(juliet).get(COUCOU.cid()))).isEmpty();
  }

  /** ejabberd returns what could not be delivered: it is no gift of the one who was addressed. */
  @Test
  void push_toNobody_echoInTheErrorIsNotTaken() {
    XmppClient juliet = connected(JULIET);
    CompletableFuture<Message> came = new CompletableFuture<>();
    juliet.onMessage(came::complete);

    await(
        juliet.send(
            Message.of(Message.Type.NORMAL, NOWHERE)
                .withChild(LiteralXml.element(COUCOU_DATA))
                .withChild(LiteralXml.element(NO_HASH_DATA))));

    Message error = await(came);
    assertThat(error.type()).isEqualTo(Message.Type.ERROR);
    assertThat(error.from()).contains(NOWHERE);
    if (software == ServerSoftware.EJABBERD) {
      assertThat(error.children())
          .extracting(XmlElement::name)
          .containsExactly("data", "data", "error");
      assertThat(LiteralXml.text(error.children().get(0))).isEqualTo(LiteralXml.text(COUCOU_DATA));
    }
    assertThat(bob(juliet).take(error).join()).isEmpty();
    assertThat(await(bob(juliet).get(COUCOU.cid()))).isEmpty();
    assertThatThrownBy(() -> await(bob(juliet).fetch(NOWHERE, NO_HASH)))
        .isInstanceOf(StanzaErrorException.class);
  }

  /** A language on the stanza does not hide the data in it. */
  @Test
  void push_toAnotherAccount_isTakenWithTheLanguageAdded() {
    XmppClient juliet = connected(JULIET);
    XmppClient nurse = connected(NURSE);
    CompletableFuture<Message> came = new CompletableFuture<>();
    nurse.onMessage(came::complete);

    await(
        juliet.send(
            Message.of(Message.Type.CHAT, NURSE)
                .withId("2")
                .withChild(LiteralXml.element(COUCOU_DATA))));

    assertThat(LiteralXml.text(await(came).element()))
        .isEqualTo(
            LiteralXml.text(
                "<message xmlns='jabber:client' xml:lang='en' id='2' type='chat' from='%s' to='%s'>"
                        .formatted(JULIET, NURSE)
                    + COUCOU_DATA
                    + "</message>"));
    assertThat(await(bob(nurse).get(COUCOU.cid()))).contains(COUCOU);
  }

  @Test
  void message_ofTypeNormal_losesItsTypeOnEjabberd() {
    CompletableFuture<Message> came = new CompletableFuture<>();
    connected(NURSE).onMessage(came::complete);

    await(connected(JULIET).send(Message.of(Message.Type.NORMAL, NURSE).withId("3")));

    assertThat(await(came).element().attribute("type"))
        .isEqualTo(software == ServerSoftware.EJABBERD ? Optional.empty() : Optional.of("normal"));
  }
}
