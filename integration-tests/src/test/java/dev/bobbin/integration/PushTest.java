package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.HashAlgorithm;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data that a peer pushes in a message or presence. */
class PushTest extends Stage {
  private static final Bob COUCOU = Bob.of("coucou".getBytes(), "text/plain");
  private static final Bob OTHER =
      Bob.of(HashAlgorithm.SHA_256, BobData.utf8("other"), "text/plain");
  private static final String COUCOU_DATA = data(COUCOU.cid().value(), "Y291Y291");
  private static final String OTHER_DATA = data(OTHER.cid().value(), "b3RoZXI=");

  private XmppClient juliet;

  @BeforeEach
  void connect() {
    juliet = connected(JULIET);
  }

  private static String stanza(String name, String attributes, String content) {
    return "<%s xmlns='jabber:client' from='%s' to='%s' %s>%s</%s>"
        .formatted(name, ROMEO, JULIET, attributes, content, name);
  }

  private boolean has(Bob bob) {
    return bob(juliet).get(bob.cid()).join().filter(bob::equals).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"message", "presence"})
  @DisplayName("5: pushed data is taken, and later served from the cache")
  void push_firstLevelChildren_areTaken(String name) throws Exception {
    deliver(juliet, stanza(name, "", COUCOU_DATA + "<status>x</status>" + OTHER_DATA));

    assertThat(has(COUCOU)).isTrue();
    assertThat(has(OTHER)).isTrue();
    assertThat(bob(juliet).fetch(ROMEO, COUCOU.cid()).join()).isEqualTo(COUCOU);
    assertThat(wire.requests()).isZero();
  }

  @Test
  @DisplayName("5: one bad item is no reason to lose the others")
  void push_oneBadItem_losesOnlyThat() throws Exception {
    deliver(
        juliet,
        stanza(
            "message",
            "",
            data(COUCOU.cid().value(), "d3Jvbmc=")
                + "<data xmlns='urn:xmpp:bob'/>"
                + data("x", "***")
                + OTHER_DATA));

    assertThat(bob(juliet).get(COUCOU.cid()).join()).isEmpty();
    assertThat(has(OTHER)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<x xmlns='jabber:x:data'>%s</x>",
        "<forwarded xmlns='urn:xmpp:forward:0'>%s</forwarded>",
        "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client'"
            + " from='romeo@example.org/orchard'>%s</message></forwarded>",
        "<sent xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>"
            + "<message xmlns='jabber:client'>%s</message></forwarded></sent>",
      })
  @DisplayName("6: only first-level children count, and nothing that is forwarded")
  void push_deeper_isNotTaken(String around) throws Exception {
    deliver(
        juliet,
        stanza("message", "", around.formatted(COUCOU_DATA)),
        stanza("presence", "", around.formatted(COUCOU_DATA)));

    assertThat(has(COUCOU)).isFalse();
  }

  @Test
  void push_inErrorStanzas_isNotTaken() throws Exception {
    String error =
        COUCOU_DATA
            + "<error type='cancel'><service-unavailable"
            + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";
    deliver(
        juliet,
        stanza("message", "type='error'", error),
        stanza("presence", "type='error'", error),
        stanza("message", "type='error'", COUCOU_DATA));

    assertThat(has(COUCOU)).isFalse();
  }

  @Test
  @DisplayName("14: what cannot be verified is kept under the exact JID that sent it")
  void push_unverifiable_isKeptUnderItsSender() throws Exception {
    ContentId cid = ContentId.of("picture");
    deliver(juliet, stanza("message", "", data("picture", "Y291Y291")));

    assertThat(bob(juliet).get(cid).join()).isEmpty();
    assertThat(bob(juliet).fetch(ROMEO, cid).join().data()).isEqualTo(COUCOU.data());
    assertThat(wire.requests()).isZero();
  }

  @Test
  @DisplayName("14: occupants of a room share a bare JID and do not poison each other")
  void push_occupantsOfARoom_areKeptApart() throws Exception {
    ContentId cid = ContentId.of("picture");
    Jid nurse = Jid.of("capulets@rooms.example.org/nurse");
    Jid tybalt = Jid.of("capulets@rooms.example.org/tybalt");
    String message =
        "<message xmlns='jabber:client' type='groupchat' from='%s' to='"
            + JULIET
            + "'><data xmlns='urn:xmpp:bob' cid='picture' type='a/b'>%s</data></message>";
    deliver(juliet, message.formatted(nurse, "bnVyc2U="), message.formatted(tybalt, "dHliYWx0"));

    assertThat(bob(juliet).fetch(nurse, cid).join().data()).isEqualTo(BobData.utf8("nurse"));
    assertThat(bob(juliet).fetch(tybalt, cid).join().data()).isEqualTo(BobData.utf8("tybalt"));
    assertThat(wire.requests()).isZero();
    wire.answerData("<data xmlns='urn:xmpp:bob' cid='picture' type='a/b'>Y2FwdWxldHM=</data>");
    assertThat(bob(juliet).fetch(nurse.bare(), cid).join().data())
        .isEqualTo(BobData.utf8("capulets"));
    assertThat(wire.requests()).isEqualTo(1);
  }

  @Test
  @DisplayName("12: with max-age 0 it is not kept, and take() hands it over")
  void push_maxAgeOfZero_isHandedOverAndNotKept() throws Exception {
    String message =
        stanza(
            "message",
            "",
            "<data xmlns='urn:xmpp:bob' max-age='0' type='text/plain' cid='"
                + COUCOU.cid()
                + "'>Y291Y291</data>");
    deliver(juliet, message);
    assertThat(bob(juliet).get(COUCOU.cid()).join()).isEmpty();

    assertThat(bob(juliet).take(Stanza.parse(LiteralXml.element(message))).join())
        .containsExactly(COUCOU.withMaxAge(Duration.ZERO));
    assertThat(bob(juliet).get(COUCOU.cid()).join()).isEmpty();
  }

  @Test
  @DisplayName("6: what an IQ carries inside its payload is found, checked and kept")
  void take_iqWithAForm_isFoundAndKept() {
    String form =
        "<iq xmlns='jabber:client' type='result' id='1' from='%s' to='%s'>"
            + "<query xmlns='jabber:iq:register'><x xmlns='jabber:x:data'/>%s%s</query></iq>";
    Stanza iq =
        Stanza.parse(
            LiteralXml.element(
                form.formatted(ROMEO, JULIET, COUCOU_DATA, data(OTHER.cid().value(), "YQ=="))));

    assertThat(bob(juliet).take(iq).join()).containsExactly(COUCOU);
    assertThat(has(COUCOU)).isTrue();
    assertThat(has(OTHER)).isFalse();
  }
}
