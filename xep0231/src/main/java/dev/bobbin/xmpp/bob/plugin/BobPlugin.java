package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobException;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.disco.DiscoPlugin;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Bits of Binary (<a href="https://xmpp.org/extensions/xep-0231.html">XEP-0231</a>): hosts small
 * data for peers to fetch by content-id, fetches theirs, and takes what they push.
 *
 * <p>Where data is kept, who may fetch it and what is taken from others is decided by {@link
 * BobMethods}; by default by the store that was chosen when the plugin was turned on, and by a
 * session cache for what was received; anyone may fetch, and everything is taken. What was received
 * is checked before anything else sees it: size, Base64, media type, and the hash in the content-id
 * where there is one.
 *
 * <p>Thread-safe. While the plugin is off, its methods throw {@link IllegalStateException}. None of
 * them blocks; see {@link PluginContext#request} for where futures complete.
 *
 * <p>Settings: {@code store}, {@code algorithm} ({@code sha1}), {@code max-item-bytes} (8192),
 * {@code caching} ({@code session}, {@code store} or {@code none}), {@code cache-bytes} (16777216),
 * {@code cache-entries} (10000), {@code push-bytes} (1024), {@code served-bytes-per-second}
 * (131072), {@code serve-received} ({@code false}), and {@code STORE.KEY} for a setting of a store.
 * {@link BobPluginBuilder} says what they mean.
 */
public final class BobPlugin implements XmppPlugin {
  /** The plugin's name. */
  public static final String NAME = BobMethods.PLUGIN;

  /** The feature that says that an entity speaks Bits of Binary. */
  public static final String NAMESPACE = Bob.NAMESPACE;

  private final @Nullable BobStore givenStore;
  private final Map<String, String> builderSettings;
  private volatile @Nullable Running running;

  BobPlugin(@Nullable BobStore givenStore, Map<String, String> builderSettings) {
    this.givenStore = givenStore;
    this.builderSettings = builderSettings;
  }

  /**
   * Begins a plugin with settings of its own. Without any, let the client find the plugin instead.
   *
   * @return a builder
   */
  public static BobPluginBuilder builder() {
    return new BobPluginBuilder();
  }

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
    if (running != null) {
      throw new IllegalStateException(
          "This instance is on in a client already; make one for each client");
    }
    BobSettings settings = BobSettings.of(context.settings(), builderSettings);
    BobStore given = givenStore;
    if (given != null) {
      settings.requireNoneOfStores();
    }
    OpenStore open = given == null ? OpenStore.found(context, settings) : OpenStore.given(given);
    try {
      running = Running.start(context, settings, open);
    } catch (RuntimeException | LinkageError e) {
      closeAfter(e, open);
      throw e;
    }
  }

  /** A plugin that could not be turned on is not turned off, and would keep its store's files. */
  private static void closeAfter(Throwable failure, OpenStore open) {
    try {
      open.close();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void disable() throws Exception {
    Running off = running;
    running = null;
    if (off != null) {
      off.stop();
    }
  }

  /**
   * Which store was chosen when the plugin was turned on.
   *
   * @return the name of its provider, or {@code given in code}
   */
  public String storeName() {
    return on().open().name();
  }

  /**
   * The store that was chosen when the plugin was turned on, such as to copy its items into another
   * one, with {@link dev.bobbin.xmpp.bob.copy.BobStores}, before that is put to use by {@link
   * #useStore}. It stays the plugin's, which closes it when it is turned off, unless it was given
   * in code: do not close it. Its methods may block, whatever this class says of its own.
   *
   * @return the store; what covers it for some calls does not change that
   */
  public BobStore store() {
    return on().open().store();
  }

  /**
   * What the plugin opens a store with, for one that is opened in code to take the place of {@link
   * #store}: with the plugin's account, clock, workers and {@code max-item-bytes}, without which it
   * would refuse the larger of our items. It has no settings; {@link StoreContext#withSettings}
   * adds those of the store.
   *
   * @return the context
   */
  public StoreContext storeContext() {
    Running on = on();
    return OpenStore.context(on.context(), on.settings());
  }

  /**
   * What one JID of ours hosts, where there are several, as in a gateway.
   *
   * @param jid a bare JID or a full one: what is hosted for the one is not hosted for the other,
   *     unless they share a store, as they do by default
   * @return its hosting
   */
  public BobHosting hosting(Jid jid) {
    Objects.requireNonNull(jid, "jid");
    Running on = on();
    return new BobHosting(on.context(), on.settings(), on.shelves(), () -> jid);
  }

  /**
   * Hosts bytes under the hash that the setting {@code algorithm} names.
   *
   * @param data the bytes, from 1 to {@code max-item-bytes}
   * @param type their media type
   * @return the content-id that peers fetch them by; completes exceptionally as {@link
   *     BobHosting#set(byte[], String)} does
   */
  public CompletableFuture<ContentId> set(byte[] data, String type) {
    return on().hosting().set(data, type);
  }

  /**
   * Hosts a bit of binary as it is, until it is deleted; its {@code max-age} is sent to peers and
   * ages nothing here.
   *
   * @param bob the bit of binary
   * @return its content-id; completes exceptionally as {@link BobHosting#set(Bob)} does
   */
  public CompletableFuture<ContentId> set(Bob bob) {
    return on().hosting().set(bob);
  }

  /**
   * Hosts a bit of binary for some time.
   *
   * @param bob the bit of binary
   * @param lifetime for how long, from now on; positive
   * @return its content-id; completes exceptionally as {@link BobHosting#set(Bob, Duration)} does
   */
  public CompletableFuture<ContentId> set(Bob bob, Duration lifetime) {
    return on().hosting().set(bob, lifetime);
  }

  /**
   * Looks for a bit of binary here: among what we host, then among what was received and verified.
   * Asks no peer.
   *
   * @param cid its content-id
   * @return the bit of binary, empty when it is not here; completes exceptionally with what the
   *     handler of {@link BobMethods#GET_BOB} failed with
   */
  public CompletableFuture<Optional<Bob>> get(ContentId cid) {
    return on().shelves().findAnywhere(Objects.requireNonNull(cid, "cid"), null);
  }

  /**
   * Looks for a bit of binary here, as {@link #get(ContentId)} does, and among what one peer sent
   * and cannot be verified. Asks nobody.
   *
   * @param peer the exact JID that sent it
   * @param cid its content-id
   * @return the bit of binary, empty when it is not here; completes exceptionally with what the
   *     handler of {@link BobMethods#GET_BOB} failed with
   */
  public CompletableFuture<Optional<Bob>> get(Jid peer, ContentId cid) {
    Objects.requireNonNull(peer, "peer");
    return on().shelves().findAnywhere(Objects.requireNonNull(cid, "cid"), peer);
  }

  /**
   * Forgets what was received under a content-id: from everyone where its hash was verified,
   * otherwise from one peer. What we host stays.
   *
   * @param peer the exact JID that sent it
   * @param cid its content-id
   * @return whether there was something to forget; completes exceptionally with what the handler of
   *     {@link BobMethods#DEL_BOB} failed with
   */
  public CompletableFuture<Boolean> forget(Jid peer, ContentId cid) {
    Objects.requireNonNull(peer, "peer");
    return on().shelves().forget(Objects.requireNonNull(cid, "cid"), peer);
  }

  /**
   * Stops hosting a bit of binary.
   *
   * @param cid its content-id
   * @return whether it was hosted; completes exceptionally with what the handler of {@link
   *     BobMethods#DEL_BOB} failed with
   */
  public CompletableFuture<Boolean> delete(ContentId cid) {
    return on().hosting().delete(Objects.requireNonNull(cid, "cid"));
  }

  /**
   * Hosts data that a message refers to, and pushes in the message what of it is small.
   *
   * @param message the message that refers to the data
   * @param bobs the data
   * @return the message with what is pushed, as {@link BobHosting#attach(Message, Bob...)} says
   */
  public CompletableFuture<Message> attach(Message message, Bob... bobs) {
    return on().hosting().attach(message, bobs);
  }

  /**
   * Hosts data that a presence refers to, and pushes in the presence what of it is small.
   *
   * @param presence the presence that refers to the data
   * @param bobs the data
   * @return the presence with what is pushed, as {@link BobHosting#attach(Message, Bob...)} says
   */
  public CompletableFuture<Presence> attach(Presence presence, Bob... bobs) {
    return on().hosting().attach(presence, bobs);
  }

  /**
   * Gets a bit of binary that a peer referred to: from here if it is here, otherwise from the peer,
   * and then keeps it for as long as the peer suggests. Fetching the same from the same peer while
   * that lasts shares its request. Whoever gives up, by cancelling the future or by a time-out of
   * its own, does so alone.
   *
   * @param peer the JID to ask: the exact one that referred to it
   * @param cid its content-id
   * @return the bit of binary, its hash verified where the content-id has one that we can check;
   *     completes exceptionally with {@link dev.bobbin.xmpp.api.stanza.StanzaErrorException} (whose
   *     condition is {@code item-not-found} when the peer does not have it), with {@link
   *     BobException} when what came is not to be taken, or as {@link PluginContext#request} does
   */
  public CompletableFuture<Bob> fetch(Jid peer, ContentId cid) {
    Objects.requireNonNull(peer, "peer");
    Objects.requireNonNull(cid, "cid");
    return on().fetching().fetch(peer, cid);
  }

  /**
   * Finds out whether a peer speaks Bits of Binary (<a
   * href="https://xmpp.org/extensions/xep-0231.html#disco">XEP-0231 section 3</a>): by its entity
   * capabilities where a plugin for them is on and knows them, otherwise by asking it.
   *
   * @param peer its full JID
   * @return whether it does; completes exceptionally as {@link DiscoPlugin#supports} does
   */
  public CompletableFuture<Boolean> supports(Jid peer) {
    return on().context().plugin(DiscoPlugin.class).supports(peer, NAMESPACE);
  }

  /**
   * Takes the data that a stanza carries, and keeps it as what is fetched. Messages and presence
   * are taken by the plugin itself; this is for IQs that carry data inside their payload, as forms
   * do, and for data with a {@code max-age} of zero, which is nowhere kept. A stanza, that is the
   * very instance, is taken once: taking it again, or after the plugin has, gives the same and does
   * nothing. Of a sender, a bare JID, 32 items may wait for the handler of {@link
   * BobMethods#MAY_TAKE} at once, and 256 of all; more are not taken.
   *
   * @param stanza what was received
   * @return the data in it that was checked and found good: the children of a message or presence,
   *     what is in the payload of an IQ to a depth of 8; nothing of an error or a forwarded stanza.
   *     Complete on return, unless a handler of {@link BobMethods#MAY_TAKE} takes its time; never
   *     completes exceptionally
   */
  public CompletableFuture<List<Bob>> take(Stanza stanza) {
    return on().receiving().take(Objects.requireNonNull(stanza, "stanza"));
  }

  /**
   * Is told of what happens to data of others; of what is received when it has been kept.
   *
   * @param listener takes events one after the other, on a worker. When it is too slow, so that
   *     1,000 or 4 MiB of them wait, further ones are dropped, and that is logged
   * @return closes this registration; turning the plugin off does so too
   */
  public Registration onEvent(Consumer<BobEvent> listener) {
    Objects.requireNonNull(listener, "listener");
    Running on = on();
    return on.context().keep(on.events().add(listener));
  }

  /**
   * Has a store serve what is hosted in one scope, such as for one JID of a gateway. What is
   * received stays where it was. The store stays the caller's, who opens it, best with {@link
   * #storeContext}, and closes it.
   *
   * @param scope for which calls
   * @param store keeps what is hosted
   * @return takes the store out of use; turning the plugin off does so too
   */
  public Registration useStore(ApiScope scope, BobStore store) {
    Objects.requireNonNull(scope, "scope");
    PluginContext context = on().context();
    return StoreHandlers.register(
        context.api(),
        scope,
        new StoreAccess(Objects.requireNonNull(store, "store"), context.workers()));
  }

  private Running on() {
    Running present = running;
    if (present == null) {
      throw new IllegalStateException(
          "The plugin '" + NAME + "' is off; turn it on first (docs/errors.md#plugin-off)");
    }
    return present;
  }
}
