package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginException;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.disco.DiscoInfo;
import dev.bobbin.xmpp.disco.DiscoItem;
import dev.bobbin.xmpp.disco.DiscoPlugin;
import dev.bobbin.xmpp.disco.Identity;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What we say that we can do, and what peers say (XEP-0030; XEP-0231 section 3). */
class DiscoTest extends Stage {
  private static final String INFO = "http://jabber.org/protocol/disco#info";
  private static final String ITEMS = "http://jabber.org/protocol/disco#items";

  private static DiscoPlugin disco(XmppClient client) {
    return client.plugin(DiscoPlugin.class);
  }

  @Test
  @DisplayName("20: urn:xmpp:bob is advertised while the plugin is on, and withdrawn")
  void info_bobTurnedOffAndOn_isAdvertisedWhileItIsOn() {
    XmppClient juliet = connected(JULIET);
    XmppClient romeo = connected(ROMEO);

    assertThat(disco(juliet).info(ROMEO).join().features())
        .containsExactlyInAnyOrder(INFO, ITEMS, "urn:xmpp:bob");
    romeo.disablePlugin("xep_0231");
    assertThat(disco(juliet).info(ROMEO).join().features()).containsExactlyInAnyOrder(INFO, ITEMS);
    romeo.enablePlugin("xep_0231");
    assertThat(disco(juliet).info(ROMEO).join().supports("urn:xmpp:bob")).isTrue();
  }

  @Test
  @DisplayName("21: whether a peer speaks it is found by disco#info")
  void supports_withoutCapabilities_asksThePeer() {
    XmppClient juliet = connected(JULIET);
    XmppClient romeo = connected(ROMEO);

    assertThat(bob(juliet).supports(ROMEO).join()).isTrue();
    romeo.disablePlugin("xep_0231");
    assertThat(bob(juliet).supports(ROMEO).join()).isFalse();
    romeo.disablePlugin("xep_0030");
    assertThatThrownBy(() -> bob(juliet).supports(ROMEO).join())
        .hasMessageContaining("service-unavailable");
    assertThat(wire.iqs("get"))
        .hasSize(3)
        .containsOnly(
            "<iq xmlns='jabber:client' type='get' to='romeo@example.org/orchard' id='ID'"
                + " from='juliet@example.org/balcony'><query xmlns='"
                + INFO
                + "'/></iq>");
  }

  @Test
  void info_onTheWire_isLiterally() {
    XmppClient juliet = connected(JULIET);
    connected(ROMEO);
    disco(juliet).info(ROMEO).join();

    assertThat(wire.iqs("get"))
        .containsExactly(
            "<iq xmlns='jabber:client' type='get' to='romeo@example.org/orchard' id='ID'"
                + " from='juliet@example.org/balcony'><query xmlns='"
                + INFO
                + "'/></iq>");
    assertThat(wire.iqs("result"))
        .containsExactly(
            "<iq xmlns='jabber:client' type='result' id='ID' to='juliet@example.org/balcony'"
                + " from='romeo@example.org/orchard'><query xmlns='"
                + INFO
                + "'><identity category='client' type='bot'/><feature var='"
                + INFO
                + "'/><feature var='"
                + ITEMS
                + "'/><feature var='urn:xmpp:bob'/></query></iq>");
  }

  @Test
  void disablePlugin_neededByBob_isRefused() {
    XmppClient romeo = client(ROMEO);

    assertThat(romeo.plugins()).containsExactly("xep_0030", "xep_0231");
    assertThatThrownBy(() -> romeo.disablePlugin("xep_0030"))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "The plugin 'xep_0030' cannot be turned off while it is needed by: xep_0231. Turn those"
                + " off first (docs/errors.md#plugin-needed)");
    romeo.disablePlugin("xep_0231");
    romeo.disablePlugin("xep_0030");
    assertThat(romeo.plugins()).isEmpty();
    romeo.enablePlugin("xep_0231");
    assertThat(romeo.plugins()).containsExactly("xep_0030", "xep_0231");
  }

  @Test
  void info_unknownNode_isItemNotFound() {
    XmppClient juliet = connected(JULIET);
    connected(ROMEO);

    assertThatThrownBy(() -> disco(juliet).info(ROMEO, "nowhere").join())
        .hasMessageContaining("item-not-found (cancel)");
    assertThatThrownBy(() -> disco(juliet).items(ROMEO, "nowhere").join())
        .hasMessageContaining("item-not-found (cancel)");
    assertThat(disco(juliet).items(ROMEO, null).join()).isEmpty();
  }

  @Test
  void request_set_isNotImplemented() {
    XmppClient juliet = connected(JULIET);
    connected(ROMEO);

    for (String namespace : List.of(INFO, ITEMS)) {
      Iq set = Iq.set(ROMEO, XmlElement.of("query", namespace));
      assertThatThrownBy(() -> juliet.request(set).join())
          .hasMessageContaining("feature-not-implemented (cancel)");
    }
  }

  @Test
  void info_emptyNode_isTheEntityItself() {
    XmppClient juliet = connected(JULIET);
    connected(ROMEO);
    Iq get = Iq.get(ROMEO, LiteralXml.element("<query xmlns='" + INFO + "' node=''/>"));

    assertThat(juliet.request(get).join().payload().orElseThrow().children()).hasSize(4);
  }

  @Test
  void info_ofTheServer_isRead() {
    DiscoInfo server = disco(connected(JULIET)).info(Jid.of("example.org")).join();

    assertThat(server.identities()).extracting(Identity::category).containsExactly("server");
    assertThat(server.supports("urn:xmpp:ping")).isTrue();
  }

  @Test
  void items_asAPeerWroteThem_areReadWithoutTheMalformed() {
    XmppClient juliet = connected(JULIET);
    wire.rule(
        stanza ->
            List.of(
                Wire.resultTo(
                    stanza,
                    "",
                    "<query xmlns='"
                        + ITEMS
                        + "'><item jid='rooms.example.org' name='Rooms'/><item jid='@'/><item/>"
                        + "<item jid='a@b' node='n'/><other jid='c@d'/></query>")));

    assertThat(disco(juliet).items(ROMEO, null).join())
        .containsExactly(
            new DiscoItem(Jid.of("rooms.example.org"), null, "Rooms"),
            new DiscoItem(Jid.of("a@b"), "n", null));
  }

  @Test
  void addFeature_twice_staysUntilBothAreTakenBack() {
    XmppClient juliet = connected(JULIET);
    DiscoPlugin romeo = disco(connected(ROMEO));
    var first = romeo.addFeature("urn:x");
    var second = romeo.addFeature("urn:x");
    first.close();
    first.close();
    assertThat(disco(juliet).info(ROMEO).join().supports("urn:x")).isTrue();
    second.close();
    assertThat(disco(juliet).info(ROMEO).join().supports("urn:x")).isFalse();
  }

  @Test
  void settings_identity_isWhatPeersSee() {
    XmppClient juliet = connected(JULIET);
    connected(
        ROMEO,
        builder ->
            builder
                .setting("xep_0030", "identity-category", "automation")
                .setting("xep_0030", "identity-type", "responder")
                .setting("xep_0030", "identity-name", "Friar <Laurence>"));

    assertThat(disco(juliet).info(ROMEO).join().identities())
        .containsExactly(new Identity("automation", "responder", "Friar <Laurence>"));
  }

  @Test
  void settings_emptyOrUnknown_stopTheClientFromStarting() {
    assertThatThrownBy(() -> client(ROMEO, b -> b.setting("xep_0030", "identity-type", "")))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "The plugin 'xep_0030' cannot be turned on: Setting 'identity-type' of xep_0030 is '';"
                + " it takes a text that is not empty (docs/errors.md#bad-setting)");
    assertThatThrownBy(() -> client(ROMEO, b -> b.setting("xep_0030", "identity-tpye", "pc")))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "The plugin 'xep_0030' cannot be turned on: The setting 'identity-tpye' of xep_0030 sets"
                + " nothing; did you mean 'identity-type'? There are: identity-category,"
                + " identity-type, identity-name (docs/errors.md#bad-setting)");
  }
}
