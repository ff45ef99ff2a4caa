package dev.bobbin.integration;

import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.stanza.StanzaError;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.disco.DiscoInfo;
import dev.bobbin.xmpp.disco.DiscoItem;
import dev.bobbin.xmpp.disco.DiscoMethods;
import dev.bobbin.xmpp.disco.Identity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said of us and of our nodes: as it was set, and by handlers (disco#info). */
class DiscoNodesTest extends DiscoStage {
  private static final DiscoInfo COMMANDS =
      new DiscoInfo(
          List.of(new Identity("automation", "command-list", null)),
          new LinkedHashSet<>(List.of("urn:xmpp:ping", INFO)));
  private static final String COMMANDS_XML =
      "<identity category='automation' type='command-list'/><feature var='urn:xmpp:ping'/>"
          + "<feature var='http://jabber.org/protocol/disco#info'/>";
  private static final String DYNAMIC_XML =
      "<identity category='client' type='console' name='Dynamic'/>";

  @Test
  void info_nothingAdded_isAnIdentityAndDiscovery() {
    assertAnswer(info(""), info(BASICS_XML));
  }

  @Test
  void info_unknownNode_isItemNotFound() {
    assertRefused(info("testing", ""), "item-not-found");
  }

  @Test
  void addNode_empty_isAnsweredWithItsName() {
    disco(romeo).addNode("testing", new DiscoInfo(List.of(), Set.of()), List.of());

    assertAnswer(info("testing", ""), info("testing", ""));
    assertAnswer(items("testing", ""), items("testing", ""));
  }

  @Test
  void addNode_takenBack_isItemNotFoundAgain() {
    var item = new DiscoItem(ROMEO, "sub", null);
    var node = disco(romeo).addNode("testing", COMMANDS, List.of(item));
    assertAnswer(info("testing", ""), info("testing", COMMANDS_XML));
    assertRefused(info("other", ""), "item-not-found");

    node.close();

    assertRefused(info("testing", ""), "item-not-found");
    assertRefused(items("testing", ""), "item-not-found");
  }

  @Test
  void addNode_twice_theLatestCoversUntilItIsTakenBack() {
    var first = disco(romeo).addNode("testing", COMMANDS, List.of());
    var second = disco(romeo).addNode("testing", identity("pc", null), List.of());
    assertAnswer(info("testing", ""), info("testing", "<identity category='client' type='pc'/>"));

    second.close();
    assertAnswer(info("testing", ""), info("testing", COMMANDS_XML));
    first.close();
    assertRefused(info("testing", ""), "item-not-found");
  }

  @Test
  void register_forAJid_answersForEachOfItsNodes() {
    api().register(DiscoMethods.GET_INFO, ApiScope.jid(ROMEO.bare()), dynamicInfo("Dynamic"));

    assertAnswer(info("testing", ""), info("testing", DYNAMIC_XML));
    assertAnswer(info("other", ""), info("other", DYNAMIC_XML));
    assertAnswer(info(""), info(DYNAMIC_XML));
  }

  @Test
  void register_everywhere_answersAllThatWasSet() {
    disco(romeo).addNode("testing", COMMANDS, List.of());
    api().register(DiscoMethods.GET_INFO, ApiScope.everywhere(), dynamicInfo("Dynamic"));

    assertAnswer(info("testing", ""), info("testing", DYNAMIC_XML));
    assertAnswer(info(""), info(DYNAMIC_XML));
  }

  @Test
  void register_forANode_coversWhatWasSetForIt() {
    disco(romeo).addNode("testing", COMMANDS, List.of());
    disco(romeo).addNode("other", COMMANDS, List.of());
    api().register(DiscoMethods.GET_INFO, ApiScope.node("testing"), dynamicInfo("Dynamic"));

    assertAnswer(info("testing", ""), info("testing", DYNAMIC_XML));
    assertAnswer(info("other", ""), info("other", COMMANDS_XML));
    assertAnswer(items("testing", ""), items("testing", ""));
  }

  @Test
  void register_forAJidAndNode_coversWhatWasSetForThatNodeAlone() {
    disco(romeo).addNode("testing", COMMANDS, List.of());
    disco(romeo).addNode("other", COMMANDS, List.of());
    api().register(DiscoMethods.GET_INFO, ApiScope.jid(ROMEO, "testing"), dynamicInfo("Dynamic"));

    assertAnswer(info("testing", ""), info("testing", DYNAMIC_XML));
    assertAnswer(info("other", ""), info("other", COMMANDS_XML));
  }

  @Test
  void restoreDefault_forAJidAndNode_bringsBackWhatWasSetUnderAJidHandler() {
    api().register(DiscoMethods.GET_INFO, ApiScope.jid(ROMEO.bare()), dynamicInfo("Dynamic"));
    var restored = api().restoreDefault(DiscoMethods.GET_INFO, ApiScope.jid(ROMEO, "testing"));
    disco(romeo).addNode("testing", COMMANDS, List.of());
    disco(romeo).addNode("other", COMMANDS, List.of());

    assertAnswer(info("testing", ""), info("testing", COMMANDS_XML));
    assertAnswer(info("other", ""), info("other", DYNAMIC_XML));
    restored.close();
    assertAnswer(info("testing", ""), info("testing", DYNAMIC_XML));
  }

  @Test
  void restoreDefault_forAJidAndNode_bringsBackWhatWasSetUnderAGlobalHandler() {
    api().register(DiscoMethods.GET_INFO, ApiScope.everywhere(), dynamicInfo("Dynamic"));
    api().restoreDefault(DiscoMethods.GET_INFO, ApiScope.jid(ROMEO.bare(), "testing"));
    disco(romeo).addNode("testing", COMMANDS, List.of());

    assertAnswer(info("testing", ""), info("testing", COMMANDS_XML));
    assertAnswer(info("other", ""), info("other", DYNAMIC_XML));
    assertAnswer(info(""), info(DYNAMIC_XML));
  }

  @Test
  void proceed_handlerForEveryone_addsToWhatWasSet() {
    disco(romeo).addNode("testing", COMMANDS, List.of());
    api()
        .register(
            DiscoMethods.GET_INFO,
            ApiScope.everywhere(),
            call ->
                call.proceed(call.args())
                    .thenApply(
                        covered ->
                            covered.map(
                                info -> {
                                  Set<String> more = new LinkedHashSet<>(info.features());
                                  more.add("urn:more");
                                  return new DiscoInfo(info.identities(), more);
                                })));

    assertAnswer(info("testing", ""), info("testing", COMMANDS_XML + "<feature var='urn:more'/>"));
    assertRefused(info("other", ""), "item-not-found");
  }

  @Test
  void register_handlerRefuses_itsConditionReachesThePeer() {
    api()
        .register(
            DiscoMethods.GET_INFO,
            ApiScope.node("testing"),
            answering(
                call -> {
                  throw new StanzaErrorException(StanzaError.of(Condition.NOT_ALLOWED));
                }));

    assertRefused(info("testing", ""), "not-allowed");
  }

  @Test
  void node_withMarkupAndOtherScripts_comesBackAsItWas() {
    disco(romeo).addNode("a<b>&'\" žluť", COMMANDS, List.of());

    assertAnswer(
        info("a&lt;b&gt;&amp;&apos;&quot; žluť", ""),
        info("a&lt;b&gt;&amp;&apos;&quot; žluť", COMMANDS_XML));
  }
}
