package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.store.jsonfile.JsonFileBobStore;
import dev.bobbin.store.memory.MemoryBobStore;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One client that hosts for the JIDs of a domain, in one scope of the registry: two of them have
 * stores of their own, all others share the plugin's.
 */
class GatewayTest extends Stage {
  private static final Jid MONA = Jid.of("mona@gateway.example.org");
  private static final Jid LISA = Jid.of("lisa@gateway.example.org");
  private static final Jid OTHER = Jid.of("other@gateway.example.org");
  private static final ContentId AVATAR = ContentId.of("avatar");

  @TempDir private Path directory;

  private MapStore shared;
  private MemoryBobStore monas;
  private JsonFileBobStore lisas;
  private Registration monasStore;
  private Registration lisasStore;
  private BobPlugin bob;
  private XmppClient peer;

  @BeforeEach
  void connect() throws Exception {
    shared = new MapStore(true);
    monas = MemoryBobStore.create();
    lisas = JsonFileBobStore.open(directory);
    bob = BobPlugin.builder().store(shared).build();
    XmppClient gateway = track(builder(GATEWAY).plugin(bob).build());
    gateway.connect().join();
    monasStore = bob.useStore(ApiScope.jid(MONA), monas);
    lisasStore = bob.useStore(ApiScope.jid(LISA), lisas);
    for (Jid jid : List.of(MONA, LISA, OTHER)) {
      bob.hosting(jid).set(avatar(jid)).join();
    }
    peer = connected(JULIET);
  }

  private static Bob avatar(Jid jid) {
    return new Bob(AVATAR, "text/plain", BobData.utf8(jid.local().orElseThrow()), null);
  }

  /** What the peer gets when it asks a JID without a cache of its own. */
  private Bob fetched(Jid jid) {
    peer.disablePlugin("xep_0231");
    peer.enablePlugin("xep_0231");
    return bob(peer).fetch(jid, AVATAR).join();
  }

  private void isGone(Jid jid) {
    assertThatThrownBy(() -> fetched(jid)).hasMessageContaining("item-not-found (cancel)");
  }

  @Test
  @DisplayName("B11: two JIDs with two stores, one default for the rest: each serves its own bytes")
  void fetch_sameContentIdOfSeveralJids_givesEachItsOwn() throws Exception {
    for (Jid jid : List.of(MONA, LISA, OTHER)) {
      assertThat(fetched(jid)).isEqualTo(avatar(jid));
    }

    assertThat(wire.iqs("result"))
        .containsExactly(
            answer("mona@gateway.example.org", "bW9uYQ=="),
            answer("lisa@gateway.example.org", "bGlzYQ=="),
            answer("other@gateway.example.org", "b3RoZXI="));
    BobKey key = BobKey.hosted(AVATAR);
    assertThat(monas.get(key).orElseThrow().bob()).isEqualTo(avatar(MONA));
    assertThat(lisas.get(key).orElseThrow().bob()).isEqualTo(avatar(LISA));
    assertThat(shared.items).containsOnlyKeys(key);
    assertThat(shared.items.get(key).bob()).isEqualTo(avatar(OTHER));
    assertThat(directory.resolve("avatar")).exists();
  }

  private static String answer(String from, String base64) {
    return "<iq xmlns='jabber:client' type='result' id='ID' to='juliet@example.org/balcony' from='"
        + from
        + "'><data xmlns='urn:xmpp:bob' cid='avatar' type='text/plain'>"
        + base64
        + "</data></iq>";
  }

  @Test
  @DisplayName("1, 5: what a JID of the gateway's refers to is hosted for that JID")
  void attach_forOneJid_isHostedForIt() {
    Bob large = Bob.of(new byte[2000], "image/png");
    Bob small = Bob.of(new byte[10], "image/png");
    Message message = Message.chat(JULIET, "pictures");

    Message attached = bob.hosting(MONA).attach(message, large, small).join();

    assertThat(attached).isEqualTo(message.withChild(small.toElement()));
    for (Bob one : List.of(large, small)) {
      assertThat(bob(peer).fetch(MONA, one.cid()).join()).isEqualTo(one);
      assertThat(bob.hosting(LISA).get(one.cid()).join()).isEmpty();
      assertThat(shared.items).doesNotContainKey(BobKey.hosted(one.cid()));
    }
  }

  @Test
  @DisplayName("7: what one JID no longer hosts is gone there alone")
  void delete_ofOneJid_leavesTheOthers() {
    assertThat(bob.hosting(MONA).delete(AVATAR).join()).isTrue();

    isGone(MONA);
    assertThat(bob.hosting(MONA).get(AVATAR).join()).isEmpty();
    assertThat(wire.iqs("error"))
        .containsExactly(
            "<iq xmlns='jabber:client' type='error' id='ID' to='juliet@example.org/balcony'"
                + " from='mona@gateway.example.org'><error type='cancel'><item-not-found"
                + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
    assertThat(fetched(LISA)).isEqualTo(avatar(LISA));
    assertThat(fetched(OTHER)).isEqualTo(avatar(OTHER));
  }

  @Test
  void close_oneRegistration_bringsTheDefaultBackForThatJid() throws Exception {
    monasStore.close();
    monasStore.close();

    assertThat(fetched(MONA)).as("what is in the plugin's store").isEqualTo(avatar(OTHER));
    assertThat(fetched(LISA)).isEqualTo(avatar(LISA));
    lisasStore.close();
    assertThat(fetched(LISA)).isEqualTo(avatar(OTHER));
    assertThat(monas.get(BobKey.hosted(AVATAR))).as("the store is the caller's").isPresent();
    monasStore = bob.useStore(ApiScope.jid(MONA), monas);
    assertThat(fetched(MONA)).isEqualTo(avatar(MONA));
  }

  @Test
  @DisplayName(
      "B11: a store for a bare JID serves its resources, unless they have one of their own")
  void fetch_fullJid_isServedByTheMostSpecificStore() {
    Jid phone = MONA.withResource("phone");
    Jid laptop = MONA.withResource("laptop");
    Bob own = new Bob(AVATAR, "text/plain", BobData.utf8("phone"), null);
    MemoryBobStore phones = MemoryBobStore.create();
    try (Registration ofThePhone = bob.useStore(ApiScope.jid(phone), phones)) {
      bob.hosting(phone).set(own).join();

      assertThat(fetched(phone)).isEqualTo(own);
      assertThat(fetched(laptop)).isEqualTo(avatar(MONA));
      assertThat(fetched(MONA)).isEqualTo(avatar(MONA));
      assertThat(bob.hosting(phone).delete(AVATAR).join()).isTrue();
      isGone(phone);
    }
    assertThat(fetched(phone)).isEqualTo(avatar(MONA));
  }

  @Test
  @DisplayName("13: where the content-id has a hash, two JIDs host the same under it")
  void set_hashedForTwoJids_isHostedByBoth() {
    Bob coucou = Bob.of("coucou".getBytes(), "text/plain");
    bob.hosting(MONA).set(coucou).join();
    bob.hosting(LISA).set(coucou).join();
    bob.hosting(MONA).delete(coucou.cid()).join();

    assertThatThrownBy(() -> bob(peer).fetch(MONA, coucou.cid()).join())
        .hasMessageContaining("item-not-found");
    assertThat(bob(peer).fetch(LISA, coucou.cid()).join()).isEqualTo(coucou);
  }

  @Test
  @DisplayName("what is received for a JID with a store of its own does not go into it")
  void push_toAJidWithAStore_isKeptWhereItWas() throws Exception {
    Bob coucou = Bob.of("coucou".getBytes(), "text/plain");
    HeardEvents events = new HeardEvents(bob);
    peer.send(
            Message.chat(MONA, "look")
                .withChild(LiteralXml.element(data(coucou.cid().value(), "Y291Y291"))))
        .join();
    settle(peer);
    assertThat(fetched(LISA)).as("she took the message before").isEqualTo(avatar(LISA));
    assertThat(events.all()).hasSize(1);

    assertThat(monas.scan(null, 10).items()).containsExactly(BobKey.hosted(AVATAR));
    assertThat(bob.get(coucou.cid()).join()).contains(coucou);
  }
}
