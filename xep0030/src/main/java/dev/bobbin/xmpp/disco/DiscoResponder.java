package dev.bobbin.xmpp.disco;

import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.plugin.RequestHandler;
import dev.bobbin.xmpp.api.registry.ApiRegistry;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.StanzaError;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Answers what peers ask, with what the internal API says. */
final class DiscoResponder {
  /** Where an answer comes from. */
  private interface Source<T> {
    CompletableFuture<Optional<T>> of(ApiTarget target, DiscoQuery query);
  }

  private final PluginContext context;

  DiscoResponder(PluginContext context) {
    this.context = context;
  }

  void register() {
    answer(DiscoInfo.NAMESPACE, this::info, DiscoInfo::toElement);
    answer(
        DiscoItem.NAMESPACE,
        (target, query) -> context.api().call(DiscoMethods.GET_ITEMS, target, query),
        DiscoItems::toElement);
  }

  private <T> void answer(
      String namespace, Source<T> source, Function<T, XmlElement.Builder> write) {
    context.onRequest(
        "query", namespace, RequestHandler.direct(request -> answer(request, source, write)));
  }

  private <T> CompletionStage<Iq> answer(
      Iq request, Source<T> source, Function<T, XmlElement.Builder> write) {
    if (request.type() != Iq.Type.GET) {
      throw new StanzaErrorException(StanzaError.of(Condition.FEATURE_NOT_IMPLEMENTED));
    }
    DiscoQuery query = query(request);
    return source
        .of(target(request, query), query)
        .thenApply(found -> reply(request, query, found.map(write)));
  }

  private CompletableFuture<Optional<DiscoInfo>> info(ApiTarget target, DiscoQuery query) {
    ApiRegistry api = context.api();
    return query.node() == null
        ? api.call(DiscoMethods.GET_INFO, target, query)
        : api.call(DiscoMethods.GET_ANNOUNCED, target, query)
            .thenCompose(
                announced ->
                    announced.isPresent()
                        ? CompletableFuture.completedFuture(announced)
                        : api.call(DiscoMethods.GET_INFO, target, query));
  }

  private static DiscoQuery query(Iq request) {
    return new DiscoQuery(
        request.payload().flatMap(p -> p.attribute("node")).filter(n -> !n.isEmpty()).orElse(null));
  }

  private ApiTarget target(Iq request, DiscoQuery query) {
    ApiTarget target = context.target(request);
    String node = query.node();
    return node == null ? target : target.withNode(node);
  }

  private static Iq reply(Iq request, DiscoQuery query, Optional<XmlElement.Builder> found) {
    return found
        .map(element -> request.result(element.attribute("node", query.node()).build()))
        .orElseGet(() -> request.error(StanzaError.of(Condition.ITEM_NOT_FOUND)));
  }
}
