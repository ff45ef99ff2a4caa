package dev.bobbin.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobException.Reason;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.BobOffer;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.plugin.BobEvent;
import dev.bobbin.xmpp.core.XmppClient;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Pushes of a stranger's across a real server that are not taken, or not at once. */
abstract class SlixmppPushesOddlyTests extends WithSlixmpp {
  SlixmppPushesOddlyTests(ServerSoftware software) {
    super(software);
  }

  @Test
  @DisplayName("4: what is too large is rejected when it is pushed, too, and told of")
  void message_tooLarge_isRejected() {
    Bob large = Bob.of(new byte[8193], "image/png");
    BlockingQueue<BobEvent> events = events();

    pushed(data(large.cid(), "type='image/png'", large.data().toBase64()));

    assertThat(next(events, 1))
        .containsExactly(
            new BobEvent.Rejected(SlixmppPeer.JID, JULIET, large.cid(), Reason.TOO_LARGE));
    assertThat(kept(large.cid())).isEmpty();
  }

  @Test
  @DisplayName("6: in a message only first-level children count, and nothing that was forwarded")
  void message_dataDeeper_isNotTaken() {
    Message message =
        pushed(
            "<wrap xmlns='urn:example:wrap'>"
                + PUSHED_DATA
                + "</wrap><forwarded xmlns='urn:xmpp:forward:0'>"
                + "<message xmlns='jabber:client' from='nurse@example.org/hall'>"
                + ANOTHER_DATA
                + "</message></forwarded>");

    assertThat(await(bob(juliet).take(message))).isEmpty();
    assertThat(kept(PUSHED.cid())).isEmpty();
    assertThat(kept(ANOTHER.cid())).isEmpty();
  }

  @Test
  @DisplayName("13, 15, 16, 17, 19: what is wrong is rejected and told of, the others are taken")
  void message_wrongOnes_areRejectedAndTheOthersAreTaken() {
    BlockingQueue<BobEvent> events = events();
    ContentId cid = ANOTHER.cid();

    Message message =
        pushed(
            text(cid, "cHVzaGVk")
                + text(cid, "not*base64==")
                + data(cid, "", "YW5vdGhlcg==")
                + "<data xmlns='urn:xmpp:bob' type='text/plain'>YW5vdGhlcg==</data>"
                + text(cid, "")
                + data(PUSHED.cid(), "type='text/plain' max-age='soon'", "cHVzaGVk"));

    assertThat(next(events, 6))
        .containsExactly(
            new BobEvent.Rejected(SlixmppPeer.JID, JULIET, cid, Reason.HASH_MISMATCH),
            new BobEvent.Rejected(SlixmppPeer.JID, JULIET, cid, Reason.NOT_BASE64),
            new BobEvent.Rejected(SlixmppPeer.JID, JULIET, cid, Reason.NO_MEDIA_TYPE),
            new BobEvent.Rejected(SlixmppPeer.JID, JULIET, null, Reason.MALFORMED_CONTENT_ID),
            new BobEvent.Rejected(SlixmppPeer.JID, JULIET, cid, Reason.NO_DATA),
            new BobEvent.Received(PUSHED, SlixmppPeer.JID, JULIET, false));
    assertThat(bob(juliet).take(message).join()).containsExactly(PUSHED);
    assertThat(kept(cid)).isEmpty();
    assertThat(kept(PUSHED.cid())).contains(PUSHED);
  }

  @Test
  @DisplayName("22: pushed data waits for the application's word, which may be no")
  void message_untilTheApplicationDecides_isNotTaken() {
    List<BobOffer> offers = new CopyOnWriteArrayList<>();
    CompletableFuture<Boolean> word = new CompletableFuture<>();
    BlockingQueue<BobEvent> events = events();
    juliet
        .api()
        .register(
            BobMethods.MAY_TAKE,
            ApiScope.everywhere(),
            ApiHandler.directAsync(
                call -> {
                  offers.add(call.args());
                  return call.args().cid().equals(PUSHED.cid())
                      ? word
                      : CompletableFuture.completedFuture(false);
                }));

    pushed(PUSHED_DATA + ANOTHER_DATA);

    assertThat(offers)
        .containsExactly(
            new BobOffer(PUSHED.cid(), "text/plain", 6, false),
            new BobOffer(ANOTHER.cid(), "text/plain", 7, false));
    assertThat(kept(PUSHED.cid())).isEmpty();
    word.complete(true);
    assertThat(kept(PUSHED.cid())).contains(PUSHED);
    assertThat(next(events, 2))
        .containsExactly(
            new BobEvent.Rejected(SlixmppPeer.JID, JULIET, ANOTHER.cid(), Reason.REFUSED),
            new BobEvent.Received(PUSHED, SlixmppPeer.JID, JULIET, false));
  }

  @Test
  @DisplayName("B3: what we host is not overwritten by what the stranger pushes")
  void message_cidThatWeHost_doesNotReplaceIt() {
    ContentId cid = ContentId.of("our picture");
    Bob ours = new Bob(cid, "text/plain", BobData.utf8("ours"), null);
    await(bob(juliet).set(ours));

    pushed(text(cid, "dGhlaXJz"));

    assertThat(kept(cid)).contains(ours);
    assertThat(slixmpp.fetch(JULIET, cid.value())).containsEntry("hex", "6f757273");
  }

  @Test
  @DisplayName("B4: however much the stranger pushes, what others sent stays")
  void message_moreThanThereIsRoomFor_doesNotPushOthersOut() {
    bits(builder -> builder.cacheBounds(1 << 20, 8));
    XmppClient nurse = connected(NURSE);
    Bob nurses = Bob.of("the nurse's".getBytes(UTF_8), "text/plain");
    await(bob(nurse).set(nurses));
    await(bob(juliet).fetch(NURSE, nurses.cid()));

    StringBuilder flood = new StringBuilder(PUSHED_DATA);
    for (int i = 10; i < 30; i++) {
      BobData data = BobData.utf8("flood " + i);
      flood.append(text(Bob.of(data.toByteArray(), "text/plain").cid(), data.toBase64()));
    }
    pushed(flood.toString());

    assertThat(kept(nurses.cid())).contains(nurses);
    assertThat(kept(PUSHED.cid())).isEmpty();
  }

  @Test
  @DisplayName("B9: data in a message of type error, which may be an echo, is not taken")
  void message_ofTypeError_isNotTaken() {
    slixmpp.send(
        "<message type='error' to='%s'>%s<error type='cancel'>".formatted(JULIET, PUSHED_DATA)
            + "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
    pushed("<body>sent after it</body>");

    assertThat(kept(PUSHED.cid())).isEmpty();
  }
}
