package dev.bobbin.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.plugin.BobEvent;
import dev.bobbin.xmpp.bob.plugin.Caching;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Data in messages, presence and IQs that a stranger pushes to us across a real server. */
abstract class SlixmppPushesTests extends WithSlixmpp {
  SlixmppPushesTests(ServerSoftware software) {
    super(software);
  }

  @Test
  @DisplayName("2, 5: data in a message is taken, and so need not be asked for")
  void message_fromTheStranger_isTakenWithoutAsking() {
    BlockingQueue<BobEvent> events = events();
    Message message = pushed(PUSHED_DATA);

    assertThat(message.from()).contains(SlixmppPeer.JID);
    assertThat(kept(PUSHED.cid())).contains(PUSHED);
    assertThat(fetch(PUSHED.cid())).isEqualTo(PUSHED);
    assertThat(slixmpp.timesAsked(PUSHED.cid().value())).isZero();
    assertThat(next(events, 1))
        .containsExactly(new BobEvent.Received(PUSHED, SlixmppPeer.JID, JULIET, false));
  }

  @Test
  @DisplayName("5: data in a presence is taken, all of it where there are several")
  void presence_severalData_areAllTaken() {
    CompletableFuture<Presence> came = new CompletableFuture<>();
    juliet.onPresence(came::complete);
    slixmpp.send("<presence to='" + JULIET + "'>" + PUSHED_DATA + ANOTHER_DATA + "</presence>");

    assertThat(await(bob(juliet).take(await(came)))).containsExactly(PUSHED, ANOTHER);
    assertThat(kept(PUSHED.cid())).contains(PUSHED);
    assertThat(kept(ANOTHER.cid())).contains(ANOTHER);
  }

  /** A form that shows a picture, as in XEP-0158; the stranger hears that it was understood. */
  @Test
  @DisplayName("6: data inside the payload of an IQ is found, to a depth of 8, unless forwarded")
  void iq_dataInsideItsPayload_isFound() {
    Bob tooDeep = Bob.of("too deep".getBytes(UTF_8), "text/plain");
    Bob forwarded = Bob.of("forwarded".getBytes(UTF_8), "text/plain");
    CompletableFuture<List<Bob>> taken = new CompletableFuture<>();
    juliet.onRequest(
        "captcha",
        "urn:xmpp:captcha",
        request ->
            bob(juliet)
                .take(request)
                .thenApply(
                    bobs -> {
                      taken.complete(bobs);
                      return request.result();
                    }));
    slixmpp.send(
        ("<iq type='set' id='pushes6' to='%s'><captcha xmlns='urn:xmpp:captcha'>"
                    + "<x xmlns='jabber:x:data' type='form'><field var='ocr'>"
                    + "<media xmlns='urn:xmpp:media-element'><uri type='image/png'>%s</uri></media>"
                    + "</field>%s</x>")
                .formatted(JULIET, PUSHED.cid().uri(), PUSHED_DATA)
            + "<forwarded xmlns='urn:xmpp:forward:0'>"
            + text(forwarded.cid(), "Zm9yd2FyZGVk")
            + "</forwarded>"
            + "<wrap xmlns='urn:example:wrap'>".repeat(7)
            + ANOTHER_DATA
            + "<wrap>"
            + text(tooDeep.cid(), "dG9vIGRlZXA=")
            + "</wrap>".repeat(8)
            + "</captcha></iq>");

    assertThat(LiteralXml.text(slixmpp.received("\"pushes6\"")))
        .isEqualTo(
            LiteralXml.text(
                "<iq xmlns='jabber:client' xml:lang='en' type='result' id='pushes6' from='%s' to='%s'/>"
                    .formatted(JULIET, SlixmppPeer.JID)));
    assertThat(await(taken)).containsExactly(PUSHED, ANOTHER);
    assertThat(fetch(PUSHED.cid())).isEqualTo(PUSHED);
    assertThat(kept(ANOTHER.cid())).contains(ANOTHER);
  }

  @Test
  @DisplayName("9: where nothing is to be cached, what is pushed is handed over only")
  void message_cachingOff_isNotKept() {
    bits(builder -> builder.caching(Caching.NONE));
    Message message = pushed(PUSHED_DATA);

    assertThat(await(bob(juliet).take(message))).containsExactly(PUSHED);
    assertThat(kept(PUSHED.cid())).isEmpty();
  }

  @Test
  @DisplayName("11: max-age is counted from receipt")
  void message_withMaxAge_isKeptUntilItIsOver() {
    BlockingQueue<BobEvent> events = events();
    pushed(data(PUSHED.cid(), "type='text/plain' max-age='60'", "cHVzaGVk"));

    now.updateAndGet(before -> before.plusSeconds(60).minusNanos(1));
    assertThat(kept(PUSHED.cid())).contains(PUSHED.withMaxAge(Duration.ofMinutes(1)));
    now.updateAndGet(before -> before.plusNanos(1));
    assertThat(kept(PUSHED.cid())).isEmpty();
    assertThat(next(events, 2))
        .last()
        .isEqualTo(new BobEvent.Expired(new BobKey(Shelf.VERIFIED, PUSHED.cid())));
  }

  @Test
  @DisplayName("12: a max-age of zero is handed over and not kept")
  void message_maxAgeOfZero_isHandedOverAndNotKept() {
    Message message = pushed(data(PUSHED.cid(), "type='text/plain' max-age='0'", "cHVzaGVk"));

    assertThat(bob(juliet).take(message).join()).containsExactly(PUSHED.withMaxAge(Duration.ZERO));
    assertThat(kept(PUSHED.cid())).isEmpty();
  }

  @Test
  @DisplayName("14: what cannot be verified is kept for the exact JID that pushed it")
  void message_notVerifiable_isKeptForItsSenderOnly() {
    XmppClient nurse = connected(NURSE);
    for (String value : List.of("pushed picture", "whirlpool+00@bob.xmpp.org")) {
      ContentId cid = ContentId.of(value);
      await(bob(nurse).set(new Bob(cid, "text/plain", BobData.utf8("the nurse's"), null)));
      pushed(text(cid, "cHVzaGVk"));

      assertThat(fetch(cid).data()).isEqualTo(BobData.utf8("pushed"));
      assertThat(slixmpp.timesAsked(value)).isZero();
      assertThat(await(bob(juliet).fetch(NURSE, cid)).data())
          .isEqualTo(BobData.utf8("the nurse's"));
    }
  }

  @Test
  @DisplayName("15, 18: white space and each algorithm, pushed")
  void message_eachAlgorithmAndWhiteSpace_isTaken() {
    pushed(
        String.join(
            "",
            HelloCids.ALL.stream()
                .map(cid -> text(ContentId.of(cid), "\n    aGVs\n    bG8=\n  "))
                .toList()));

    assertThat(HelloCids.ALL).allSatisfy(cid -> assertThat(kept(ContentId.of(cid))).isPresent());
  }
}
