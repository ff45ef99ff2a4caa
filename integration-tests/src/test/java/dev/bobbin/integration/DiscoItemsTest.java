package dev.bobbin.integration;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.disco.DiscoInfo;
import dev.bobbin.xmpp.disco.DiscoItem;
import dev.bobbin.xmpp.disco.DiscoMethods;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What belongs to us and to our nodes: as it was set, and by handlers (disco#items). */
class DiscoItemsTest extends DiscoStage {
  private static final DiscoInfo NOTHING = new DiscoInfo(List.of(), Set.of());
  private static final List<DiscoItem> SET = List.of(new DiscoItem(ROMEO, "foo", "Set"));
  private static final String SET_XML =
      "<item jid='romeo@example.org/orchard' node='foo' name='Set'/>";
  private static final String DYNAMIC_XML =
      "<item jid='romeo@example.org/orchard' node='foo' name='Dynamic'/>";

  @Test
  void items_nothingAdded_areNone() {
    assertAnswer(items(""), items(""));
    assertRefused(items("testing", ""), "item-not-found");
  }

  @Test
  void addItem_ofAnotherEntityAndOfANode_areListedInTheirOrder() {
    disco(romeo).addItem(new DiscoItem(Jid.of("rooms.example.org"), null, "Rooms <&>"));
    var node = disco(romeo).addItem(new DiscoItem(ROMEO, "foo", null));
    disco(romeo).addItem(new DiscoItem(ROMEO, null, null));
    String rooms = "<item jid='rooms.example.org' name='Rooms &lt;&amp;&gt;'/>";
    String self = "<item jid='romeo@example.org/orchard'/>";
    assertAnswer(
        items(""), items(rooms + "<item jid='romeo@example.org/orchard' node='foo'/>" + self));

    node.close();

    assertAnswer(items(""), items(rooms + self));
  }

  @Test
  void addItem_sameJidAndNode_isListedOnceByItsLatestName() {
    disco(romeo).addItem(new DiscoItem(ROMEO, "foo", "First"));
    var second = disco(romeo).addItem(new DiscoItem(ROMEO, "foo", "Second"));
    disco(romeo).addItem(new DiscoItem(ROMEO, "bar", "Third"));
    String third = "<item jid='romeo@example.org/orchard' node='bar' name='Third'/>";
    assertAnswer(
        items(""),
        items("<item jid='romeo@example.org/orchard' node='foo' name='Second'/>" + third));

    second.close();
    second.close();

    assertAnswer(
        items(""),
        items("<item jid='romeo@example.org/orchard' node='foo' name='First'/>" + third));
  }

  @Test
  void addNode_withItems_listsThemUnderItsName() {
    disco(romeo).addNode("testing", NOTHING, SET);

    assertAnswer(items("testing", ""), items("testing", SET_XML));
    assertAnswer(items(""), items(""));
  }

  @Test
  void register_forAJid_answersForEachOfItsNodes() {
    api().register(DiscoMethods.GET_ITEMS, ApiScope.jid(ROMEO.bare()), dynamicItems("Dynamic"));

    assertAnswer(items("testing", ""), items("testing", DYNAMIC_XML));
    assertAnswer(items(""), items(DYNAMIC_XML));
    assertRefused(info("testing", ""), "item-not-found");
  }

  @Test
  void register_everywhere_answersAllThatWasSet() {
    disco(romeo).addNode("testing", NOTHING, SET);
    disco(romeo).addItem(SET.get(0));
    api().register(DiscoMethods.GET_ITEMS, ApiScope.everywhere(), dynamicItems("Dynamic"));

    assertAnswer(items("testing", ""), items("testing", DYNAMIC_XML));
    assertAnswer(items(""), items(DYNAMIC_XML));
  }

  @Test
  void restoreDefault_forAJidAndNode_bringsBackWhatWasSetUnderAJidHandler() {
    api().register(DiscoMethods.GET_ITEMS, ApiScope.jid(ROMEO.bare()), dynamicItems("Dynamic"));
    api().restoreDefault(DiscoMethods.GET_ITEMS, ApiScope.jid(ROMEO.bare(), "testing"));
    disco(romeo).addNode("testing", NOTHING, SET);

    assertAnswer(items("testing", ""), items("testing", SET_XML));
    assertAnswer(items(""), items(DYNAMIC_XML));
  }

  @Test
  void restoreDefault_forAJidAndNode_bringsBackWhatWasSetUnderAGlobalHandler() {
    api().register(DiscoMethods.GET_ITEMS, ApiScope.everywhere(), dynamicItems("Dynamic"));
    var restored = api().restoreDefault(DiscoMethods.GET_ITEMS, ApiScope.jid(ROMEO, "testing"));
    disco(romeo).addNode("testing", NOTHING, SET);

    assertAnswer(items("testing", ""), items("testing", SET_XML));
    assertAnswer(items("other", ""), items("other", DYNAMIC_XML));
    restored.close();
    assertAnswer(items("testing", ""), items("testing", DYNAMIC_XML));
  }
}
