package dev.bobbin.xmpp.disco;

import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.registry.ApiCall;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What we are, can do and have, as far as no handler covers it: the defaults of both methods.
 *
 * <p>Each thing is written once when it is added, since one that cannot stand in XML would spoil
 * every answer later.
 */
final class OwnEntity {
  private static final List<String> ALWAYS = List.of(DiscoInfo.NAMESPACE, DiscoItem.NAMESPACE);

  private final Additions<Object, Runnable> listeners = new Additions<>(() -> {});
  private final Additions<Identity, Identity> identities = new Additions<>(this::changed);
  private final Additions<String, String> features = new Additions<>(this::changed);
  private final Additions<String, XmlElement> forms = new Additions<>(this::changed);
  private final Additions<DiscoItem, DiscoItem> items = new Additions<>(() -> {});
  private final Additions<String, Node> nodes = new Additions<>(() -> {});

  /** A node whose answers stay the same. */
  private record Node(DiscoInfo info, List<DiscoItem> items) {}

  void register(PluginContext context, Identity identity) {
    context
        .api()
        .registerDefault(DiscoMethods.GET_INFO, ApiHandler.direct(call -> info(call, identity)));
    context.api().registerDefault(DiscoMethods.GET_ITEMS, ApiHandler.direct(this::items));
  }

  Registration onChange(Runnable listener) {
    return listeners.add(new Object(), listener);
  }

  private void changed() {
    listeners.byKey().values().forEach(Runnable::run);
  }

  Registration addIdentity(Identity identity) {
    identity.toElement();
    return identities.add(identity.withoutName(), identity);
  }

  Registration addFeature(String namespace) {
    DiscoInfo.feature(namespace);
    return features.add(namespace, namespace);
  }

  Registration addForm(XmlElement form) {
    return forms.add(FormType.require(form), form);
  }

  Registration addItem(DiscoItem item) {
    item.toElement();
    return items.add(item.withoutName(), item);
  }

  Registration addNode(String node, DiscoInfo info, List<DiscoItem> below) {
    if (node.isEmpty()) {
      throw new IllegalArgumentException("a node is not empty; without one it is the entity");
    }
    info.toElement().attribute("node", node);
    DiscoItems.toElement(below);
    return nodes.add(node, new Node(info, List.copyOf(below)));
  }

  void clear() {
    List.of(identities, features, forms, items, nodes).forEach(Additions::clear);
  }

  private Optional<DiscoInfo> info(
      ApiCall<DiscoQuery, Optional<DiscoInfo>> call, Identity configured) {
    return call.node().isPresent()
        ? node(call.node().get()).map(Node::info)
        : Optional.of(info(configured));
  }

  private DiscoInfo info(Identity configured) {
    Map<Identity, Identity> named = new LinkedHashMap<>();
    named.put(configured.withoutName(), configured);
    identities.putInto(named);
    Set<String> namespaces = new LinkedHashSet<>(ALWAYS);
    namespaces.addAll(features.byKey().keySet());
    return new DiscoInfo(
        List.copyOf(named.values()), namespaces, List.copyOf(forms.byKey().values()));
  }

  private Optional<List<DiscoItem>> items(ApiCall<DiscoQuery, Optional<List<DiscoItem>>> call) {
    return call.node().isPresent()
        ? node(call.node().get()).map(Node::items)
        : Optional.of(List.copyOf(items.byKey().values()));
  }

  private Optional<Node> node(String name) {
    return Optional.ofNullable(nodes.byKey().get(name));
  }
}
