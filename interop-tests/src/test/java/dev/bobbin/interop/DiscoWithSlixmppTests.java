package dev.bobbin.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.disco.DiscoInfo;
import dev.bobbin.xmpp.disco.DiscoItem;
import dev.bobbin.xmpp.disco.DiscoMethods;
import dev.bobbin.xmpp.disco.DiscoPlugin;
import dev.bobbin.xmpp.disco.Identity;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes, items and forms, asked for by a stranger and asked of it, across a real server. */
abstract class DiscoWithSlixmppTests extends WithSlixmpp {
  private static final String INFO = "http://jabber.org/protocol/disco#info";
  private static final String ITEMS = "http://jabber.org/protocol/disco#items";
  private static final String FORM =
      "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' type='hidden'>"
          + "<value>urn:test:songs</value></field><field var='mood'><value>merry &amp; sad</value>"
          + "</field></x>";
  private static final String READ_FORM = "FORM_TYPE|urn:test:songs\nmood|merry & sad";
  private static final Identity SONGS = new Identity("hierarchy", "branch", "Písně", "cs");

  private DiscoPlugin disco;

  DiscoWithSlixmppTests(ServerSoftware software) {
    super(software);
  }

  @BeforeEach
  void takeDisco() {
    disco = juliet.plugin(DiscoPlugin.class);
  }

  private static String xml(Map<String, String> answer) {
    return LiteralXml.text(answer.get("xml"));
  }

  @Test
  void info_ofOurNode_isReadByTheStranger() {
    disco.addNode(
        "songs",
        new DiscoInfo(List.of(SONGS), Set.of(INFO), List.of(LiteralXml.element(FORM))),
        List.of());

    Map<String, String> answer = slixmpp.discover("info", juliet.self(), "songs");

    assertThat(answer.get("identities")).isEqualTo("hierarchy|branch|cs|Písně");
    assertThat(answer.get("form")).isEqualTo(READ_FORM);
    assertThat(xml(answer))
        .isEqualTo(
            LiteralXml.text(
                "<query xmlns='"
                    + INFO
                    + "' node='songs'><identity category='hierarchy' type='branch' name='Písně'"
                    + " xml:lang='cs'/><feature var='"
                    + INFO
                    + "'/>"
                    + FORM
                    + "</query>"));
  }

  @Test
  void info_ofUsWithAForm_isReadByTheStranger() {
    disco.addForm(LiteralXml.element(FORM));

    assertThat(slixmpp.discover("info", juliet.self(), ""))
        .containsEntry("identities", "client|bot|None|None")
        .containsEntry("form", READ_FORM);
  }

  @Test
  void items_ofUsAndOfAHandler_areReadByTheStranger() {
    disco.addItem(new DiscoItem(juliet.self(), "songs", "Songs"));
    juliet
        .api()
        .register(
            DiscoMethods.GET_ITEMS,
            ApiScope.jid(juliet.self(), "songs"),
            ApiHandler.direct(
                call ->
                    Optional.of(
                        List.of(new DiscoItem(call.from().orElseThrow(), "song/1", "for you")))));

    assertThat(slixmpp.discover("items", juliet.self(), "").get("items"))
        .isEqualTo("juliet@example.org/balcony|songs|Songs");
    assertThat(xml(slixmpp.discover("items", juliet.self(), "songs")))
        .isEqualTo(
            LiteralXml.text(
                "<query xmlns='"
                    + ITEMS
                    + "' node='songs'><item jid='romeo@example.org/orchard' node='song/1'"
                    + " name='for you'/></query>"));
  }

  @Test
  void infoAndItems_ofNoNodeOfOurs_areItemNotFound() {
    for (String what : List.of("info", "items")) {
      assertThat(slixmpp.discover(what, juliet.self(), "nowhere"))
          .isEqualTo(Map.of("condition", "item-not-found", "type", "cancel"));
    }
  }

  @Test
  void infoAndItems_ofTheStrangersNode_areReadByUs() {
    slixmpp.describe(
        Map.ofEntries(
            Map.entry("node", "theirs"),
            Map.entry("category", "hierarchy"),
            Map.entry("type", "branch"),
            Map.entry("name", "Písně"),
            Map.entry("lang", "cs"),
            Map.entry("feature", "urn:test:songs"),
            Map.entry("form_type", "urn:test:songs"),
            Map.entry("field", "mood"),
            Map.entry("value", "merry & sad"),
            Map.entry("item", "nurse@example.org"),
            Map.entry("item_node", "song/1"),
            Map.entry("item_name", "A < B")));

    DiscoInfo info = await(disco.info(SlixmppPeer.JID, "theirs"));

    assertThat(info.identities()).containsExactly(SONGS);
    assertThat(info.supports("urn:test:songs")).isTrue();
    assertThat(info.form("urn:test:songs").orElseThrow().children("field", "jabber:x:data"))
        .extracting(field -> field.child("value", "jabber:x:data").map(XmlElement::text))
        .containsExactly(Optional.of("urn:test:songs"), Optional.of("merry & sad"));
    assertThat(await(disco.items(SlixmppPeer.JID, "theirs")))
        .containsExactly(new DiscoItem(NURSE.bare(), "song/1", "A < B"));
  }

  @Test
  void infoAndItems_ofNoNodeOfTheStrangers_areItemNotFound() {
    for (var asked :
        List.of(disco.info(SlixmppPeer.JID, "nowhere"), disco.items(SlixmppPeer.JID, "nowhere"))) {
      assertThatThrownBy(() -> await(asked))
          .isInstanceOfSatisfying(
              StanzaErrorException.class,
              e -> assertThat(e.condition()).isEqualTo(Condition.ITEM_NOT_FOUND));
    }
  }
}
