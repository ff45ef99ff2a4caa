package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobException;
import dev.bobbin.xmpp.bob.BobException.Reason;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.plugin.BobEvent;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bad answers to what we fetch: the application gets the reason, as a failure and as an event; the
 * peer gets our one request and nothing else, and nothing that is stored changes.
 */
@Tag("one-path")
class BadInputAnswerTest extends BadInputStage {
  private static final String CID = "sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org";
  private static final String COUCOU = "Y291Y291";
  private static final String NOT_BASE64 = "The data sent as '" + CID + "' is not Base64";
  private static final String NO_BYTES = "What was sent as '" + CID + "' has no bytes at all";
  private static final String NO_DATA = "The answer for '" + CID + "' holds no data";
  private static final String OTHER = "The answer for '" + CID + "' has another content-id";

  /** Handed over and not kept, so that the shelves stay as they are. */
  private static final Bob RIGHT =
      new Bob(ContentId.of("picture"), "a/b", BobData.utf8("right"), Duration.ZERO);

  private static final String RIGHT_DATA =
      "<data xmlns='urn:xmpp:bob' cid='picture' max-age='0' type='a/b'>cmlnaHQ=</data>";
  private static final String RIGHT_ANSWER = result("romeo@example.org/orchard", RIGHT_DATA);

  /** To a request whose id is to be put in for ID. */
  private static String result(String from, String payload) {
    return "<iq xmlns='jabber:client' type='result' id='ID' from='%s' to='%s'>%s</iq>"
        .formatted(from, JULIET, payload);
  }

  private void answer(String... stanzas) {
    wire.rule(
        stanza ->
            Wire.isRequest(stanza)
                ? Stream.of(stanzas)
                    .map(
                        xml ->
                            xml.replace("'ID'", "'" + stanza.attribute("id").orElseThrow() + "'"))
                    .map(LiteralXml::element)
                    .toList()
                : List.of(stanza));
  }

  private static Arguments row(String payload, Reason reason, String message) {
    return Arguments.of(payload, reason, message);
  }

  static Stream<Arguments> answers() {
    String offer = "<data xmlns='urn:xmpp:bob' cid='" + CID + "' ";
    return Stream.of(
        row("", Reason.NO_DATA, NO_DATA),
        row("coucou", Reason.NO_DATA, NO_DATA),
        row("<query xmlns='urn:xmpp:bob'/>", Reason.NO_DATA, NO_DATA),
        row("<x xmlns='urn:x'>" + data(CID, COUCOU) + "</x>", Reason.NO_DATA, NO_DATA),
        row(
            "<data xmlns='urn:other' cid='" + CID + "' type='a/b'>Y291Y291</data>",
            Reason.NO_DATA,
            NO_DATA),
        row(offer + "/>", Reason.NO_DATA, NO_BYTES),
        row(offer + "type='a/b'> \n\t</data>", Reason.NO_DATA, NO_BYTES),
        row(
            "<data xmlns='urn:xmpp:bob' type='a/b'>Y291Y291</data>",
            Reason.MALFORMED_CONTENT_ID,
            "'' is no content-id: it is empty (docs/errors.md#malformed-content-id)"),
        row(
            data("x".repeat(1024), COUCOU),
            Reason.MALFORMED_CONTENT_ID,
            "'"
                + "x".repeat(100)
                + "...' is no content-id: it is longer than 1023 bytes"
                + " (docs/errors.md#malformed-content-id)"),
        row(
            data("a&#10;b", COUCOU),
            Reason.MALFORMED_CONTENT_ID,
            "'a\ufffdb' is no content-id: it holds a character that it may not"
                + " (docs/errors.md#malformed-content-id)"),
        row(data("hosted", COUCOU), Reason.OTHER_CONTENT_ID, OTHER),
        row(data("from", COUCOU), Reason.OTHER_CONTENT_ID, OTHER),
        row(
            data(FilledShelves.VERIFIED.cid().value(), "dmVyaWZpZWQ="),
            Reason.OTHER_CONTENT_ID,
            OTHER),
        row(data("cid:" + CID, COUCOU), Reason.OTHER_CONTENT_ID, OTHER),
        row(data(CID + " ", COUCOU), Reason.OTHER_CONTENT_ID, OTHER),
        row(data(CID.toUpperCase(), COUCOU), Reason.OTHER_CONTENT_ID, OTHER),
        row(data(CID.replace("sha1", "sha-1"), COUCOU), Reason.OTHER_CONTENT_ID, OTHER),
        row(data("../../" + CID, COUCOU), Reason.OTHER_CONTENT_ID, OTHER),
        row(
            data(CID, "d3Jvbmc="),
            Reason.HASH_MISMATCH,
            "The data sent as '" + CID + "' does not have that hash"),
        row(data(CID, "Y291-Y29"), Reason.NOT_BASE64, NOT_BASE64),
        row(data(CID, "Y291Y29"), Reason.NOT_BASE64, NOT_BASE64),
        row(data(CID, "Y291<x xmlns='urn:x'/>Y291"), Reason.NOT_BASE64, NOT_BASE64),
        row(data(CID, COUCOU + data(CID, COUCOU)), Reason.NOT_BASE64, NOT_BASE64),
        row(
            data(CID, "AAAA".repeat(2731)),
            Reason.TOO_LARGE,
            "The data sent as '" + CID + "' has more than the allowed 8192 bytes"),
        row(
            offer + ">Y291Y291</data>",
            Reason.NO_MEDIA_TYPE,
            "The data sent as '"
                + CID
                + "' has no media type: '' is no media type such as image/png"
                + " (docs/errors.md#no-media-type)"),
        row(
            offer + "type='text'>Y291Y291</data>",
            Reason.NO_MEDIA_TYPE,
            "The data sent as '"
                + CID
                + "' has no media type: 'text' is no media type such as image/png"
                + " (docs/errors.md#no-media-type)"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  @DisplayName("4, 13, 15, 16, 17, B1: a bad answer fails with its reason and stores nothing")
  void fetch_badAnswer_failsAndChangesNothing(String payload, Reason reason, String message)
      throws Exception {
    ContentId asked = ContentId.of(CID);
    answer(result("romeo@example.org/orchard", payload));

    assertThatThrownBy(() -> bob(juliet).fetch(ROMEO, asked).join())
        .cause()
        .isInstanceOfSatisfying(BobException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessage(message + " (docs/errors.md#rejected-data)");
    assertThat(events.all()).containsExactly(new BobEvent.Rejected(ROMEO, JULIET, asked, reason));
    isAskedOnceAndNothingElse(CID);
  }

  private void isAskedOnceAndNothingElse(String cid) {
    settle(juliet);
    assertThat(wire.iqs("get").stream().filter(iq -> !iq.contains("urn:xmpp:ping")))
        .containsExactly(
            "<iq xmlns='jabber:client' type='get' to='romeo@example.org/orchard' id='ID'"
                + " from='juliet@example.org/balcony'><data xmlns='urn:xmpp:bob' cid='"
                + cid
                + "'/></iq>");
    assertThat(wire.answers()).isEmpty();
    shelves.assertUnchanged(wire);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<data xmlns='urn:xmpp:bob' cid='picture' type='a/b'>YQ==</data>",
        "<x xmlns='urn:x'/>",
        "<error type='cancel'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>",
      })
  @DisplayName("two payloads in an answer: none of them is taken")
  void fetch_twoPayloads_failsAndTakesNeither(String second) throws Exception {
    answer(result("romeo@example.org/orchard", RIGHT_DATA + second), RIGHT_ANSWER);

    assertThatThrownBy(() -> bob(juliet).fetch(ROMEO, RIGHT.cid()).join())
        .cause()
        .isExactlyInstanceOf(XmppException.class)
        .hasMessage(
            "The answer from romeo@example.org/orchard breaks the rules of RFC 6120: it has 2"
                + " payloads, one is allowed (docs/errors.md#malformed-answer)");
    deliver(juliet);
    assertThat(events.all()).as("nothing was asked for when the next came").isEmpty();
    isAskedOnceAndNothingElse("picture");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "romeo@example.org",
        "romeo@example.org/other",
        "romeo@example.org/Orchard",
        "example.org",
        "example.org/orchard",
        "juliet@example.org",
        "juliet@example.org/balcony",
        "mallory@example.net/orchard",
      })
  @DisplayName(
      "B2: an answer counts only from the JID that was asked; what others say is not heard")
  void fetch_answerFromAnother_isAsIfItHadNotCome(String another) throws Exception {
    answer(
        result(another, "<data xmlns='urn:xmpp:bob' cid='picture' type='a/b'>YQ==</data>"),
        result(another, ""),
        result(another, "<x xmlns='urn:x'/><y xmlns='urn:y'/>"),
        result(another, "").replace("'result'", "'error'"),
        result("romeo@example.org/orchard", data("picture", "YQ==")).replace("'ID'", "'other'"),
        RIGHT_ANSWER);

    assertThat(bob(juliet).fetch(ROMEO, RIGHT.cid()).join()).isEqualTo(RIGHT);
    assertThat(events.all()).containsExactly(new BobEvent.Received(RIGHT, ROMEO, JULIET, true));
    isAskedOnceAndNothingElse("picture");
  }

  @Test
  @DisplayName("a second answer to a request is one that nobody asked for")
  void fetch_secondAnswer_isIgnored() throws Exception {
    answer(
        RIGHT_ANSWER,
        result("romeo@example.org/orchard", data("picture", "YQ==")),
        RIGHT_ANSWER,
        RIGHT_ANSWER.replace("'result'", "'error'"));

    assertThat(bob(juliet).fetch(ROMEO, RIGHT.cid()).join()).isEqualTo(RIGHT);
    deliver(juliet);
    assertThat(events.all()).containsExactly(new BobEvent.Received(RIGHT, ROMEO, JULIET, true));
    isAskedOnceAndNothingElse("picture");
  }

  @Test
  @DisplayName("B9: data echoed in an error is no data")
  void fetch_errorWithData_failsAndChangesNothing() throws Exception {
    answer(
        result(
                "romeo@example.org/orchard",
                data("picture", "YQ==")
                    + "<error type='cancel'>"
                    + "<gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>")
            .replace("'result'", "'error'"));

    assertThatThrownBy(() -> bob(juliet).fetch(ROMEO, RIGHT.cid()).join())
        .cause()
        .hasMessage("romeo@example.org/orchard answered gone (cancel)");
    assertThat(events.all()).isEmpty();
    isAskedOnceAndNothingElse("picture");
  }
}
