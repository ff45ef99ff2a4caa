package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One call that hosts data and pushes in a stanza what of it is small. Needs no connection. */
@Tag("one-path")
class AttachTest extends Stage {
  private static final Bob COUCOU = Bob.of("coucou".getBytes(), "text/plain");
  private static final String COUCOU_DATA =
      data("sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org", "Y291Y291");

  private final MapStore store = new MapStore(false);
  private BobPlugin bob;
  private XmppClient juliet;

  @BeforeEach
  void build() {
    store.items.clear();
    bob = BobPlugin.builder().store(store).build();
    juliet = track(builder(JULIET).plugin(bob).build());
  }

  private static Bob named(String cid, int bytes) {
    return new Bob(ContentId.of(cid), "a/b", BobData.of(new byte[bytes]), null);
  }

  private static String zeros(String cid, int bytes) {
    return "<data xmlns='urn:xmpp:bob' cid='"
        + cid
        + "' type='a/b'>"
        + "AAAA".repeat(bytes / 3)
        + (bytes % 3 == 0 ? "" : bytes % 3 == 1 ? "AA==" : "AAA=")
        + "</data>";
  }

  private static void says(Message message, String content) {
    assertThat(LiteralXml.text(message.element()))
        .isEqualTo(
            LiteralXml.text(
                "<message xmlns='jabber:client' type='chat' to='romeo@example.org/orchard'>"
                    + content
                    + "</message>"));
  }

  @Test
  @DisplayName("1, 5: fewer than 1024 bytes are pushed, 1024 are not; both are hosted")
  void attach_aroundTheBound_isPushedBelowItAndHostedInAnyCase() {
    Bob small = named("small", 1023);
    Bob large = named("large", 1024);

    says(
        bob.attach(Message.chat(ROMEO, "look"), large, small).join(),
        "<body>look</body>" + zeros("small", 1023));
    assertThat(bob.get(small.cid()).join()).contains(small);
    assertThat(bob.get(large.cid()).join()).contains(large);
  }

  @Test
  @DisplayName("5: several in one message, each with its type and max-age, in their order")
  void attach_several_arePushedInTheirOrder() {
    Bob brief =
        new Bob(ContentId.of("x'<&"), "text/plain; a=b", BobData.utf8("x"), Duration.ofHours(1));

    says(
        bob.attach(Message.chat(ROMEO, "look"), COUCOU, brief).join(),
        "<body>look</body>"
            + COUCOU_DATA
            + "<data xmlns='urn:xmpp:bob' cid='x&apos;&lt;&amp;' max-age='3600'"
            + " type='text/plain; a=b'>eA==</data>");
  }

  @Test
  @DisplayName("4: all that is pushed in one message is no more than one item may be")
  void attach_tooManyForOneMessage_pushesWhatFits() {
    List<Bob> all = new ArrayList<>();
    StringBuilder eight = new StringBuilder("<body>look</body>");
    for (int i = 0; i < 9; i++) {
      all.add(named("n" + i, 1023));
      eight.append(i < 8 ? zeros("n" + i, 1023) : "");
    }
    all.add(named("nine", 9));
    all.add(named("eight", 8));

    says(
        bob.attach(Message.chat(ROMEO, "look"), all.toArray(Bob[]::new)).join(),
        eight.append(zeros("eight", 8)).toString());
    assertThat(store.items).hasSize(11);
  }

  @Test
  @DisplayName("11: what is hosted for a time is attached without a write, and ends when it was to")
  void attach_whatIsHosted_writesNothingAndLeavesItsLifetime() {
    BlockingQueue<StoredBob> written = new LinkedBlockingQueue<>();
    juliet
        .api()
        .register(
            BobMethods.SET_BOB,
            ApiScope.everywhere(),
            call -> {
              written.add(call.args());
              return call.proceed(call.args());
            });
    bob.set(COUCOU, Duration.ofDays(1)).join();
    assertThat(written).hasSize(1);

    for (int i = 0; i < 2; i++) {
      says(
          bob.attach(Message.chat(ROMEO, "look"), COUCOU).join(),
          "<body>look</body>" + COUCOU_DATA);
    }

    assertThat(written).hasSize(1);
    assertThat(store.items.values()).containsExactlyElementsOf(written);
    assertThat(written.remove().expiresAt()).isNotNull();

    Bob other = new Bob(ContentId.of("n"), "a/b", BobData.utf8("other"), null);
    bob.attach(Message.chat(ROMEO, "look"), named("n", 9)).join();
    bob.attach(Message.chat(ROMEO, "look"), other).join();
    assertThat(written).extracting(StoredBob::bob).containsExactly(named("n", 9), other);
  }

  @Test
  void attach_nothing_leavesTheMessageAsItIs() {
    says(bob.attach(Message.chat(ROMEO, "look")).join(), "<body>look</body>");
  }

  @Test
  @DisplayName("1: an application can turn pushing off")
  void attach_pushBelowZero_pushesNothing() {
    BobPlugin quiet = BobPlugin.builder().store(store).pushBelow(0).build();
    track(builder(JULIET).plugin(quiet).build());

    says(quiet.attach(Message.chat(ROMEO, "look"), COUCOU).join(), "<body>look</body>");
    assertThat(quiet.get(COUCOU.cid()).join()).contains(COUCOU);
  }

  @Test
  @DisplayName("5: pushed in presence as well")
  void attach_presence_pushes() {
    Presence attached = bob.attach(Presence.available(), COUCOU, named("large", 1024)).join();

    assertThat(LiteralXml.text(attached.element()))
        .isEqualTo(
            LiteralXml.text("<presence xmlns='jabber:client'>" + COUCOU_DATA + "</presence>"));
    assertThat(bob.get(COUCOU.cid()).join()).contains(COUCOU);
  }

  @Test
  @DisplayName("4, 13: what cannot be hosted fails, and there is no message to send")
  void attach_whatCannotBeHosted_failsWithoutAMessage() {
    Message message = Message.chat(ROMEO, "look");
    Bob wrong = new Bob(COUCOU.cid(), "a/b", BobData.utf8("wrong"), null);

    assertThatThrownBy(() -> bob.attach(message, named("large", 8193)).join())
        .cause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "8193 bytes are too many for a bit of binary; the bound is 8192. Send larger data by"
                + " file transfer (docs/errors.md#too-large)");
    assertThatThrownBy(() -> bob.attach(message, wrong).join())
        .cause()
        .hasMessage(
            "The hash in 'sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org' is not that"
                + " of the data: peers would reject it (docs/errors.md#hash-mismatch)");
    assertThatThrownBy(() -> bob.attach(message, named("empty", 0)).join())
        .cause()
        .hasMessageEndingWith("(docs/errors.md#no-bytes)");
    assertThat(store.items).isEmpty();
  }

  @Test
  @DisplayName("4: one that cannot be hosted fails for all, and nothing of them is hosted")
  void attach_oneOfSeveralCannotBeHosted_hostsNone() {
    assertThatThrownBy(
            () -> bob.attach(Message.chat(ROMEO, "look"), COUCOU, named("large", 8193)).join())
        .hasCauseInstanceOf(IllegalArgumentException.class);
    assertThat(store.items).isEmpty();
  }

  @Test
  @DisplayName(
      "1, 5: what was attached is there for its receiver, who asks for the large one alone")
  void attach_sent_isTakenAndTheRestIsFetched() throws Exception {
    XmppClient sender = connected(JULIET);
    XmppClient romeo = connected(ROMEO);
    Bob large = Bob.of(new byte[1024], "a/b");
    Message message = bob(sender).attach(Message.chat(ROMEO, "look"), COUCOU, large).join();
    HeardEvents events = new HeardEvents(bob(romeo));
    deliver(
        romeo, message.element().toBuilder().attribute("from", JULIET.toString()).build().toXml());

    assertThat(events.all()).hasSize(1);
    assertThat(bob(romeo).fetch(JULIET, COUCOU.cid()).join()).isEqualTo(COUCOU);
    assertThat(wire.requests()).isZero();
    assertThat(bob(romeo).fetch(JULIET, large.cid()).join()).isEqualTo(large);
    assertThat(wire.requests()).isEqualTo(1);
  }
}
