package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.disco.DiscoInfo;
import dev.bobbin.xmpp.disco.DiscoItem;
import dev.bobbin.xmpp.disco.DiscoMethods;
import dev.bobbin.xmpp.disco.DiscoPlugin;
import dev.bobbin.xmpp.disco.DiscoQuery;
import dev.bobbin.xmpp.disco.Identity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Discovery's methods replaced for nodes and JIDs: the internal API where nodes matter. */
class DiscoOverridesTest extends Stage {
  private static final Jid ELSEWHERE = Jid.of("romeo@example.org/mantua");

  private XmppClient juliet;
  private XmppClient romeo;

  @BeforeEach
  void connect() {
    juliet = connected(JULIET);
    romeo = connected(ROMEO);
  }

  private static ApiHandler<DiscoQuery, Optional<DiscoInfo>> saying(String type) {
    return ApiHandler.direct(
        call -> Optional.of(new DiscoInfo(List.of(new Identity("test", type, null)), Set.of())));
  }

  private String asked(String node) {
    DiscoInfo info = juliet.plugin(DiscoPlugin.class).info(ROMEO, node).join();
    return info.identities().get(0).type();
  }

  @Test
  void register_forANode_servesThatNodeAlone() {
    romeo.api().register(DiscoMethods.GET_INFO, ApiScope.node("n"), saying("node"));

    assertThat(asked("n")).isEqualTo("node");
    assertThat(asked(null)).isEqualTo("bot");
    assertThatThrownBy(() -> asked("other")).hasMessageContaining("item-not-found");
    assertThat(wire.iqs("result"))
        .contains(
            "<iq xmlns='jabber:client' type='result' id='ID' to='juliet@example.org/balcony'"
                + " from='romeo@example.org/orchard'><query"
                + " xmlns='http://jabber.org/protocol/disco#info' node='n'>"
                + "<identity category='test' type='node'/></query></iq>");
  }

  @Test
  void register_forAJid_servesItsNodesAndNoOtherJid() {
    romeo.api().register(DiscoMethods.GET_INFO, ApiScope.jid(ROMEO), saying("full"));
    assertThat(asked(null)).isEqualTo("full");
    assertThat(asked("n")).isEqualTo("full");

    romeo.api().unregister(DiscoMethods.GET_INFO, ApiScope.jid(ROMEO));
    romeo.api().register(DiscoMethods.GET_INFO, ApiScope.jid(ELSEWHERE), saying("elsewhere"));
    assertThat(asked(null)).isEqualTo("bot");

    romeo.api().register(DiscoMethods.GET_INFO, ApiScope.jid(ROMEO.bare()), saying("bare"));
    assertThat(asked(null)).isEqualTo("bare");
  }

  @Test
  void register_onAllLevels_theMostSpecificServes() {
    var api = romeo.api();
    api.register(DiscoMethods.GET_INFO, ApiScope.everywhere(), saying("6"));
    assertThat(asked("n")).isEqualTo("6");
    api.register(DiscoMethods.GET_INFO, ApiScope.node("n"), saying("5"));
    assertThat(asked("n")).isEqualTo("5");
    api.register(DiscoMethods.GET_INFO, ApiScope.jid(ROMEO.bare()), saying("4"));
    assertThat(asked("n")).isEqualTo("4");
    api.register(DiscoMethods.GET_INFO, ApiScope.jid(ROMEO), saying("3"));
    assertThat(asked("n")).isEqualTo("3");
    api.register(DiscoMethods.GET_INFO, ApiScope.jid(ROMEO.bare(), "n"), saying("2"));
    assertThat(asked("n")).isEqualTo("2");
    api.register(DiscoMethods.GET_INFO, ApiScope.jid(ROMEO, "n"), saying("1"));
    assertThat(asked("n")).isEqualTo("1");
    assertThat(asked("m")).isEqualTo("3");
    assertThat(asked(null)).isEqualTo("3");
  }

  @Test
  void restoreDefault_forOneJidAndNode_beatsAGlobalHandler() {
    romeo.api().register(DiscoMethods.GET_INFO, ApiScope.everywhere(), saying("global"));
    var restored = romeo.api().restoreDefault(DiscoMethods.GET_INFO, ApiScope.jid(ROMEO, "n"));

    assertThat(asked(null)).isEqualTo("global");
    assertThat(asked("m")).isEqualTo("global");
    assertThatThrownBy(() -> asked("n"))
        .as("the default knows no nodes")
        .hasMessageContaining("item-not-found");
    restored.close();
    assertThat(asked("n")).isEqualTo("global");
  }

  @Test
  void register_anyHandler_isToldJidNodeAndPeer() throws Exception {
    BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    romeo
        .api()
        .register(
            DiscoMethods.GET_ITEMS,
            ApiScope.everywhere(),
            ApiHandler.blocking(
                call -> {
                  calls.add(
                      call.jid().orElseThrow()
                          + " "
                          + call.node().orElse("-")
                          + " "
                          + call.from().orElseThrow()
                          + " "
                          + call.args().node());
                  return Optional.of(List.of(new DiscoItem(JULIET, "x", null)));
                }));

    assertThat(juliet.plugin(DiscoPlugin.class).items(ROMEO, "n").join())
        .containsExactly(new DiscoItem(JULIET, "x", null));
    juliet.plugin(DiscoPlugin.class).items(ROMEO, null).join();
    assertThat(calls)
        .containsExactly(
            "romeo@example.org/orchard n juliet@example.org/balcony n",
            "romeo@example.org/orchard - juliet@example.org/balcony null");
  }
}
