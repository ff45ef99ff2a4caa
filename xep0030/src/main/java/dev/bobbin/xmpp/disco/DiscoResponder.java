package dev.bobbin.xmpp.disco;

import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.plugin.RequestHandler;
import dev.bobbin.xmpp.api.registry.ApiMethod;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.StanzaError;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Answers what peers ask, with what the internal API says. */
final class DiscoResponder {
  private final PluginContext context;

  DiscoResponder(PluginContext context) {
    this.context = context;
  }

  void register() {
    answer(DiscoInfo.NAMESPACE, DiscoMethods.GET_INFO, DiscoInfo::toElement);
    answer(DiscoItem.NAMESPACE, DiscoMethods.GET_ITEMS, DiscoItems::toElement);
  }

  private <T> void answer(
      String namespace,
      ApiMethod<DiscoQuery, Optional<T>> method,
      Function<T, XmlElement.Builder> write) {
    context.onRequest(
        "query", namespace, RequestHandler.direct(request -> answer(request, method, write)));
  }

  private <T> CompletionStage<Iq> answer(
      Iq request,
      ApiMethod<DiscoQuery, Optional<T>> method,
      Function<T, XmlElement.Builder> write) {
    if (request.type() != Iq.Type.GET) {
      throw new StanzaErrorException(StanzaError.of(Condition.FEATURE_NOT_IMPLEMENTED));
    }
    DiscoQuery query = query(request);
    return context
        .api()
        .call(method, target(request, query), query)
        .thenApply(found -> reply(request, query, found.map(write)));
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
