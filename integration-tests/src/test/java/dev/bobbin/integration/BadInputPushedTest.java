package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobException.Reason;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.plugin.BobEvent;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bad data pushed to us, in a message, in presence and inside an IQ's payload: the peer gets
 * nothing, the application hears why it was rejected, and nothing that is stored changes.
 */
@Tag("one-path")
class BadInputPushedTest extends BadInputStage {
  /** The SHA-1 of "coucou", and the Base64 of that. */
  private static final String CID = "sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org";

  private static final String COUCOU = "Y291Y291";

  /** The SHA-1 of "Y291Y291": the XEP's own examples hash the Base64. */
  private static final String CID_OF_BASE64 =
      "sha1+dfde7ec0656fdf797d8631f95581d64e0cb7c042@bob.xmpp.org";

  private static Arguments rejected(String attributes, String content, Reason reason) {
    return Arguments.of(attributes, content, reason);
  }

  private static Arguments named(String cid, String base64, Reason reason) {
    return rejected("cid='" + cid + "' type='text/plain'", base64, reason);
  }

  private static Arguments typed(String type) {
    return rejected("cid='" + CID + "' " + type, COUCOU, Reason.NO_MEDIA_TYPE);
  }

  static Stream<Arguments> contentIds() {
    return Stream.of(
        rejected("type='a/b'", COUCOU, Reason.MALFORMED_CONTENT_ID),
        rejected("type='a/b' xmlns:o='urn:o' o:cid='x'", COUCOU, Reason.MALFORMED_CONTENT_ID),
        named("", COUCOU, Reason.MALFORMED_CONTENT_ID),
        named("x".repeat(1024), COUCOU, Reason.MALFORMED_CONTENT_ID),
        named("\u20ac".repeat(341) + "x", COUCOU, Reason.MALFORMED_CONTENT_ID),
        named("from&#9;", COUCOU, Reason.MALFORMED_CONTENT_ID),
        named("from&#13;", COUCOU, Reason.MALFORMED_CONTENT_ID),
        named("from&#x9f;", COUCOU, Reason.MALFORMED_CONTENT_ID),
        named("from&#x10FFFF;", COUCOU, Reason.MALFORMED_CONTENT_ID),
        // 13: a hash that we can check, of other bytes.
        named(CID, "d3Jvbmc=", Reason.HASH_MISMATCH),
        named(CID.replace('f', 'F'), "d3Jvbmc=", Reason.HASH_MISMATCH),
        named(CID.replace("5ed25af7", "00000000"), COUCOU, Reason.HASH_MISMATCH),
        named(CID_OF_BASE64, COUCOU, Reason.HASH_MISMATCH),
        named(FilledShelves.VERIFIED.cid().value(), COUCOU, Reason.HASH_MISMATCH),
        named(FilledShelves.HOSTED_BY_HASH.cid().value(), COUCOU, Reason.HASH_MISMATCH));
  }

  static Stream<Arguments> contents() {
    return Stream.of(
        named(CID, "", Reason.NO_DATA),
        named(CID, " \n\t&#13; ", Reason.NO_DATA),
        named(CID, "<x xmlns='urn:x'/>", Reason.NO_DATA),
        named("from", "", Reason.NO_DATA),
        named(CID, "AAAA".repeat(2731), Reason.TOO_LARGE),
        named("from", "****".repeat(2731), Reason.TOO_LARGE),
        named(CID, "Y291-Y29", Reason.NOT_BASE64),
        named(CID, "Y291_Y29", Reason.NOT_BASE64),
        named(CID, "Y291Y29", Reason.NOT_BASE64),
        named(CID, "Y", Reason.NOT_BASE64),
        named(CID, "====", Reason.NOT_BASE64),
        named(CID, "=", Reason.NOT_BASE64),
        named(CID, "Y291Y291====", Reason.NOT_BASE64),
        named(CID, "Y2==Y291", Reason.NOT_BASE64),
        named("from", "YR==", Reason.NOT_BASE64),
        named("from", "YWF=", Reason.NOT_BASE64),
        named(CID, "Y291&#xA0;Y291", Reason.NOT_BASE64),
        named(CID, "Y291\u200bY291", Reason.NOT_BASE64),
        named(CID, "Y291\uff39291", Reason.NOT_BASE64),
        named(CID, "data:;base64,Y291Y291", Reason.NOT_BASE64),
        named(CID, "Y291<x xmlns='urn:x'/>Y291", Reason.NOT_BASE64),
        named(CID, COUCOU + "<data xmlns='urn:xmpp:bob' cid='y'/>", Reason.NOT_BASE64),
        typed(""),
        typed("type=''"),
        typed("type='text'"),
        typed("type='text/'"),
        typed("type='/plain'"),
        typed("type='text/plain; charset'"),
        typed("type='text/plain;charset=utf-8;'"),
        typed("type='text/pl ain'"),
        typed("type='text/plain&#10;X: y'"),
        typed("type='te\u00ebxt/plain'"),
        typed("type='text/" + "x".repeat(508) + "'"),
        // Several faults: the first that is found is the one that is told.
        rejected("", "", Reason.MALFORMED_CONTENT_ID),
        rejected("cid='from'", "***", Reason.NO_MEDIA_TYPE),
        rejected("cid='from' max-age='-1'", "", Reason.NO_DATA));
  }

  @ParameterizedTest
  @MethodSource("contentIds")
  @DisplayName("13, 16: data whose content-id is none, or whose hash is another, is rejected")
  void push_badContentId_isRejectedAndChangesNothing(
      String attributes, String content, Reason reason) throws Exception {
    isRejected(attributes, content, reason);
  }

  @ParameterizedTest
  @MethodSource("contents")
  @DisplayName("4, 15, 17: data without bytes, with too many, not in Base64, or without a type")
  void push_badContent_isRejectedAndChangesNothing(String attributes, String content, Reason reason)
      throws Exception {
    isRejected(attributes, content, reason);
  }

  private void isRejected(String attributes, String content, Reason reason) throws Exception {
    String data = "<data xmlns='urn:xmpp:bob' " + attributes + ">" + content + "</data>";
    assertThat(pushInAllWays(ROMEO, data)).isEmpty();

    String cid = LiteralXml.element(data).attribute("cid").orElse("");
    BobEvent rejected =
        new BobEvent.Rejected(
            ROMEO,
            JULIET,
            reason == Reason.MALFORMED_CONTENT_ID ? null : ContentId.of(cid),
            reason);
    assertThat(events.all()).containsExactly(rejected, rejected, rejected);
    assertThat(wire.answers()).isEmpty();
    shelves.assertUnchanged(wire);
  }

  /** Gives what take() gave of the last one. */
  private List<Bob> pushInAllWays(Jid from, String data) throws Exception {
    String stanza = "<%s xmlns='jabber:client' id='1' %s from='%s' to='%s'>%s</%s>";
    String form = "<x xmlns='jabber:x:data'>" + data + "</x>";
    deliver(
        juliet,
        stanza.formatted("message", "", from, JULIET, data, "message"),
        stanza.formatted("presence", "", from, JULIET, data, "presence"));
    settle(juliet);
    return bob(juliet)
        .take(
            Stanza.parse(
                LiteralXml.element(
                    stanza.formatted("iq", "type='result'", from, JULIET, form, "iq"))))
        .join();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../etc/passwd",
        "C:\\CON",
        ".",
        "%2e%2e%2f",
        "hosted",
        "HOSTED",
        "_received/hosted",
        "\ud83d\ude00",
        "sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org ",
        "sha-256+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org",
        "sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd80@bob.xmpp.org",
        "sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acdg@bob.xmpp.org",
        "sha1+@bob.xmpp.org",
        "1023",
      })
  @DisplayName("14: a hostile content-id without a hash is no more than a name of its sender's")
  void push_hostileContentId_standsUnderItsSenderAlone(String text) throws Exception {
    ContentId cid = ContentId.of(text.equals("1023") ? "x".repeat(1023) : text);
    Bob bob = new Bob(cid, "text/plain", BobData.utf8("coucou"), null);
    assertThat(pushInAllWays(ROMEO, data(cid.value(), COUCOU))).containsExactly(bob);

    BobEvent received = new BobEvent.Received(bob, ROMEO, JULIET, false);
    assertThat(events.all()).containsExactly(received, received, received);
    isAddedAlone(new BobKey(new Shelf.From(ROMEO), cid), bob);
  }

  @Test
  @DisplayName("14: one sender's name does not reach another's item of that name")
  void push_nameOfAnothersItem_changesNothingOfTheOther() throws Exception {
    Bob theirs = new Bob(ContentId.of("from"), "text/plain", BobData.utf8("coucou"), null);
    assertThat(pushInAllWays(FilledShelves.FRIEND.bare(), data("from", COUCOU)))
        .containsExactly(theirs);

    events.all();
    isAddedAlone(new BobKey(new Shelf.From(FilledShelves.FRIEND.bare()), theirs.cid()), theirs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "5s", "+5", " 5", "0x10", "\u0665", "\u00b2", "", "never"})
  @DisplayName("19: a max-age that is no non-negative integer is as none")
  void push_badMaxAge_isIgnored(String maxAge) throws Exception {
    Bob bob = new Bob(ContentId.of("x"), "a/b", BobData.utf8("coucou"), null);
    String data =
        "<data xmlns='urn:xmpp:bob' cid='x' type='a/b' max-age='" + maxAge + "'>Y291Y291</data>";
    assertThat(pushInAllWays(ROMEO, data)).containsExactly(bob);

    events.all();
    isAddedAlone(new BobKey(new Shelf.From(ROMEO), bob.cid()), bob);
  }

  /** So it is, and afterwards it is taken away again. */
  private void isAddedAlone(BobKey key, Bob bob) {
    assertThat(wire.answers()).isEmpty();
    shelves.assertUnchangedBut(wire, Map.of(key, bob));
    juliet.api().call(BobMethods.DEL_BOB, ApiTarget.of(juliet.self()), key).join();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<data xmlns='urn:xmpp:bob:1' cid='x' type='a/b'>Y291Y291</data>",
        "<Data xmlns='urn:xmpp:bob' cid='x' type='a/b'>Y291Y291</Data>",
        "<b:bob xmlns:b='urn:xmpp:bob' cid='x' type='a/b'>Y291Y291</b:bob>",
        "<forwarded xmlns='urn:xmpp:forward:0'>"
            + "<data xmlns='urn:xmpp:bob' cid='x' type='a/b'>Y291Y291</data></forwarded>",
      })
  @DisplayName("6: what is no data, or not to us, is not even rejected")
  void push_noData_isNothing(String payload) throws Exception {
    assertThat(pushInAllWays(ROMEO, payload)).isEmpty();

    assertThat(events.all()).isEmpty();
    assertThat(wire.answers()).isEmpty();
    shelves.assertUnchanged(wire);
  }
}
