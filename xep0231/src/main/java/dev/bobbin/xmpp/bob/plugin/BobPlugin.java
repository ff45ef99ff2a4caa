package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.plugin.RequestHandler;
import dev.bobbin.xmpp.api.plugin.ServiceLocation;
import dev.bobbin.xmpp.api.plugin.StanzaListener;
import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobException;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.disco.DiscoPlugin;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bits of Binary (<a href="https://xmpp.org/extensions/xep-0231.html">XEP-0231</a>): hosts small
 * data for peers to fetch by content-id, fetches theirs, and takes what they push.
 *
 * <p>Where data is kept and who may see it is decided by {@link BobMethods}; by default by the
 * store that was chosen when the plugin was turned on, and by a session cache for what was
 * received. What was received is checked before anything else sees it: size, Base64, media type,
 * and the hash in the content-id where there is one.
 *
 * <p>Thread-safe. While the plugin is off, its methods throw {@link IllegalStateException}. None of
 * them blocks; see {@link PluginContext#request} for where futures complete.
 *
 * <p>Settings: {@code store}, {@code algorithm} ({@code sha1}), {@code max-item-bytes} (8192),
 * {@code caching} ({@code session}, {@code store} or {@code none}), {@code cache-bytes} (16777216),
 * and {@code STORE.KEY} for a setting of a store.
 */
public final class BobPlugin implements XmppPlugin {
  /** The plugin's name. */
  public static final String NAME = BobMethods.PLUGIN;

  /** The feature that says that an entity speaks Bits of Binary. */
  public static final String NAMESPACE = DataElement.NAMESPACE;

  private static final Logger LOG = LoggerFactory.getLogger(BobPlugin.class);

  private final @Nullable BobStore givenStore;
  private final Map<String, String> builderSettings;
  private volatile @Nullable Running running;

  /** What there is only while the plugin is on. */
  private record Running(
      PluginContext context,
      BobSettings settings,
      BobExchange exchange,
      OpenStore open,
      SessionCache cache) {}

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
    OpenStore open = given == null ? openStore(context, settings) : OpenStore.given(given);
    try {
      enable(context, settings, open);
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

  private void enable(PluginContext context, BobSettings settings, OpenStore open) {
    SessionCache cache = new SessionCache(settings.cacheBytes(), context.clock());
    new DefaultHandlers(new StoreAccess(open.store(), context.workers()), cache, settings.caching())
        .register(context.api());
    BobExchange exchange = new BobExchange(context, settings.maxItemBytes());
    context.onRequest(DataElement.NAME, NAMESPACE, RequestHandler.direct(exchange::answer));
    context.onMessage(StanzaListener.direct(exchange::take));
    context.onPresence(StanzaListener.direct(exchange::take));
    context.keep(context.plugin(DiscoPlugin.class).addFeature(NAMESPACE));
    LOG.info(
        "Bits of Binary of {} are in the store '{}': {}",
        context.account(),
        open.name(),
        open.place());
    running = new Running(context, settings, exchange, open, cache);
  }

  private static OpenStore openStore(PluginContext context, BobSettings settings) {
    ServiceLocation services = context.services();
    ServiceLoader<BobStoreProvider> loader =
        services.load(
            BobPlugin.class,
            from -> ServiceLoader.load(BobStoreProvider.class, from),
            layer -> ServiceLoader.load(layer, BobStoreProvider.class));
    StoreChooser chooser =
        new StoreChooser(
            new FoundStores(
                loader.iterator(),
                () -> services.overlooked(BobPlugin.class, BobStoreProvider.class)),
            StoreSettings.of(settings.ofStores(), System.getProperties()));
    return chooser.open(
        chooser.choose(),
        StoreContext.of(context.account())
            .withClock(context.clock())
            .withExecutor(context.workers())
            .withMaxItemBytes(settings.maxItemBytes()));
  }

  @Override
  public void disable() throws Exception {
    Running off = running;
    running = null;
    if (off == null) {
      return;
    }
    off.cache().clear();
    off.open().close();
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
   * Hosts bytes under the hash that the setting {@code algorithm} names.
   *
   * @param data the bytes, at most {@code max-item-bytes}
   * @param type their media type
   * @return the content-id that peers fetch them by; completes exceptionally with {@link
   *     IllegalArgumentException} when they are too many or the type is none, or with what the
   *     handler of {@link BobMethods#SET_BOB} failed with
   */
  public CompletableFuture<ContentId> set(byte[] data, String type) {
    try {
      return set(Bob.of(on().settings().algorithm(), BobData.of(data), type));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Hosts a bit of binary as it is; its {@code max-age} is sent to peers and ages nothing here.
   *
   * @param bob the bit of binary
   * @return its content-id; completes exceptionally as {@link #set(byte[], String)} does, and with
   *     {@link IllegalArgumentException} when the hash in its content-id is not that of its bytes
   */
  public CompletableFuture<ContentId> set(Bob bob) {
    Objects.requireNonNull(bob, "bob");
    Running on = on();
    int size = bob.data().size();
    if (size > on.settings().maxItemBytes()) {
      return CompletableFuture.failedFuture(
          new IllegalArgumentException(
              size
                  + " bytes are too many for a bit of binary; the bound is "
                  + on.settings().maxItemBytes()
                  + ". Send larger data by file transfer (docs/errors.md#too-large)"));
    }
    if (bob.cid().isVerifiable() && !bob.cid().matches(bob.data())) {
      return CompletableFuture.failedFuture(
          new IllegalArgumentException(
              "The hash in '"
                  + bob.cid()
                  + "' is not that of the data: peers would reject it (docs/errors.md#hash-mismatch)"));
    }
    StoredBob item =
        new StoredBob(BobKey.hosted(bob.cid()), bob, on.context().clock().instant(), null, null);
    return on.context()
        .api()
        .call(BobMethods.SET_BOB, ApiTarget.of(on.context().self()), item)
        .thenApply(BobKey::cid);
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
    return on().exchange().local(Objects.requireNonNull(cid, "cid"), null);
  }

  /**
   * Stops hosting a bit of binary.
   *
   * @param cid its content-id
   * @return whether it was hosted; completes exceptionally with what the handler of {@link
   *     BobMethods#DEL_BOB} failed with
   */
  public CompletableFuture<Boolean> delete(ContentId cid) {
    Running on = on();
    return on.context()
        .api()
        .call(
            BobMethods.DEL_BOB,
            ApiTarget.of(on.context().self()),
            BobKey.hosted(Objects.requireNonNull(cid, "cid")));
  }

  /**
   * Gets a bit of binary that a peer referred to: from here if it is here, otherwise from the peer,
   * and then keeps it for as long as the peer suggests. Fetching the same from the same peer while
   * that lasts shares its request.
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
    return on().exchange().fetch(peer, cid);
  }

  /**
   * Takes the data that a stanza carries, and keeps it as what is fetched. Messages and presence
   * are taken by the plugin itself; this is for IQs that carry data inside their payload, as forms
   * do, and for data with a {@code max-age} of zero, which is nowhere kept.
   *
   * @param stanza what was received
   * @return the data in it that was checked and found good: the children of a message or presence,
   *     what is in the payload of an IQ to a depth of 8; nothing of an error or a forwarded stanza
   */
  public List<Bob> take(Stanza stanza) {
    return on().exchange().take(Objects.requireNonNull(stanza, "stanza"));
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
