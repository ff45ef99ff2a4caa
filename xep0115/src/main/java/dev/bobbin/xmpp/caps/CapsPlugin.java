package dev.bobbin.xmpp.caps;

import dev.bobbin.xmpp.api.ConnectionState;
import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.api.plugin.StanzaListener;
import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.registry.ApiCall;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.disco.DiscoMethods;
import dev.bobbin.xmpp.disco.DiscoPlugin;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Entity capabilities (<a href="https://xmpp.org/extensions/xep-0115.html">XEP-0115</a>): says in
 * presence what we can do, and knows from the presence of peers what they can.
 *
 * <p>Nothing needs to be called. All available presence that is sent carries our capabilities,
 * hashed by SHA-1, which deployed peers know. {@link DiscoPlugin#supports} asks a peer whose
 * presence carries some only if nobody who announced the same was asked before; in between stands a
 * handler of {@link DiscoMethods#KNOWN_INFO}. An answer is believed only if its hash is the one
 * that was announced. What cannot be checked holds for the peer that said it and for nobody else.
 * Thread-safe.
 *
 * <p>When an identity, a feature or a form is added to {@link DiscoPlugin} or taken back, as when a
 * plugin is turned on or off, the last broadcast is sent again with what we can do now, some 250 ms
 * later and once for all that changed meanwhile. It is the application's own presence of this
 * connection, as it was; if none was broadcast while this plugin was on, or it was unavailable, or
 * the application put capabilities of its own into it, nothing is sent.
 *
 * <p>A peer that asks what an announced hash stands for is told what {@link DiscoMethods#GET_INFO}
 * without a node tells it, provided that this has the hash: a rule of the application's on that
 * method holds for announced nodes as well.
 *
 * <p>Settings: {@code node}, a URI without {@code #} that names the application, such as its home
 * page ({@code dev.bobbin:client}); {@code announce-changes}, whether presence is sent again by
 * itself when we change ({@code true}).
 *
 * <p>Bounds: some 4 MiB each for what peers announce, for what hashes stand for, and for what is
 * known of single peers; what was not used for the longest time goes first, and is asked for again.
 * Peers are forgotten when they become unavailable and when the connection ends; what a hash stands
 * for is kept while the plugin is on.
 *
 * <p>What this does not do: the old format, without the attribute {@code hash}, which proves
 * nothing; notice that a handler of {@link DiscoMethods#GET_INFO} says something else now ({@link
 * #announce()}); send directed presence again, as to a room; tell forms of peers, which a hash does
 * not prove; read what servers say of themselves in their stream features; keep anything on disk.
 */
public final class CapsPlugin implements XmppPlugin {
  /** The plugin's name. */
  public static final String NAME = "xep_0115";

  /** The feature, and the namespace of what stands in presence. */
  public static final String NAMESPACE = Announced.NAMESPACE;

  /** The default of the setting {@code node}. */
  private static final String NODE = "dev.bobbin:client";

  private static final String NODE_KEY = "node";
  private static final String ANNOUNCE_KEY = "announce-changes";

  private volatile @Nullable OwnCaps own;

  /** Makes the plugin, off. */
  public CapsPlugin() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> dependencies() {
    return Set.of(DiscoPlugin.NAME);
  }

  @Override
  public void enable(PluginContext context) {
    Settings settings = context.settings();
    settings.requireKnown(List.of(NODE_KEY, ANNOUNCE_KEY));
    OwnCaps ours = new OwnCaps(context, node(settings), settings.flag(ANNOUNCE_KEY, true));
    PeerCaps peers = new PeerCaps(context::request);
    DiscoPlugin disco = context.plugin(DiscoPlugin.class);
    context.keep(disco.addFeature(NAMESPACE));
    context.keep(disco.onChange(ours::changed));
    context
        .api()
        .register(
            DiscoMethods.GET_ANNOUNCED,
            ApiScope.everywhere(),
            ApiHandler.directAsync(call -> orElsePassOn(ours.behind(call), call)));
    context
        .api()
        .register(
            DiscoMethods.KNOWN_INFO,
            ApiScope.everywhere(),
            ApiHandler.directAsync(call -> orElsePassOn(peers.find(call.args()), call)));
    context.onPresence(StanzaListener.direct(peers::hear));
    context.onSend(ours::sending);
    context.onSendingPresence(ours::addTo);
    context.onStateChange(
        change -> {
          if (change.to() == ConnectionState.DISCONNECTED) {
            peers.forgetPeers();
            ours.forget();
          } else if (change.to() == ConnectionState.CONNECTED) {
            ours.warmUp();
          }
        });
    ours.warmUp();
    own = ours;
  }

  private static <I, T> CompletionStage<Optional<T>> orElsePassOn(
      CompletableFuture<Optional<T>> ours, ApiCall<I, Optional<T>> call) {
    return ours.thenCompose(
        found ->
            found.isPresent()
                ? CompletableFuture.completedFuture(found)
                : call.proceed(call.args()));
  }

  @Override
  public void disable() {
    OwnCaps present = own;
    if (present != null) {
      present.turnOff();
    }
    own = null;
  }

  /**
   * Sends the application's last broadcast presence again, at once, if we can do something else now
   * than it said; for what is not noticed by itself. Presence that is sent for another reason
   * carries what we can do at that moment anyway.
   *
   * @return whether it was sent: false when nothing changed, when no presence was broadcast on this
   *     connection while this plugin was on, or when the application's next came first; completes
   *     exceptionally with the reason why there is no connection, and with {@link
   *     IllegalStateException} when the plugin is off
   */
  public CompletableFuture<Boolean> announce() {
    OwnCaps present = own;
    return present == null
        ? CompletableFuture.failedFuture(
            new IllegalStateException(
                "The plugin '" + NAME + "' is off; turn it on first (docs/errors.md#plugin-off)"))
        : present.announce();
  }

  private static String node(Settings settings) {
    String node = settings.text(NODE_KEY).orElse(NODE);
    try {
      URI uri = new URI(node);
      if (uri.isAbsolute()
          && uri.getRawFragment() == null
          && node.length() <= Announced.MOST_CHARACTERS) {
        return node;
      }
    } catch (URISyntaxException e) {
      // Falls through to the message that serves both.
    }
    throw new IllegalArgumentException(
        "Setting '"
            + NODE_KEY
            + "' of "
            + NAME
            + " is '"
            + Quoted.of(node)
            + "'; it takes an absolute URI without '#' of at most "
            + Announced.MOST_CHARACTERS
            + " characters (docs/errors.md#bad-setting)");
  }
}
