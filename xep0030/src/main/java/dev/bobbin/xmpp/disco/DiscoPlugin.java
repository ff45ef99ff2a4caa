package dev.bobbin.xmpp.disco;

import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.Registration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
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

  private final OwnEntity own = new OwnEntity();
  private volatile @Nullable PluginContext context;

  /** Makes the plugin, off. */
  public DiscoPlugin() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void enable(PluginContext given) {
    own.register(given, IdentitySettings.read(given.settings()));
    new DiscoResponder(given).register();
    given
        .api()
        .registerDefault(DiscoMethods.KNOWN_INFO, ApiHandler.direct(call -> Optional.empty()));
    context = given;
  }

  @Override
  public void disable() {
    context = null;
    own.clear();
  }

  /**
   * Says that this client can do something.
   *
   * @param namespace the feature's namespace, such as {@code urn:xmpp:bob}
   * @return takes it back; a feature that was added twice stays until both are taken back
   */
  public Registration addFeature(String namespace) {
    return own.addFeature(Objects.requireNonNull(namespace, "namespace"));
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
    return ask(peer, requester -> requester.info(peer, node));
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
    Objects.requireNonNull(feature, "feature");
    return ask(peer, requester -> requester.supports(peer, feature));
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
    return ask(peer, requester -> requester.items(peer, node));
  }

  private <T> CompletableFuture<T> ask(
      Jid peer, Function<DiscoRequester, CompletableFuture<T>> question) {
    Objects.requireNonNull(peer, "peer");
    PluginContext present = context;
    return present == null
        ? CompletableFuture.failedFuture(off())
        : question.apply(new DiscoRequester(present));
  }

  private static IllegalStateException off() {
    return new IllegalStateException(
        "The plugin '" + NAME + "' is off; turn it on first (docs/errors.md#plugin-off)");
  }
}
