package dev.bobbin.xmpp.disco;

import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.plugin.RequestHandler;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.registry.ApiCall;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.StanzaError;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Service discovery (<a href="https://xmpp.org/extensions/xep-0030.html">XEP-0030</a>): tells peers
 * what this client is and can do, and asks them.
 *
 * <p>Answers come from {@link DiscoMethods}: by default our identity and features, no items, and no
 * nodes; a handler registered there answers for one node or JID. Other plugins add their features.
 * Thread-safe.
 *
 * <p>Settings: {@code identity-category} ({@code client}), {@code identity-type} ({@code bot}),
 * {@code identity-name} (none).
 *
 * <p>What this does not do: entity capabilities (XEP-0115), which are a plugin of their own, and
 * caching what peers said.
 */
public final class DiscoPlugin implements XmppPlugin {
  /** The plugin's name. */
  public static final String NAME = "xep_0030";

  private static final String CATEGORY = "identity-category";
  private static final String TYPE = "identity-type";
  private static final String IDENTITY_NAME = "identity-name";
  private static final List<String> KEYS = List.of(CATEGORY, TYPE, IDENTITY_NAME);

  private final List<Feature> features = new CopyOnWriteArrayList<>();
  private volatile @Nullable PluginContext context;

  /** A feature as somebody added it: an object of its own, so that each is taken away by itself. */
  private static final class Feature {
    final String namespace;

    Feature(String namespace) {
      this.namespace = namespace;
    }
  }

  /** Makes the plugin, off. */
  public DiscoPlugin() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void enable(PluginContext given) {
    Identity identity = identity(given.settings());
    context = given;
    given
        .api()
        .registerDefault(DiscoMethods.GET_INFO, ApiHandler.direct(call -> ownInfo(call, identity)));
    given.api().registerDefault(DiscoMethods.GET_ITEMS, ApiHandler.direct(this::ownItems));
    given
        .api()
        .registerDefault(DiscoMethods.KNOWN_INFO, ApiHandler.direct(call -> Optional.empty()));
    given.onRequest("query", DiscoInfo.NAMESPACE, RequestHandler.direct(this::answerInfo));
    given.onRequest("query", DiscoItem.NAMESPACE, RequestHandler.direct(this::answerItems));
  }

  @Override
  public void disable() {
    context = null;
    features.clear();
  }

  /**
   * Says that this client can do something.
   *
   * @param namespace the feature's namespace, such as {@code urn:xmpp:bob}
   * @return takes it back; a feature that was added twice stays until both are taken back
   */
  public Registration addFeature(String namespace) {
    Feature feature = new Feature(Objects.requireNonNull(namespace, "namespace"));
    features.add(feature);
    return () -> features.remove(feature);
  }

  /**
   * Asks what an entity is and can do.
   *
   * @param peer whom to ask
   * @return the answer; completes exceptionally as {@link PluginContext#request} does, with {@link
   *     IllegalStateException} when the plugin is off, and with {@link XmppException} when the
   *     answer holds no {@code query}
   */
  public CompletableFuture<DiscoInfo> info(Jid peer) {
    return info(peer, null);
  }

  /**
   * Asks what a node of an entity is and can do.
   *
   * @param peer whom to ask
   * @param node the node, or null for the entity itself
   * @return the answer; completes exceptionally as {@link PluginContext#request} does, with {@link
   *     IllegalStateException} when the plugin is off, and with {@link XmppException} when the
   *     answer holds no {@code query}
   */
  public CompletableFuture<DiscoInfo> info(Jid peer, @Nullable String node) {
    return ask(peer, DiscoInfo.NAMESPACE, node).thenApply(DiscoInfo::parse);
  }

  /**
   * Finds out whether a peer can do something: from what is known about it ({@link
   * DiscoMethods#KNOWN_INFO}), and by asking it where that is nothing.
   *
   * @param peer its exact JID
   * @param feature the feature's namespace, such as {@code urn:xmpp:bob}
   * @return whether the feature is among the peer's; completes exceptionally as {@link #info(Jid)}
   *     does, and with what a handler of {@link DiscoMethods#KNOWN_INFO} fails with
   */
  public CompletableFuture<Boolean> supports(Jid peer, String feature) {
    Objects.requireNonNull(peer, "peer");
    Objects.requireNonNull(feature, "feature");
    PluginContext present = context;
    if (present == null) {
      return CompletableFuture.failedFuture(off());
    }
    return present
        .api()
        .call(DiscoMethods.KNOWN_INFO, ApiTarget.of(present.self()), peer)
        .thenCompose(
            known -> known.map(CompletableFuture::completedFuture).orElseGet(() -> info(peer)))
        .thenApply(info -> info.supports(feature));
  }

  /**
   * Asks what belongs to an entity, or to a node of it.
   *
   * @param peer whom to ask
   * @param node the node, or null for the entity itself
   * @return the items, without those whose JID is malformed; completes exceptionally as {@link
   *     PluginContext#request} does, with {@link IllegalStateException} when the plugin is off, and
   *     with {@link XmppException} when the answer holds no {@code query}
   */
  public CompletableFuture<List<DiscoItem>> items(Jid peer, @Nullable String node) {
    return ask(peer, DiscoItem.NAMESPACE, node).thenApply(DiscoPlugin::parseItems);
  }

  private CompletableFuture<XmlElement> ask(Jid peer, String namespace, @Nullable String node) {
    Objects.requireNonNull(peer, "peer");
    XmlElement query = XmlElement.builder("query", namespace).attribute("node", node).build();
    PluginContext present = context;
    if (present == null) {
      return CompletableFuture.failedFuture(off());
    }
    return present
        .request(Iq.get(peer, query))
        .thenApply(
            answer ->
                answer
                    .payload()
                    .filter(payload -> payload.is("query", namespace))
                    .orElseThrow(
                        () ->
                            new XmppException(
                                "'"
                                    + peer
                                    + "' answered service discovery without <query xmlns='"
                                    + namespace
                                    + "'/>, which says nothing about it")));
  }

  private static IllegalStateException off() {
    return new IllegalStateException(
        "The plugin '" + NAME + "' is off; turn it on first (docs/errors.md#plugin-off)");
  }

  private static List<DiscoItem> parseItems(XmlElement query) {
    List<DiscoItem> items = new ArrayList<>();
    for (XmlElement item : query.children("item", DiscoItem.NAMESPACE)) {
      try {
        items.add(
            new DiscoItem(
                Jid.of(item.attribute("jid").orElse("")),
                item.attribute("node").orElse(null),
                item.attribute("name").orElse(null)));
      } catch (MalformedJidException e) {
        // One bad item is no reason to hide the others.
      }
    }
    return items;
  }

  private static Identity identity(Settings settings) {
    settings.requireKnown(KEYS);
    for (String key : settings.keys()) {
      if (settings.text(key).filter(String::isEmpty).isPresent()) {
        throw new IllegalArgumentException(
            "Setting '"
                + key
                + "' of "
                + NAME
                + " is ''; it takes a text that is not empty (docs/errors.md#bad-setting)");
      }
    }
    return new Identity(
        settings.text(CATEGORY).orElse("client"),
        settings.text(TYPE).orElse("bot"),
        settings.text(IDENTITY_NAME).orElse(null));
  }

  private Optional<DiscoInfo> ownInfo(
      ApiCall<DiscoQuery, Optional<DiscoInfo>> call, Identity identity) {
    if (call.node().isPresent()) {
      return Optional.empty();
    }
    Set<String> namespaces = new LinkedHashSet<>(List.of(DiscoInfo.NAMESPACE, DiscoItem.NAMESPACE));
    features.forEach(feature -> namespaces.add(feature.namespace));
    return Optional.of(new DiscoInfo(List.of(identity), namespaces));
  }

  private Optional<List<DiscoItem>> ownItems(ApiCall<DiscoQuery, Optional<List<DiscoItem>>> call) {
    return call.node().isPresent() ? Optional.empty() : Optional.of(List.of());
  }

  private CompletionStage<Iq> answerInfo(Iq request) {
    DiscoQuery query = query(request);
    return on().api()
        .call(DiscoMethods.GET_INFO, target(request, query), query)
        .thenApply(found -> result(request, query, found.map(DiscoInfo::toElement)));
  }

  private CompletionStage<Iq> answerItems(Iq request) {
    DiscoQuery query = query(request);
    return on().api()
        .call(DiscoMethods.GET_ITEMS, target(request, query), query)
        .thenApply(
            found ->
                result(
                    request,
                    query,
                    found.map(
                        items -> {
                          XmlElement.Builder list =
                              XmlElement.builder("query", DiscoItem.NAMESPACE);
                          items.forEach(item -> list.add(item.toElement()));
                          return list;
                        })));
  }

  private static DiscoQuery query(Iq request) {
    if (request.type() != Iq.Type.GET) {
      throw new StanzaErrorException(StanzaError.of(Condition.FEATURE_NOT_IMPLEMENTED));
    }
    return new DiscoQuery(
        request.payload().flatMap(p -> p.attribute("node")).filter(n -> !n.isEmpty()).orElse(null));
  }

  private ApiTarget target(Iq request, DiscoQuery query) {
    ApiTarget target = on().target(request);
    String node = query.node();
    return node == null ? target : target.withNode(node);
  }

  private static Iq result(Iq request, DiscoQuery query, Optional<XmlElement.Builder> found) {
    return found
        .map(element -> request.result(element.attribute("node", query.node()).build()))
        .orElseGet(() -> request.error(StanzaError.of(Condition.ITEM_NOT_FOUND)));
  }

  private PluginContext on() {
    PluginContext present = context;
    if (present == null) {
      throw off();
    }
    return present;
  }
}
