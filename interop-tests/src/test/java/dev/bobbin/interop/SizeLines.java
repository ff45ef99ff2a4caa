package dev.bobbin.interop;

import static dev.bobbin.interop.OnARealServer.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobException.Reason;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.caps.CapsPlugin;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is small enough, and small enough to be pushed (XEP-0231 section 2.1). */
abstract class SizeLines extends Lines {
  /** 8192 bytes of zero. */
  private static final String LARGEST = "AAAA".repeat(2730) + "AAA=";

  private static final String OTHER_CID =
      "sha1+d0941e68da8f38151ff86a61fc59f7c5cf9fcaa2@bob.xmpp.org";
  private static final String OTHER_DATA = data(OTHER_CID, "b3RoZXI=");

  SizeLines(Place place) {
    super(place);
  }

  private static Bob zeros(int size) {
    return new Bob(
        ContentId.of("zeros"), "application/octet-stream", BobData.of(new byte[size]), null);
  }

  private static String zeros(String base64) {
    return data("zeros", "type='application/octet-stream'", base64);
  }

  @Test
  @DisplayName("4: 8 KiB go across, both ways")
  void data_of8Kibibytes_goesAcross() {
    assertThat(fetch("zeros", zeros(LARGEST))).isEqualTo(zeros(8192));

    await(bob().set(zeros(8192)));
    ask("a", "zeros");
    heardResult("a", zeros(LARGEST));
  }

  @Test
  @DisplayName("4: one byte more is not taken, and not hosted: that is for file transfer")
  void data_largerThan8Kibibytes_isRefused() {
    rejects(Reason.TOO_LARGE, "zeros", zeros("AAAA".repeat(2731)));
    push(zeros("AAAA".repeat(2731)) + COUCOU_DATA);
    CompletableFuture<Bob> notPushed = fetch("zeros");
    answer(heardRequest("zeros"), zeros("AAAA"));
    assertThat(await(notPushed)).isEqualTo(zeros(3));
    assertThat(has(COUCOU_CID)).isTrue();

    assertThatThrownBy(() -> await(bob().set(zeros(8193))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "8193 bytes are too many for a bit of binary; the bound is 8192. Send larger data by"
                + " file transfer (docs/errors.md#too-large)");
    ask("a", "zeros");
    heardError("a", "cancel", "item-not-found");
  }

  @Test
  @DisplayName("4: the application's own bound holds both ways")
  void data_largerThanTheApplicationAllows_isRefused() {
    restart(builder -> builder.maxItemBytes(3));

    rejects(Reason.TOO_LARGE, "zeros", zeros("AAAAAA=="));
    assertThatThrownBy(() -> await(bob().set(zeros(4)))).hasMessageContaining("the bound is 3");
    assertThat(fetch("zeros", zeros("AAAA"))).isEqualTo(zeros(3));
  }

  @Test
  @DisplayName("5: all first-level data of a message is taken, and never asked for")
  void push_message_isTaken() {
    push("<body>hi</body>" + COUCOU_DATA + "<x xmlns='urn:x'/>" + OTHER_DATA);

    assertThat(await(fetch(COUCOU_CID))).isEqualTo(COUCOU);
    assertThat(await(fetch(OTHER_CID)).data()).isEqualTo(BobData.utf8("other"));
    quiet();
  }

  @Test
  @DisplayName("5: all first-level data of presence is taken, and never asked for")
  void push_presence_isTaken() {
    peer.say(
        "<presence to='juliet@example.org/lines'>%s<status>hi</status>%s</presence>"
            .formatted(COUCOU_DATA, OTHER_DATA));
    taken();

    assertThat(await(fetch(COUCOU_CID))).isEqualTo(COUCOU);
    assertThat(await(fetch(OTHER_CID)).data()).isEqualTo(BobData.utf8("other"));
    quiet();
  }

  @Test
  @DisplayName("5: one bad item is no reason to lose the others")
  void push_oneBadItem_losesOnlyThat() {
    push(data(OTHER_CID, COUCOU_TEXT) + "<data xmlns='urn:xmpp:bob'/>" + COUCOU_DATA);

    assertThat(has(COUCOU_CID)).isTrue();
    assertThat(has(OTHER_CID)).isFalse();
  }

  @Test
  @DisplayName(
      "1, 5: what is under 1 KiB is pushed with the message that refers to it; the rest is asked for")
  void attach_message_pushesWhatIsSmall() {
    Bob large = new Bob(ContentId.of("large"), "text/plain", BobData.of(new byte[1024]), null);
    Bob small = new Bob(ContentId.of("small"), "text/plain", BobData.of(new byte[1023]), null);
    Message refers =
        Message.of(Message.Type.CHAT, PEER)
            .withId("refers")
            .withChild(LiteralXml.element("<see xmlns='urn:x'>cid:large cid:small</see>"));

    await(us.send(await(bob().attach(refers, large, small, COUCOU))));

    String small1023 = data("small", "AAAA".repeat(341));
    heard(
        "<message type='chat' id='refers' from='juliet@example.org/lines'"
            + " to='nurse@example.org/lines'><see xmlns='urn:x'>cid:large cid:small</see>"
            + (small1023 + COUCOU_DATA + "</message>"));
    ask("a", "large");
    heardResult("a", data("large", "AAAA".repeat(341) + "AA=="));
    ask("b", "small");
    heardResult("b", small1023);
  }

  @Test
  @DisplayName("5: so it is with presence")
  void attach_presence_pushesWhatIsSmall() {
    // What else is said with presence is not this test's.
    us.disablePlugin(CapsPlugin.NAME);
    try {
      await(us.send(await(bob().attach(Presence.of(Presence.Type.AVAILABLE, PEER), COUCOU))));
    } finally {
      us.enablePlugin(CapsPlugin.NAME);
    }

    heard(
        "<presence from='juliet@example.org/lines' to='nurse@example.org/lines'>"
            + (COUCOU_DATA + "</presence>"));
    ask("a", COUCOU_CID);
    heardResult("a", COUCOU_DATA);
  }

  @Test
  @DisplayName("5: all that is pushed in one stanza is no more than one item may be")
  void attach_manySmall_pushesAsMuchAsOneItem() {
    Bob[] nine = new Bob[9];
    StringBuilder eight = new StringBuilder();
    for (int i = 0; i < nine.length; i++) {
      nine[i] = new Bob(ContentId.of("n" + i), "text/plain", BobData.of(new byte[1023]), null);
      eight.append(i < 8 ? data("n" + i, "AAAA".repeat(341)) : "");
    }

    await(us.send(await(bob().attach(Message.of(Message.Type.CHAT, PEER).withId("many"), nine))));

    heard(
        "<message type='chat' id='many' from='juliet@example.org/lines' to='nurse@example.org/lines'>"
            + (eight + "</message>"));
    ask("a", "n8");
    heardResult("a", data("n8", "AAAA".repeat(341)));
  }

  @Test
  @DisplayName("5: the application can have nothing pushed")
  void attach_pushTurnedOff_pushesNothing() {
    restart(builder -> builder.pushBelow(0));

    await(us.send(await(bob().attach(Message.of(Message.Type.CHAT, PEER).withId("m"), COUCOU))));

    heard(
        "<message type='chat' id='m' from='juliet@example.org/lines' to='nurse@example.org/lines'/>");
    ask("a", COUCOU_CID);
    heardResult("a", COUCOU_DATA);
  }
}
