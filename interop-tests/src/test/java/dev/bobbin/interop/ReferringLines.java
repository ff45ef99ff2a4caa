package dev.bobbin.interop;

import static dev.bobbin.interop.OnARealServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Data is referred to, looked for in the cache, and asked for (XEP-0231 section 2.1). */
abstract class ReferringLines extends Lines {
  /** Mentions data in the text, as XHTML-IM has it. */
  private static final String PICTURE =
      "<html xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='http://www.w3.org/1999/xhtml'>"
          + "<img alt='hi' src='cid:sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org'/>"
          + "</body></html>";

  ReferringLines(Place place) {
    super(place);
  }

  @Test
  @DisplayName("1, 3: we refer by content-id only, and the peer gets the data when it asks")
  void send_hosted_isReferredToAndFetched() {
    await(bob().set(COUCOU));

    await(
        us.send(
            Message.of(Message.Type.CHAT, PEER)
                .withId("refer")
                .withChild(LiteralXml.element(PICTURE))));
    heard(
        "<message type='chat' id='refer' from='juliet@example.org/lines'"
            + " to='nurse@example.org/lines'>"
            + (PICTURE + "</message>"));
    ask("a", COUCOU_CID);
    heardResult("a", COUCOU_DATA);
  }

  @Test
  @DisplayName("1, 2, 3: a peer refers by content-id; we ask once, and then look into the cache")
  void fetch_referredTo_isAskedForOnce() {
    Message came = push(PICTURE);

    assertSame(
        came.element(),
        "<message id='push' from='nurse@example.org/lines' to='juliet@example.org/lines'>"
            + (PICTURE + "</message>"));
    assertThat(fetch(COUCOU_CID, COUCOU_DATA)).isEqualTo(COUCOU);
    assertThat(await(fetch(COUCOU_CID))).isEqualTo(COUCOU);
    quiet();
  }

  @Test
  @DisplayName("1: references are cid: URIs, both ways")
  void uri_ofAContentId_isWhatMarkupRefersBy() {
    assertThat(PICTURE).contains("src='" + COUCOU.cid().uri() + "'");

    Message came = push("<see xmlns='urn:x'>CID:a%3Cb%40c</see>");
    ContentId referredTo = ContentId.ofUri(came.children().get(0).text());
    CompletableFuture<Bob> fetching = bob().fetch(PEER, referredTo);
    answer(heardRequest("a&lt;b@c"), data("a&lt;b@c", COUCOU_TEXT));
    assertThat(await(fetching).data()).isEqualTo(COUCOU.data());
  }

  @Test
  @DisplayName("2: what a peer has pushed is not asked for")
  void fetch_pushed_isNotAskedFor() {
    push(COUCOU_DATA);

    assertThat(await(fetch(COUCOU_CID))).isEqualTo(COUCOU);
    quiet();
  }

  @Test
  @DisplayName("2: what we host ourselves is not asked for")
  void fetch_hosted_isNotAskedFor() {
    await(bob().set(COUCOU));

    assertThat(await(fetch(COUCOU_CID))).isEqualTo(COUCOU);
    quiet();
  }

  @Test
  @DisplayName("3: a peer's request as the standard's own example writes it, with white space")
  void request_withWhiteSpace_isAnswered() {
    await(bob().set(COUCOU));

    peer.say(
        "<iq to='juliet@example.org/lines'\n    type='get'\n    id='get-data-1'>\n  <data"
            + " xmlns='urn:xmpp:bob'\n        cid='%s'></data>\n</iq>".formatted(COUCOU_CID));

    heardResult("get-data-1", COUCOU_DATA);
  }

  @Test
  @DisplayName("3: content-ids that XML has to escape are asked for and answered as they are")
  void request_contentIdOfOddCharacters_isEscaped() {
    ContentId odd = ContentId.of("a&b<c>'d\"\u00e9@x");
    String escaped = "a&amp;b&lt;c&gt;&apos;d&quot;\u00e9@x";
    Bob theirs = new Bob(odd, "text/plain", COUCOU.data(), null);

    CompletableFuture<Bob> fetching = bob().fetch(PEER, odd);
    answer(heardRequest(escaped), data(escaped, COUCOU_TEXT));
    assertThat(await(fetching)).isEqualTo(theirs);

    await(bob().set(theirs));
    ask("b", escaped);
    heardResult("b", data(escaped, COUCOU_TEXT));
  }
}
