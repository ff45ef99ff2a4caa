package dev.bobbin.xmpp.disco;

import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks others. */
final class DiscoRequester {
  private final PluginContext context;

  DiscoRequester(PluginContext context) {
    this.context = context;
  }

  CompletableFuture<DiscoInfo> info(Jid peer, @Nullable String node) {
    return ask(peer, DiscoInfo.NAMESPACE, node).thenApply(DiscoInfo::parse);
  }

  CompletableFuture<List<DiscoItem>> items(Jid peer, @Nullable String node) {
    return ask(peer, DiscoItem.NAMESPACE, node).thenApply(DiscoItems::parse);
  }

  CompletableFuture<DiscoInfo> capabilities(Jid peer) {
    return context
        .api()
        .call(DiscoMethods.KNOWN_INFO, ApiTarget.of(context.self()), peer)
        .thenCompose(
            known ->
                known.map(CompletableFuture::completedFuture).orElseGet(() -> info(peer, null)));
  }

  private CompletableFuture<XmlElement> ask(Jid peer, String namespace, @Nullable String node) {
    XmlElement query = XmlElement.builder("query", namespace).attribute("node", node).build();
    return context
        .request(Iq.get(peer, query))
        .thenApply(
            answer ->
                answer
                    .payload()
                    .filter(payload -> payload.is("query", namespace))
                    .orElseThrow(() -> saysNothing(peer, namespace)));
  }

  private static XmppException saysNothing(Jid peer, String namespace) {
    return new XmppException(
        "'"
            + peer
            + "' answered service discovery without <query xmlns='"
            + namespace
            + "'/>, which says nothing about it (docs/errors.md#malformed-answer)");
  }
}
