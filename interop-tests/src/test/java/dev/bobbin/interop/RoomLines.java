package dev.bobbin.interop;

import static dev.bobbin.interop.OnARealServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.LiteralPeer;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.ContentId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Three occupants of a room: they share a bare JID, and hide behind it (XEP-0045). */
abstract class RoomLines extends Lines {
  private static final ContentId PICTURE = ContentId.of("picture");
  private static final Jid JULIET = Jid.of("capulets@rooms.example.org/juliet");
  private static final Jid NURSE = Jid.of("capulets@rooms.example.org/nurse");
  private static final Jid TYBALT = Jid.of("capulets@rooms.example.org/tybalt");

  private LiteralPeer tybalt;

  RoomLines(Place place) {
    super(place);
  }

  @BeforeEach
  void enter() {
    enter(peer, NURSE);
    await(
        us.send(
            Presence.of(Presence.Type.AVAILABLE, JULIET)
                .withChild(XmlElement.of("x", "http://jabber.org/protocol/muc"))));
    awaitEntry(JULIET);
    tybalt = another(Jid.of("benvolio@example.org/lines"));
    enter(tybalt, TYBALT);
    awaitEntry(TYBALT);
  }

  private static void enter(LiteralPeer who, Jid as) {
    who.say(
        "<presence to='%s'><x xmlns='http://jabber.org/protocol/muc'/></presence>".formatted(as));
    hear(who, "presence", as);
  }

  /** The nurse, who was there first, sees who comes. */
  private void awaitEntry(Jid occupant) {
    hear(peer, "presence", occupant);
  }

  private static XmlElement hear(LiteralPeer who, String name, Jid from) {
    return who.hear(
        stanza ->
            stanza.name().equals(name)
                && stanza.attribute("from").equals(Optional.of(from.toString())));
  }

  /** That an occupant hears this IQ; rooms change its id. */
  private static String heardIq(LiteralPeer by, Jid from, String literal) {
    XmlElement iq = hear(by, "iq", from);
    String id = iq.attribute("id").orElseThrow();
    assertSame(iq, literal.replace("id='ID'", "id='" + id + "'"));
    return id;
  }

  private String nurseIsAsked(String cid) {
    return heardIq(
        peer,
        JULIET,
        "<iq type='get' id='ID' from='capulets@rooms.example.org/juliet'"
            + (" to='nurse@example.org/lines'>" + wanted(cid) + "</iq>"));
  }

  private static void answer(LiteralPeer who, String id, String base64) {
    who.say(
        "<iq type='result' id='%s' to='capulets@rooms.example.org/juliet'>%s</iq>"
            .formatted(id, data("picture", base64)));
  }

  /** Has an occupant push in the room. */
  private Message pushed(LiteralPeer who, String id, String base64) {
    who.say(
        "<message type='groupchat' id='%s' to='capulets@rooms.example.org'>%s</message>"
            .formatted(id, data("picture", base64)));
    return came(id);
  }

  @Test
  @DisplayName(
      "14: what two occupants push under one content-id is kept under each one's exact JID")
  void push_ofTwoOccupants_isKeptApart() {
    Message nurses = pushed(peer, "n", "bnVyc2U=");
    Message tybalts = pushed(tybalt, "t", "dHliYWx0");

    assertThat(nurses.from()).contains(NURSE);
    assertThat(tybalts.from()).contains(TYBALT);
    assertThat(await(bob().fetch(NURSE, PICTURE)).data()).isEqualTo(BobData.utf8("nurse"));
    assertThat(await(bob().fetch(TYBALT, PICTURE)).data()).isEqualTo(BobData.utf8("tybalt"));
    assertThat(has("picture")).isFalse();

    CompletableFuture<Bob> asking = bob().fetch(PEER, PICTURE);
    String id =
        heardIq(
            peer,
            US,
            "<iq type='get' id='ID' from='juliet@example.org/lines' to='nurse@example.org/lines'>"
                + (wanted("picture") + "</iq>"));
    answer(id, data("picture", COUCOU_TEXT));
    assertThat(await(asking).data()).as("nor are they those of a JID").isEqualTo(COUCOU.data());
  }

  @Test
  @DisplayName("3, 14: an occupant is asked across the room, and what it answers is its own")
  void fetch_ofAnOccupant_goesAcrossTheRoom() {
    CompletableFuture<Bob> asking = bob().fetch(NURSE, PICTURE);
    answer(peer, nurseIsAsked("picture"), "bnVyc2U=");
    assertThat(await(asking).data()).isEqualTo(BobData.utf8("nurse"));

    CompletableFuture<Bob> askingTybalt = bob().fetch(TYBALT, PICTURE);
    String id =
        heardIq(
            tybalt,
            JULIET,
            "<iq type='get' id='ID' from='capulets@rooms.example.org/juliet'"
                + (" to='benvolio@example.org/lines'>" + wanted("picture") + "</iq>"));
    answer(tybalt, id, "dHliYWx0");
    assertThat(await(askingTybalt).data()).isEqualTo(BobData.utf8("tybalt"));
    assertThat(await(bob().fetch(NURSE, PICTURE)).data()).isEqualTo(BobData.utf8("nurse"));
  }

  @Test
  @DisplayName("3, 7: an occupant asks us across the room")
  void request_ofAnOccupant_isAnsweredAcrossTheRoom() {
    await(bob().set(COUCOU));

    peer.say(
        "<iq type='get' id='a' to='capulets@rooms.example.org/juliet'>"
            + (wanted(COUCOU_CID) + "</iq>"));
    heardIq(
        peer,
        JULIET,
        "<iq type='result' id='a' from='capulets@rooms.example.org/juliet'"
            + (" to='nurse@example.org/lines'>" + COUCOU_DATA + "</iq>"));
    peer.say(
        "<iq type='get' id='b' to='capulets@rooms.example.org/juliet'>" + wanted("x") + "</iq>");
    heardIq(
        peer,
        JULIET,
        "<iq type='error' id='b' from='capulets@rooms.example.org/juliet'"
            + " to='nurse@example.org/lines'><error type='cancel'>"
            + ("<item-not-found " + STANZAS + "/></error></iq>"));
  }

  /** What ejabberd makes of the id is another matter: the other test's. */
  @Test
  @DisplayName("B2: in a room too, a reply counts only from the occupant who was asked")
  void fetch_answerOfAnotherOccupant_doesNotCount() {
    CompletableFuture<Bob> asking = bob().fetch(NURSE, PICTURE);
    String id = nurseIsAsked("picture");
    String known = place == Place.EJABBERD ? "guessed" : id;

    answer(known, data("picture", COUCOU_TEXT)); // by the nurse, but not as an occupant
    taken();
    answer(tybalt, known, "dHliYWx0");
    pushed(tybalt, "t", COUCOU_TEXT);
    assertThat(asking).isNotDone();

    answer(peer, id, "bnVyc2U=");
    assertThat(await(asking).data()).isEqualTo(BobData.utf8("nurse"));
  }

  /**
   * ejabberd knows the answer to a request of a room's by its id alone, whoever sends it from
   * wherever, and says that it is of the occupant who was asked. It makes that id itself, long and
   * random, and tells it to nobody else.
   */
  @Test
  @DisplayName("beyond: ejabberd vouches for whoever knows the id of a room's request")
  void fetch_answerByTheIdOfARoom_isCreditedByEjabberd() {
    CompletableFuture<Bob> asking = bob().fetch(NURSE, PICTURE);
    String id = nurseIsAsked("picture");
    assertThat(id.startsWith("rr-")).isEqualTo(place == Place.EJABBERD);

    answer(tybalt, id, "dHliYWx0");

    if (place == Place.EJABBERD) {
      assertThat(await(asking).data()).isEqualTo(BobData.utf8("tybalt"));
    } else {
      pushed(tybalt, "t", COUCOU_TEXT);
      answer(peer, id, "bnVyc2U=");
      assertThat(await(asking).data()).isEqualTo(BobData.utf8("nurse"));
    }
  }
}
