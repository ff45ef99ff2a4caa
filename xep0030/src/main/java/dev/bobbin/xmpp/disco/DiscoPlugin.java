package dev.bobbin.xmpp.disco;

import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Service discovery (<a href="https://xmpp.org/extensions/xep-0030.html">XEP-0030</a>, with the
 * forms of <a href="https://xmpp.org/extensions/xep-0128.html">XEP-0128</a>): tells peers what this
 * client is, can do and has, and asks them.
 *
 * <p>Answers come from {@link DiscoMethods}. What is added here is what their defaults say; a
 * handler registered there covers it for everyone, one node, one JID, or one node of one JID.
 *
 * <p>Of what was added twice (an identity of the same category, type and language, a form of the
 * same type, an item of the same JID and node, the same feature or node) the latest is said, and
 * taking one back brings out the other. Turning the plugin off takes back all; what is added while
 * it is off is said once it is on.
 *
 * <p>Settings: {@code identity-category} ({@code client}), {@code identity-type} ({@code bot}),
 * {@code identity-name} (none): the identity that comes before those added.
 *
 * <p>Thread-safe; nothing here blocks.
 *
 * <p>What this does not do: entity capabilities (XEP-0115), which are a plugin of their own,
 * caching what peers said, and result pages (XEP-0059): an answer is one stanza, and as large as
 * servers let one be.
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
        .registerDefault(DiscoMethods.GET_ANNOUNCED, ApiHandler.direct(call -> Optional.empty()));
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
   * Says what this client is.
   *
   * @param identity an identity, in addition to the one of the settings, or in its place if it has
   *     the same category, type and language
   * @return takes it back
   * @throws IllegalArgumentException when a part cannot stand in XML
   */
  public Registration addIdentity(Identity identity) {
    return own.addIdentity(Objects.requireNonNull(identity, "identity"));
  }

  /**
   * Says that this client can do something.
   *
   * @param namespace the feature's namespace, such as {@code urn:xmpp:bob}
   * @return takes it back; a feature that was added twice stays until both are taken back
   * @throws IllegalArgumentException when it cannot stand in XML
   */
  public Registration addFeature(String namespace) {
    return own.addFeature(Objects.requireNonNull(namespace, "namespace"));
  }

  /**
   * Says more about this client than identities and features can (<a
   * href="https://xmpp.org/extensions/xep-0128.html">XEP-0128</a>).
   *
   * @param form {@code <x xmlns='jabber:x:data' type='result'/>} with one hidden field {@code
   *     FORM_TYPE} that has one value
   * @return takes it back
   * @throws IllegalArgumentException when the form is something else
   */
  public Registration addForm(XmlElement form) {
    return own.addForm(Objects.requireNonNull(form, "form"));
  }

  /**
   * Says that something belongs to this client.
   *
   * @param item an item; one that is a node of this client has the client's own full JID
   * @return takes it back
   * @throws IllegalArgumentException when a part cannot stand in XML
   */
  public Registration addItem(DiscoItem item) {
    return own.addItem(Objects.requireNonNull(item, "item"));
  }

  /**
   * Adds a node whose answers stay the same. A node that changes is a handler of {@link
   * DiscoMethods}. That the node exists is not said by itself: an item does so.
   *
   * @param node its name, not empty
   * @param info what it is and can do, said as it is; the standard wants an identity and the
   *     feature {@link DiscoInfo#NAMESPACE}
   * @param items what belongs to it; may be empty
   * @return takes it back
   * @throws IllegalArgumentException when the name is empty, or a part cannot stand in XML
   */
  public Registration addNode(String node, DiscoInfo info, List<DiscoItem> items) {
    return own.addNode(
        Objects.requireNonNull(node, "node"),
        Objects.requireNonNull(info, "info"),
        Objects.requireNonNull(items, "items"));
  }

  /**
   * Is told whenever what the defaults say of this client itself may have changed: after an
   * identity, a feature or a form was added or taken back. Handlers of {@link
   * DiscoMethods#GET_INFO} that come, go or change their mind are not noticed.
   *
   * @param listener runs on the thread that made the change, and so must neither block nor throw
   * @return closes this registration
   */
  public Registration onChange(Runnable listener) {
    return own.onChange(Objects.requireNonNull(listener, "listener"));
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
   * Finds out what a peer is and can do: from what is known about it ({@link
   * DiscoMethods#KNOWN_INFO}), and by asking it where that is nothing. Forms may be missing in what
   * is known; {@link #info(Jid)} has them.
   *
   * @param peer its exact JID
   * @return its identities and features; completes exceptionally as {@link #info(Jid)} does, and
   *     with what a handler of {@link DiscoMethods#KNOWN_INFO} fails with
   */
  public CompletableFuture<DiscoInfo> capabilities(Jid peer) {
    return ask(peer, requester -> requester.capabilities(peer));
  }

  /**
   * Finds out whether a peer can do something, by its {@link #capabilities}.
   *
   * @param peer its exact JID
   * @param feature the feature's namespace, such as {@code urn:xmpp:bob}
   * @return whether the feature is among the peer's; completes exceptionally as {@link
   *     #capabilities} does
   */
  public CompletableFuture<Boolean> supports(Jid peer, String feature) {
    Objects.requireNonNull(feature, "feature");
    return capabilities(peer).thenApply(info -> info.supports(feature));
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
