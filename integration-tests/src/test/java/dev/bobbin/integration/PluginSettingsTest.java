package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.plugin.PluginException;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobException;
import dev.bobbin.xmpp.bob.BobException.Reason;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.HashAlgorithm;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.bob.plugin.Caching;
import dev.bobbin.xmpp.core.XmppClient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The plugin's settings, from the client and from the plugin's own builder. */
class PluginSettingsTest extends Stage {
  private static final Bob COUCOU = Bob.of("coucou".getBytes(), "text/plain");
  private static final String SHA_256 =
      "sha-256+110812f67fa1e1f0117f6f3d70241c1a42a7b07711a93c2477cc516d9042f9db@bob.xmpp.org";

  @Test
  @DisplayName("18: algorithm names")
  void algorithm_sha256_namesWhatIsHosted() {
    XmppClient romeo = connected(ROMEO, b -> b.setting("xep_0231", "algorithm", "sha-256"));
    var cid = bob(romeo).set("coucou".getBytes(), "text/plain").join();

    assertThat(cid).hasToString(SHA_256);
    assertThat(bob(connected(JULIET)).fetch(ROMEO, cid).join().data()).isEqualTo(COUCOU.data());
    XmppClient built =
        client(ROMEO, b -> b.plugin(BobPlugin.builder().algorithm(HashAlgorithm.SHA_256).build()));
    assertThat(bob(built).set("coucou".getBytes(), "text/plain").join()).hasToString(SHA_256);
  }

  @Test
  @DisplayName("4: limits of one's own, both ways")
  void maxItemBytes_set_boundsBothWays() {
    XmppClient juliet = connected(JULIET, b -> b.setting("xep_0231", "max-item-bytes", "5"));

    assertThat(bob(juliet).set(new byte[5], "a/b").join()).isNotNull();
    assertThatThrownBy(() -> bob(juliet).set(new byte[6], "a/b").join())
        .hasMessageContaining("6 bytes are too many for a bit of binary; the bound is 5.");
    wire.answerData(data(COUCOU.cid().value(), "Y291Y291"));
    assertThatThrownBy(() -> bob(juliet).fetch(ROMEO, COUCOU.cid()).join())
        .cause()
        .isInstanceOfSatisfying(
            BobException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
  }

  @Test
  @DisplayName("4: more than 8 KiB where both sides want it")
  void maxItemBytes_raised_takesMore() {
    XmppClient juliet =
        connected(JULIET, b -> b.plugin(BobPlugin.builder().maxItemBytes(20_000).build()));
    XmppClient romeo = connected(ROMEO, b -> b.setting("xep_0231", "max-item-bytes", "20000"));
    var cid = bob(romeo).set(new byte[20_000], "a/b").join();

    assertThat(bob(juliet).fetch(ROMEO, cid).join().data().size()).isEqualTo(20_000);
  }

  @Test
  @DisplayName("9: caching can be turned off")
  void caching_none_asksEachTime() {
    XmppClient juliet = connected(JULIET, b -> b.setting("xep_0231", "caching", "none"));
    wire.answerData(data(COUCOU.cid().value(), "Y291Y291"));
    bob(juliet).fetch(ROMEO, COUCOU.cid()).join();
    bob(juliet).fetch(ROMEO, COUCOU.cid()).join();

    assertThat(wire.requests()).isEqualTo(2);
  }

  @Test
  @DisplayName("10: a persistent store is the application's choice")
  void caching_store_keepsReceivedItemsBeyondTheSession() {
    MapStore store = new MapStore();
    BobPlugin plugin = BobPlugin.builder().store(store).caching(Caching.STORE).build();
    XmppClient juliet = track(builder(JULIET).plugin(plugin).build());
    juliet.connect().join();
    wire.answerData(data(COUCOU.cid().value(), "Y291Y291"));
    bob(juliet).fetch(ROMEO, COUCOU.cid()).join();
    assertThat(store.items).containsOnlyKeys(new BobKey(Shelf.VERIFIED, COUCOU.cid()));
    assertThat(store.items.values()).allSatisfy(item -> assertThat(item.origin()).isEqualTo(ROMEO));

    juliet.disablePlugin("xep_0231");
    juliet.enablePlugin(plugin);
    assertThat(bob(juliet).fetch(ROMEO, COUCOU.cid()).join()).isEqualTo(COUCOU);
    assertThat(wire.requests()).isEqualTo(1);
  }

  @Test
  void setting_ofAStoreBesideAGivenOne_stopsTheClientFromStarting() {
    BobPlugin plugin = BobPlugin.builder().store(new MapStore()).build();

    assertThatThrownBy(() -> client(JULIET, b -> b.plugin(plugin)))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "The plugin 'xep_0231' cannot be turned on: A store was given in code, so that the"
                + " setting 'store' would have no effect; leave one of them out"
                + " (docs/errors.md#bad-setting)");
  }

  @Test
  void setting_unknown_stopsTheClientFromStarting() {
    assertThatThrownBy(() -> client(ROMEO, b -> b.setting("xep_0231", "algoritm", "sha-256")))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "The plugin 'xep_0231' cannot be turned on: The setting 'algoritm' of xep_0231 sets"
                + " nothing; did you mean 'algorithm'? There are: store, algorithm,"
                + " max-item-bytes, caching, cache-bytes, cache-entries, push-bytes,"
                + " served-bytes-per-second, serve-received (docs/errors.md#bad-setting)");
  }
}
