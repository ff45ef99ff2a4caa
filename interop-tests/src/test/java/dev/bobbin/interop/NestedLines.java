package dev.bobbin.interop;

import static dev.bobbin.interop.OnARealServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.Bob;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data inside the payload of another IQ, as forms have it, and nowhere else (section 2.1). */
abstract class NestedLines extends Lines {
  /** A form with a picture (XEP-0158, XEP-0221), and the picture behind it. */
  private static final String FORM =
      "<x xmlns='jabber:x:data' type='form'><field var='ocr'><media xmlns='urn:xmpp:media-element'>"
          + ("<uri type='image/png'>cid:" + COUCOU_CID + "</uri></media></field></x>");

  private static final String REGISTER = "jabber:iq:register";

  NestedLines(Place place) {
    super(place);
  }

  private static String nested(int depth) {
    return "<a xmlns='urn:a'>".repeat(depth - 1) + COUCOU_DATA + "</a>".repeat(depth - 1);
  }

  /** Asks the peer for a form; it answers with this in its query. */
  private Iq register(String content) {
    CompletableFuture<Iq> asking = us.request(Iq.get(PEER, XmlElement.of("query", REGISTER)));
    String id =
        heard(
            "<iq type='get' id='ID' from='juliet@example.org/lines' to='nurse@example.org/lines'>"
                + "<query xmlns='jabber:iq:register'/></iq>");
    answer(id, "<query xmlns='jabber:iq:register'>" + content + "</query>");
    return await(asking);
  }

  private List<Bob> take(Iq iq) {
    return await(bob().take(iq));
  }

  @Test
  @DisplayName("6: the picture in a peer's form is found, checked and kept")
  void take_resultWithAForm_isFound() {
    Iq form = register(FORM + COUCOU_DATA);

    assertThat(take(form)).containsExactly(COUCOU);
    assertThat(await(fetch(COUCOU_CID))).isEqualTo(COUCOU);
    quiet();
  }

  @Test
  @DisplayName("6: so is the one in a peer's request, for whoever handles that")
  void take_requestWithAForm_isFound() {
    CompletableFuture<Iq> came = new CompletableFuture<>();
    try (Registration handling =
        us.onRequest(
            "query",
            REGISTER,
            request -> {
              came.complete(request);
              return CompletableFuture.completedFuture(request.result());
            })) {
      peer.say(
          "<iq type='set' id='a' to='juliet@example.org/lines'><query xmlns='jabber:iq:register'>"
              + (FORM + COUCOU_DATA + "</query></iq>"));

      heard(
          "<iq type='result' id='a' from='juliet@example.org/lines' to='nurse@example.org/lines'/>");
      assertThat(take(await(came))).containsExactly(COUCOU);
    }
  }

  @Test
  @DisplayName("6: eight levels deep, and no deeper")
  void take_deepInThePayload_isFoundDownTo8() {
    assertThat(take(register(nested(8)))).containsExactly(COUCOU);
    assertThat(take(register(nested(9)))).isEmpty();
  }

  @Test
  @DisplayName("6: data whose hash is another's is not taken from a form either")
  void take_wrongHashInAForm_isRejected() {
    assertThat(take(register(FORM + data(COUCOU_CID, "YQ==")))).isEmpty();
    assertThat(has(COUCOU_CID)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<x xmlns='jabber:x:data' type='form'>%s</x>",
        "<forwarded xmlns='urn:xmpp:forward:0'>%s</forwarded>",
        "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client'"
            + " from='nurse@example.org/lines'>%s</message></forwarded>"
      })
  @DisplayName("6: in messages and presence, only first-level children count")
  void push_deeper_isNotTaken(String around) {
    push(around.formatted(COUCOU_DATA));
    peer.say(
        "<presence to='juliet@example.org/lines'>%s</presence>"
            .formatted(around.formatted(COUCOU_DATA)));
    taken();

    assertThat(has(COUCOU_CID)).isFalse();
  }

  @Test
  @DisplayName("6: what is forwarded in an IQ is not credited to who forwards it")
  void take_forwardedInAnIq_isNotTaken() {
    String forwarded =
        "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client'>%s</message></forwarded>";

    assertThat(take(register(forwarded.formatted(COUCOU_DATA)))).isEmpty();
    assertThat(has(COUCOU_CID)).isFalse();
  }
}
