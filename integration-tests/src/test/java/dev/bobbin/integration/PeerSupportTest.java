package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.disco.DiscoInfo;
import dev.bobbin.xmpp.disco.DiscoMethods;
import dev.bobbin.xmpp.disco.DiscoPlugin;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Whether a peer can do something: from what is known, else by asking. */
class PeerSupportTest extends Stage {
  private static boolean supports(XmppClient client, String feature) {
    return client.plugin(DiscoPlugin.class).supports(ROMEO, feature).join();
  }

  @Test
  void supports_nothingIsKnown_isAsked() {
    XmppClient juliet = connected(JULIET);
    connected(ROMEO);

    assertThat(supports(juliet, "urn:xmpp:bob")).isTrue();
    assertThat(supports(juliet, "urn:other")).isFalse();
    assertThat(wire.iqs("get")).hasSize(2);
  }

  @Test
  void supports_somethingIsKnown_isNotAsked() {
    XmppClient juliet = connected(JULIET);
    BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    juliet
        .api()
        .register(
            DiscoMethods.KNOWN_INFO,
            ApiScope.everywhere(),
            ApiHandler.direct(
                call -> {
                  calls.add(call.jid().orElseThrow() + " " + call.from() + " " + call.args());
                  return Optional.of(new DiscoInfo(List.of(), Set.of("urn:known")));
                }));

    assertThat(supports(juliet, "urn:known")).isTrue();
    assertThat(supports(juliet, "urn:xmpp:bob")).isFalse();
    assertThat(wire.iqs("get")).isEmpty();
    assertThat(calls)
        .containsExactly(JULIET + " Optional.empty " + ROMEO, JULIET + " Optional.empty " + ROMEO);
  }

  @Test
  void supports_peerIsAway_fails() {
    DiscoPlugin disco = connected(JULIET).plugin(DiscoPlugin.class);

    assertThatThrownBy(() -> disco.supports(Jid.of("romeo@example.org/away"), "urn:x").join())
        .hasMessageContaining("service-unavailable");
  }
}
