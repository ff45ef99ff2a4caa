package dev.bobbin.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.HashAlgorithm;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Data in messages, pushed by a stranger to us and by us to a stranger, across a real server. */
abstract class PushTests extends WithSlixmpp {
  private static final Bob PUSHED = Bob.of("pushed".getBytes(), "text/plain");

  PushTests(ServerSoftware software) {
    super(software);
  }

  private static String data(ContentId cid, String more, String base64) {
    return "<data xmlns='urn:xmpp:bob' cid='%s' type='text/plain' %s>%s</data>"
        .formatted(cid, more, base64);
  }

  /** Has children pushed to Juliet, and gives the message as it came. */
  private Message pushed(String children) {
    CompletableFuture<Message> came = new CompletableFuture<>();
    juliet.onMessage(came::complete);
    slixmpp.push(juliet.self(), children);
    return await(came);
  }

  private Optional<Bob> kept(ContentId cid) {
    return await(bob(juliet).get(cid));
  }

  @Test
  void message_fromTheStranger_isTakenWithoutAsking() {
    Message message = pushed(data(PUSHED.cid(), "", "cHVzaGVk"));

    assertThat(message.from()).contains(SlixmppPeer.JID);
    assertThat(kept(PUSHED.cid())).contains(PUSHED);
    assertThat(await(bob(juliet).fetch(SlixmppPeer.JID, PUSHED.cid()))).isEqualTo(PUSHED);
    assertThat(slixmpp.timesAsked(PUSHED.cid().value())).isZero();
  }

  @Test
  void message_sha256AndWhiteSpace_isTaken() {
    Bob bob = Bob.of(HashAlgorithm.SHA_256, BobData.utf8("pushed"), "text/plain");

    pushed(data(bob.cid(), "", "\n    cHVz\n    aGVk\n  "));

    assertThat(kept(bob.cid())).contains(bob);
  }

  @Test
  void message_wrongHash_isRejectedAndTheOthersAreTaken() {
    ContentId other = Bob.of("another".getBytes(), "text/plain").cid();

    Message message = pushed(data(other, "", "cHVzaGVk") + data(PUSHED.cid(), "", "cHVzaGVk"));

    assertThat(bob(juliet).take(message).join()).containsExactly(PUSHED);
    assertThat(kept(other)).isEmpty();
    assertThat(kept(PUSHED.cid())).contains(PUSHED);
  }

  @Test
  void message_maxAgeOfZero_isHandedOverAndNotKept() {
    Message message = pushed(data(PUSHED.cid(), "max-age='0'", "cHVzaGVk"));

    assertThat(bob(juliet).take(message).join()).containsExactly(PUSHED.withMaxAge(Duration.ZERO));
    assertThat(kept(PUSHED.cid())).isEmpty();
  }

  @Test
  void message_toTheStranger_isTakenByIt() {
    String data = data(PUSHED.cid(), "max-age='60'", "cHVzaGVk");

    await(
        juliet.send(
            Message.of(Message.Type.CHAT, SlixmppPeer.JID).withChild(LiteralXml.element(data))));

    Map<String, String> came = slixmpp.pushed();
    assertThat(came).containsEntry("from", JULIET.toString()).containsEntry("hex", "707573686564");
    assertThat(LiteralXml.text(came.get("xml"))).isEqualTo(LiteralXml.text(data));
  }
}
