package dev.bobbin.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobException;
import dev.bobbin.xmpp.bob.BobException.Reason;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.BobOffer;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.HashAlgorithm;
import dev.bobbin.xmpp.bob.plugin.BobEvent;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Answers of a stranger that are not quite what they should be, fetched across a real server. */
abstract class SlixmppServesOddlyTests extends WithSlixmpp {
  SlixmppServesOddlyTests(ServerSoftware software) {
    super(software);
  }

  private static ContentId sha1(String text) {
    return Bob.of(text.getBytes(UTF_8), "text/plain").cid();
  }

  /** That the stranger's answer is rejected, why, and that this is told and nothing is kept. */
  private void assertRejected(ContentId cid, String answer, Reason reason, ContentId told) {
    slixmpp.answer(cid.value(), "result", answer);
    BlockingQueue<BobEvent> events = events();

    assertThatThrownBy(() -> fetch(cid))
        .as(answer)
        .isInstanceOfSatisfying(BobException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    assertThat(next(events, 1))
        .containsExactly(new BobEvent.Rejected(SlixmppPeer.JID, JULIET, told, reason));
    assertThat(kept(cid)).isEmpty();
  }

  private void assertRejected(ContentId cid, String answer, Reason reason) {
    assertRejected(cid, answer, reason, cid);
  }

  @Test
  @DisplayName("3: data counts only as the first-level child of the answer")
  void fetch_dataNotWhereItBelongs_isNoData() {
    ContentId cid = sha1("not where it belongs");
    String data = text(cid, "bm90IHdoZXJlIGl0IGJlbG9uZ3M=");

    assertRejected(cid, "", Reason.NO_DATA);
    assertRejected(cid, "<wrap xmlns='urn:example:wrap'>" + data + "</wrap>", Reason.NO_DATA);
    assertRejected(cid, "<data xmlns='urn:example:wrap'>aGVsbG8=</data>", Reason.NO_DATA);
    assertRejected(cid, text(cid, ""), Reason.NO_DATA);
  }

  @Test
  @DisplayName("4: a byte more than 8 KiB is too large, unless the application allows it")
  void fetch_larger_isRejectedUnlessAllowed() {
    Bob large = Bob.of(new byte[8193], "image/png");
    assertRejected(
        large.cid(),
        data(large.cid(), "type='image/png'", large.data().toBase64()),
        Reason.TOO_LARGE);

    bits(builder -> builder.maxItemBytes(8193));
    assertThat(fetch(large.cid())).isEqualTo(large);
  }

  @Test
  @DisplayName("13: a hash that is not that of the bytes is rejected and reported")
  void fetch_wrongHash_isRejectedAndNotKept() {
    ContentId cid = sha1("the true one");
    assertRejected(cid, text(cid, "d3Jvbmc="), Reason.HASH_MISMATCH);
    ContentId sha3 = ContentId.of(HashAlgorithm.SHA3_256, BobData.utf8("the true one"));
    assertRejected(sha3, text(sha3, "d3Jvbmc="), Reason.HASH_MISMATCH);
    // That of the XEP's example, which is the hash of its Base64 text.
    ContentId ofText = sha1("YSB0ZXh0");
    assertRejected(ofText, text(ofText, "YSB0ZXh0"), Reason.HASH_MISMATCH);
  }

  @Test
  @DisplayName("15: white space in Base64 is read over")
  void fetch_whiteSpaceInBase64_isRead() {
    ContentId cid = sha1("white space");
    slixmpp.host(cid.value(), "\n  d2hpdGUg\r\n\tc3Bh Y2U=\n", "text/plain");

    assertThat(fetch(cid).data()).isEqualTo(BobData.utf8("white space"));
  }

  @Test
  @DisplayName("15: what else is not Base64 is an error")
  void fetch_notBase64_isRejected() {
    ContentId cid = sha1("no base");
    for (String no : List.of("bm8gYmFzZQ", "bm8gYmFzZR==", "bm8g*mFzZQ==", "bm8gYmFz-Q==")) {
      assertRejected(cid, text(cid, no), Reason.NOT_BASE64);
    }
  }

  @Test
  @DisplayName("16, B1: an answer without a content-id, or with another one, is rejected")
  void fetch_otherContentId_isRejected() {
    ContentId cid = sha1("asked for");
    ContentId other = sha1("hello");

    assertRejected(
        cid,
        "<data xmlns='urn:xmpp:bob' type='text/plain'>YXNrZWQgZm9y</data>",
        Reason.MALFORMED_CONTENT_ID);
    assertRejected(cid, text(other, "aGVsbG8="), Reason.OTHER_CONTENT_ID);
    assertThat(kept(other)).isEmpty();
  }

  @Test
  @DisplayName("17: an answer without a media type is rejected; parameters are part of one")
  void fetch_noMediaType_isRejected() {
    ContentId cid = sha1("type");
    for (String no : List.of("", "type=''", "type='text'", "type='text/plain; charset'")) {
      assertRejected(cid, data(cid, no, "dHlwZQ=="), Reason.NO_MEDIA_TYPE);
    }

    slixmpp.answer(
        cid.value(), "result", data(cid, "type='text/plain; charset=utf-8'", "dHlwZQ=="));
    assertThat(fetch(cid).type()).isEqualTo("text/plain; charset=utf-8");
  }

  @Test
  @DisplayName("19: a max-age that is none is ignored, a huge one is cut to 68 years")
  void fetch_oddMaxAge_isIgnoredOrCut() {
    for (String no : List.of("soon", "-1", "1.5", "0x10")) {
      ContentId cid = sha1("for " + no);
      slixmpp.answer(
          cid.value(),
          "result",
          data(
              cid, "type='text/plain' max-age='" + no + "'", BobData.utf8("for " + no).toBase64()));
      assertThat(fetch(cid).maxAge()).as(no).isNull();
      assertThat(kept(cid)).isPresent();
    }
    ContentId cid = sha1("for ever");
    slixmpp.answer(
        cid.value(),
        "result",
        data(cid, "type='text/plain' max-age='99999999999999999999'", "Zm9yIGV2ZXI="));
    assertThat(fetch(cid).maxAge()).isEqualTo(Duration.ofSeconds(Integer.MAX_VALUE));
  }

  @Test
  @DisplayName("22: the application is asked first, and what it refuses is not taken")
  void fetch_refusedByTheApplication_isNotTaken() {
    List<BobOffer> offers = new CopyOnWriteArrayList<>();
    juliet
        .api()
        .register(
            BobMethods.MAY_TAKE,
            ApiScope.everywhere(),
            ApiHandler.direct(call -> !offers.add(call.args())));
    ContentId cid = sha1("refused");

    assertRejected(cid, text(cid, "cmVmdXNlZA=="), Reason.REFUSED);
    assertThat(offers).containsExactly(new BobOffer(cid, "text/plain", 7, true));
  }

  @Test
  @DisplayName("B9: data that is echoed in an error is no answer")
  void fetch_dataInAnError_isAnError() {
    ContentId cid = sha1("echo");
    slixmpp.answer(
        cid.value(),
        "error",
        text(cid, "ZWNobw==")
            + "<error type='cancel'>"
            + "<item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>");

    assertThatThrownBy(() -> fetch(cid))
        .isInstanceOfSatisfying(
            StanzaErrorException.class,
            e -> assertThat(e.condition()).isEqualTo(Condition.ITEM_NOT_FOUND));
    assertThat(kept(cid)).isEmpty();
  }

  /** The stranger even knows the id. What it sends is there before the true answer is. */
  @Test
  @DisplayName("B2: only the one that was asked can answer, and only what was asked")
  void fetch_answeredByTheStranger_waitsForTheOneThatWasAsked() {
    XmppClient nurse = connected(NURSE);
    nurse.disablePlugin(BobPlugin.NAME);
    BlockingQueue<Iq> asked = new LinkedBlockingQueue<>();
    CompletableFuture<Iq> answer = new CompletableFuture<>();
    nurse.onRequest(
        "data",
        BobPlugin.NAMESPACE,
        request -> {
          asked.add(request);
          return answer;
        });
    ContentId cid = ContentId.of("asked of the nurse");
    CompletableFuture<Bob> fetching = bob(juliet).fetch(NURSE, cid);
    Iq request = next(asked, 1).get(0);
    ContentId unasked = sha1("unasked");

    for (String id : List.of(request.element().attribute("id").orElseThrow(), "never-asked")) {
      slixmpp.send(
          "<iq type='result' id='%s' to='%s'>%s</iq>".formatted(id, JULIET, text(cid, "Zm9yZ2Vk")));
      slixmpp.send(
          "<iq type='result' id='%s' to='%s'>%s</iq>"
              .formatted(id, JULIET, text(unasked, "dW5hc2tlZA==")));
    }
    Message after = pushed("<body>sent after them</body>");

    assertThat(after.body()).contains("sent after them");
    assertThat(fetching).isNotDone();
    answer.complete(request.result(LiteralXml.element(text(cid, "dHJ1ZQ=="))));
    assertThat(await(fetching).data()).isEqualTo(BobData.utf8("true"));
    assertThat(kept(unasked)).isEmpty();
    assertThatThrownBy(() -> fetch(cid)).isInstanceOf(StanzaErrorException.class);
  }
}
