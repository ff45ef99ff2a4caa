package dev.bobbin.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobException;
import dev.bobbin.xmpp.bob.BobException.Reason;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.HashAlgorithm;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Data that we push to a stranger across a real server, as it sees it and what it makes of it: in
 * that, slixmpp 1.8 departs from the standard here and there, which is what we have to live with.
 */
abstract class SlixmppIsPushedToTests extends WithSlixmpp {
  SlixmppIsPushedToTests(ServerSoftware software) {
    super(software);
  }

  private static Bob bob(String text) {
    return Bob.of(text.getBytes(UTF_8), "text/plain");
  }

  private static Message to(String id) {
    return Message.of(Message.Type.CHAT, SlixmppPeer.JID).withId(id);
  }

  private void send(Message message, String... children) {
    Message sent = message;
    for (String child : children) {
      sent = sent.withChild(LiteralXml.element(child));
    }
    await(juliet.send(sent));
  }

  /** What the stranger has without asking, or asks us for. */
  private Map<String, String> fetched(ContentId cid) {
    return slixmpp.fetchUnlessCached(JULIET, cid.value());
  }

  private static String hex(BobData data) {
    return HexFormat.of().formatHex(data.toByteArray());
  }

  @Test
  @DisplayName("1, 5: of what a message refers to the small is pushed, the large is asked for")
  void attach_smallAndLarge_theSmallOneIsPushed() {
    Bob small = Bob.of(Arrays.copyOf("just small".getBytes(UTF_8), 1023), "image/png");
    Bob large = Bob.of(Arrays.copyOf("just large".getBytes(UTF_8), 1024), "image/png");
    String image = "<a href='%s'/>";
    String html =
        "<html xmlns='http://jabber.org/protocol/xhtml-im'>"
            + "<body xmlns='http://www.w3.org/1999/xhtml'>"
            + image.formatted(small.cid().uri())
            + image.formatted(large.cid().uri())
            + "</body></html>";

    Message message = to("attached").withChild(LiteralXml.element(html));
    await(juliet.send(await(bob(juliet).attach(message, large, small))));

    assertThat(LiteralXml.text(slixmpp.received("\"attached\"")))
        .isEqualTo(
            LiteralXml.text(
                "<message xmlns='jabber:client' xml:lang='en' type='chat' id='attached' from='%s' to='%s'>"
                        .formatted(JULIET, SlixmppPeer.JID)
                    + html
                    + data(small.cid(), "type='image/png'", small.data().toBase64())
                    + "</message>"));
    assertThat(fetched(large.cid())).containsEntry("hex", hex(large.data()));
    juliet.disablePlugin(BobPlugin.NAME);
    assertThat(fetched(small.cid())).containsEntry("hex", hex(small.data()));
  }

  @Test
  @DisplayName("5, 18: pushed in a presence, named by another algorithm")
  void attach_toPresence_isPushedInIt() {
    Bob hello = Bob.of(HashAlgorithm.SHA3_256, BobData.utf8("hello"), "text/plain");
    Presence presence = Presence.of(Presence.Type.AVAILABLE, SlixmppPeer.JID);

    await(juliet.send(await(bob(juliet).attach(presence, hello))));

    assertThat(LiteralXml.text(slixmpp.received(HelloCids.ALL.get(6))))
        .isEqualTo(
            LiteralXml.text(
                "<presence xmlns='jabber:client' xml:lang='en' from='%s' to='%s'>"
                        .formatted(JULIET, SlixmppPeer.JID)
                    + text(ContentId.of(HelloCids.ALL.get(6)), "aGVsbG8=")
                    + "</presence>"));
  }

  /** Why what is attached is hosted as well. */
  @Test
  @DisplayName("5: slixmpp takes the first of several only, and asks us for the other")
  void attach_several_theSecondIsAskedFor() {
    Bob first = bob("the first of two");
    Bob second = bob("the second of two");
    await(juliet.send(await(bob(juliet).attach(to("several"), first, second))));
    slixmpp.received("\"several\"");

    assertThat(fetched(first.cid())).containsEntry("hex", hex(first.data()));
    assertThat(fetched(second.cid())).containsEntry("hex", hex(second.data()));
    assertThat(await(bob(juliet).delete(first.cid()))).isTrue();
    assertThat(slixmpp.fetch(JULIET, first.cid().value()))
        .containsEntry("condition", "item-not-found");
  }

  @Test
  @DisplayName("6: slixmpp does not look inside an IQ's payload, and says that it does not know it")
  void iq_dataInsideItsPayload_isNotTaken() {
    ContentId cid = bob("in a form").cid();
    Iq form =
        Iq.set(
            SlixmppPeer.JID,
            LiteralXml.element(
                "<captcha xmlns='urn:xmpp:captcha'>" + text(cid, "aW4gYSBmb3Jt") + "</captcha>"));

    assertThatThrownBy(() -> await(juliet.request(form)))
        .isInstanceOfSatisfying(
            StanzaErrorException.class,
            e -> assertThat(e.condition()).isEqualTo(Condition.FEATURE_NOT_IMPLEMENTED));
    assertThat(fetched(cid)).containsEntry("condition", "item-not-found");
  }

  /** Whoever sends one has a time-out of its own: later requests are answered long before. */
  @Test
  @DisplayName("8: slixmpp never answers an IQ-set with data")
  void iq_setWithData_isNotAnswered() {
    ContentId cid = bob("set").cid();

    CompletableFuture<Iq> answer =
        juliet.request(Iq.set(SlixmppPeer.JID, LiteralXml.element(text(cid, "c2V0"))));
    String after = slixmpp.set("YWZ0ZXI=", "text/plain");

    assertThat(fetch(after).data()).isEqualTo(BobData.utf8("after"));
    assertThat(answer).isNotDone();
    assertThat(fetched(cid)).containsEntry("condition", "item-not-found");
  }

  @Test
  @DisplayName("11: max-age is sent as it was given")
  void message_withMaxAge_carriesIt() {
    Bob pushed = bob("pushed").withMaxAge(Duration.ofSeconds(60));

    await(juliet.send(await(bob(juliet).attach(to("aged"), pushed))));

    Map<String, String> came = slixmpp.pushed(pushed.cid().value());
    assertThat(came).containsEntry("from", JULIET.toString()).containsEntry("hex", "707573686564");
    assertThat(LiteralXml.text(came.get("xml")))
        .isEqualTo(
            LiteralXml.text(data(pushed.cid(), "type='text/plain' max-age='60'", "cHVzaGVk")));
  }

  @Test
  @DisplayName("12: slixmpp keeps what has a max-age of zero")
  void message_maxAgeOfZero_isKeptByTheStranger() {
    ContentId cid = bob("not to be kept").cid();
    send(to("zero"), data(cid, "type='text/plain' max-age='0'", "bm90IHRvIGJlIGtlcHQ="));
    slixmpp.received("\"zero\"");

    assertThat(fetched(cid)).containsEntry("hex", hex(BobData.utf8("not to be kept")));
  }

  /** Also in place of what it hosts itself; and it serves on what it received. */
  @Test
  @DisplayName(
      "13: slixmpp takes bytes for a hash that is not theirs; whom it serves them, rejects")
  void message_wrongHash_isKeptByTheStrangerAndRejectedByUs() {
    ContentId hosted = ContentId.of(slixmpp.set("aG9zdGVkIGJ5IGl0", "text/plain"));
    assertThat(hosted).isEqualTo(bob("hosted by it").cid());
    send(to("wrong"), text(hosted, "d3Jvbmc="));
    slixmpp.received("\"wrong\"");

    assertThat(fetched(hosted)).containsEntry("hex", hex(BobData.utf8("wrong")));
    assertThatThrownBy(() -> fetch(hosted))
        .isInstanceOfSatisfying(
            BobException.class, e -> assertThat(e.reason()).isEqualTo(Reason.HASH_MISMATCH));
    assertThat(kept(hosted)).isEmpty();
  }

  @Test
  @DisplayName("14: slixmpp keeps what cannot be verified by its name, whoever it wants it of")
  void message_notVerifiable_isKeptForAnybody() {
    send(to("named"), text(ContentId.of("a name"), "SnVsaWV0J3M="));
    slixmpp.received("\"named\"");

    assertThat(slixmpp.fetchUnlessCached(NURSE, "a name"))
        .containsEntry("hex", hex(BobData.utf8("Juliet's")));
  }
}
