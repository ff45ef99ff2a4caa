package dev.bobbin.xmpp.disco;

import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.registry.ApiCall;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.Registration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** What we are and can do, as far as no handler covers it: the defaults of both methods. */
final class OwnEntity {
  private final List<Feature> features = new CopyOnWriteArrayList<>();

  /** A feature as somebody added it: an object of its own, so that each is taken away by itself. */
  private static final class Feature {
    final String namespace;

    Feature(String namespace) {
      this.namespace = namespace;
    }
  }

  void register(PluginContext context, Identity identity) {
    context
        .api()
        .registerDefault(DiscoMethods.GET_INFO, ApiHandler.direct(call -> info(call, identity)));
    context.api().registerDefault(DiscoMethods.GET_ITEMS, ApiHandler.direct(OwnEntity::items));
  }

  Registration addFeature(String namespace) {
    Feature feature = new Feature(namespace);
    features.add(feature);
    return () -> features.remove(feature);
  }

  void clear() {
    features.clear();
  }

  private Optional<DiscoInfo> info(
      ApiCall<DiscoQuery, Optional<DiscoInfo>> call, Identity identity) {
    if (call.node().isPresent()) {
      return Optional.empty();
    }
    Set<String> namespaces = new LinkedHashSet<>(List.of(DiscoInfo.NAMESPACE, DiscoItem.NAMESPACE));
    features.forEach(feature -> namespaces.add(feature.namespace));
    return Optional.of(new DiscoInfo(List.of(identity), namespaces));
  }

  private static Optional<List<DiscoItem>> items(
      ApiCall<DiscoQuery, Optional<List<DiscoItem>>> call) {
    return call.node().isPresent() ? Optional.empty() : Optional.of(List.of());
  }
}
