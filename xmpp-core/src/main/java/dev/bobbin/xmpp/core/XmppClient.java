package dev.bobbin.xmpp.core;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionState;
import dev.bobbin.xmpp.api.StateChange;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginException;
import dev.bobbin.xmpp.api.plugin.RequestHandler;
import dev.bobbin.xmpp.api.plugin.StanzaListener;
import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.registry.ApiRegistry;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.core.internal.connection.Connection;
import dev.bobbin.xmpp.core.internal.connection.ConnectionConfig;
import dev.bobbin.xmpp.core.internal.connection.ConnectionSlot;
import dev.bobbin.xmpp.core.internal.plugin.PluginHost;
import dev.bobbin.xmpp.core.internal.registry.HandlerRegistry;
import dev.bobbin.xmpp.core.internal.routing.StanzaRouter;
import dev.bobbin.xmpp.core.internal.runtime.Threads;
import dev.bobbin.xmpp.core.internal.sasl.Credentials;
import dev.bobbin.xmpp.core.internal.sasl.Password;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * An XMPP client: one account, its plugins, and at most one connection at a time.
 *
 * <p>Build it, which turns its plugins on; {@link #connect()}; {@link #close()}. After a connection
 * has ended, {@link #connect()} makes a new one; plugins, handlers and listeners stay.
 *
 * <p>Thread-safe. Every future that it gives out completes on a worker of its {@link XmppRuntime},
 * so what depends on it may block; the thread that reads the connection runs only what was declared
 * direct. Methods that block say so.
 *
 * <p>What this does not do: reconnect by itself, keep a roster, or send presence unless told to.
 */
public final class XmppClient implements AutoCloseable {
  private final ConnectionConfig config;
  private final XmppRuntime runtime;
  private final boolean ownsRuntime;
  private final StanzaRouter router;
  private final HandlerRegistry registry;
  private final PluginHost plugins;
  private final ConnectionSlot slot;
  private final AtomicBoolean closed = new AtomicBoolean();

  XmppClient(XmppClientBuilder builder, XmppRuntime runtime, boolean ownsRuntime) {
    this.config = builder.config();
    this.runtime = runtime;
    this.ownsRuntime = ownsRuntime;
    Threads threads = runtime.threads();
    this.router =
        new StanzaRouter(threads.workers(), threads.timer(), StanzaRouter.TIME_FOR_A_REQUEST);
    this.slot = new ConnectionSlot(threads, config, router);
    this.registry = new HandlerRegistry(threads.workers(), threads::onReader);
    this.plugins =
        new PluginHost(
            new PluginServices(this, slot, config.timeouts().request()),
            registry,
            router,
            threads,
            builder.clock(),
            builder.servicesOn(runtime),
            builder.settings());
  }

  /**
   * Begins a client.
   *
   * @param account the JID to log in as; a resource in it is the one to ask for
   * @param password the account's password
   * @return a builder
   * @throws IllegalArgumentException when the JID has no local part
   */
  public static XmppClientBuilder builder(Jid account, String password) {
    return builder(account, password.toCharArray());
  }

  /**
   * Begins a client.
   *
   * @param account the JID to log in as; a resource in it is the one to ask for
   * @param password the account's password; copied, so that the caller may wipe it. The copy stays
   *     as long as the client, which needs it to connect again; a {@link PasswordSource} leaves
   *     none, of printable ASCII
   * @return a builder
   * @throws IllegalArgumentException when the JID has no local part
   */
  public static XmppClientBuilder builder(Jid account, char[] password) {
    return XmppClientBuilder.of(
        account, bare -> Credentials.byPassword(bare, Password.of(password)));
  }

  /**
   * Begins a client that asks for its password each time that it logs in.
   *
   * @param account the JID to log in as; a resource in it is the one to ask for
   * @param password whom to ask
   * @return a builder
   * @throws IllegalArgumentException when the JID has no local part
   */
  public static XmppClientBuilder builder(Jid account, PasswordSource password) {
    Objects.requireNonNull(password, "password");
    return XmppClientBuilder.of(
        account, bare -> Credentials.byPassword(bare, Password.from(password::password)));
  }

  /**
   * Begins a client that logs in by its TLS certificate, by the SASL mechanism EXTERNAL (<a
   * href="https://xmpp.org/extensions/xep-0178.html">XEP-0178</a>). Give it one with the builder.
   *
   * @param account the JID to log in as, for which the server takes that certificate; a resource in
   *     it is the one to ask for
   * @return a builder
   * @throws IllegalArgumentException when the JID has no local part
   */
  public static XmppClientBuilder external(Jid account) {
    return XmppClientBuilder.of(account, Credentials::byCertificate);
  }

  /**
   * Begins a client that logs in as nobody in particular, by the SASL mechanism ANONYMOUS (<a
   * href="https://xmpp.org/extensions/xep-0175.html">XEP-0175</a>). The server makes up an account
   * of its domain; nothing that could be traced is told to it.
   *
   * @param domain the server's domain; a resource in it is the one to ask for
   * @return a builder
   * @throws IllegalArgumentException when the JID has a local part
   */
  public static XmppClientBuilder anonymous(Jid domain) {
    return XmppClientBuilder.anonymous(domain);
  }

  /**
   * Connects and logs in. Does not block.
   *
   * @return our full JID once a resource is bound; completes exceptionally with {@link
   *     ConnectionException} when that fails, and nothing is then left open
   * @throws IllegalStateException when the client is connected or connecting
   */
  public CompletableFuture<Jid> connect() {
    return slot.connect();
  }

  /**
   * Waits for the end of the present connection. Does not block.
   *
   * @return completes when it has ended: normally when it was closed in good order, exceptionally
   *     with the reason otherwise, or when there is none
   */
  public CompletableFuture<Void> disconnected() {
    return slot.disconnected();
  }

  /**
   * How the connection stands. When the future of {@link #connect()} completes, this has been
   * {@link ConnectionState#CONNECTED}, or is {@link ConnectionState#DISCONNECTED} if connecting
   * failed; when that of {@link #disconnected()} completes, or {@link #close()} has returned, it is
   * {@link ConnectionState#DISCONNECTED}, unless it was connected anew. Does not block.
   *
   * @return the state at this moment
   */
  public ConnectionState state() {
    return slot.states().state();
  }

  /**
   * Is told of each change of {@link #state()} from now on, exactly once and in order, on a worker;
   * never of two at once. When it is told of one, {@link #state()} may be further. One that throws
   * or blocks keeps nobody else waiting; it may connect or close the client.
   *
   * <p>A listener that takes none of 1000 changes is taken away, with a warning in the log. After
   * its runtime was closed it is told nothing; a client that has its own closes it last, when all
   * changes are on their way.
   *
   * @param listener takes the changes
   * @return closes this registration: a call that is under way, or just beginning, is the last
   */
  public Registration onStateChange(Consumer<StateChange> listener) {
    return slot.states().onChange(Objects.requireNonNull(listener, "listener"));
  }

  /**
   * The account that logs in.
   *
   * @return a bare JID; for an {@link #anonymous} client the domain alone while it is not connected
   */
  public Jid account() {
    return connectedSelf().map(Jid::bare).orElseGet(config.credentials()::account);
  }

  /**
   * Our own address as far as it is known.
   *
   * @return the full JID while connected, otherwise {@link #account()}
   */
  public Jid self() {
    return connectedSelf().orElseGet(config.credentials()::account);
  }

  private Optional<Jid> connectedSelf() {
    return slot.connection().filter(present -> !present.hasEnded()).map(Connection::self);
  }

  /**
   * The internal API of this client's plugins.
   *
   * @return the registry
   */
  public ApiRegistry api() {
    return registry;
  }

  /**
   * A plugin that is on. Does not block: when none is on, it reads no jar to find out why.
   *
   * @param type its class
   * @param <P> its class
   * @return the plugin
   * @throws PluginException when none of that class is on
   */
  public <P extends XmppPlugin> P plugin(Class<P> type) {
    return plugins.plugin(type);
  }

  /**
   * The names of the plugins that are on.
   *
   * @return the names, in the order in which they were turned on
   */
  public Set<String> plugins() {
    return plugins.enabled();
  }

  /**
   * Turns on a plugin that was found on the path, and what it depends on. One that is on stays so.
   * May block; when it is not found, that may be on reading the jar that the client is packed in.
   *
   * @param name its name, such as {@code xep_0231}
   * @throws PluginException when it was not found, cannot be turned on, or the client was closed
   */
  public void enablePlugin(String name) {
    plugins.enable(Objects.requireNonNull(name, "name"));
  }

  /**
   * Turns on a given plugin, and what it depends on. May block.
   *
   * @param plugin the plugin
   * @throws PluginException when one of its name is on, it cannot be turned on, or the client was
   *     closed
   */
  public void enablePlugin(XmppPlugin plugin) {
    plugins.enable(Objects.requireNonNull(plugin, "plugin"));
  }

  /**
   * Turns a plugin off: its handlers, listeners and registrations are gone. One that is off stays
   * so. May block.
   *
   * @param name its name
   * @throws PluginException when another plugin that is on needs it
   */
  public void disablePlugin(String name) {
    plugins.disable(Objects.requireNonNull(name, "name"));
  }

  /**
   * Answers the requests of one payload.
   *
   * @param name the payload's local name
   * @param namespace the payload's namespace
   * @param handler answers get and set alike
   * @return closes this registration
   * @throws PluginException when that payload is answered already
   */
  public Registration onRequest(String name, String namespace, RequestHandler handler) {
    return router.onRequest(
        Objects.requireNonNull(name, "name"),
        Objects.requireNonNull(namespace, "namespace"),
        Objects.requireNonNull(handler, "handler"));
  }

  /**
   * Is told of each message.
   *
   * @param listener takes them in order
   * @return closes this registration
   */
  public Registration onMessage(StanzaListener<Message> listener) {
    return router.onMessage(Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Is told of each presence.
   *
   * @param listener takes them in order
   * @return closes this registration
   */
  public Registration onPresence(StanzaListener<Presence> listener) {
    return router.onPresence(Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Sends a request and waits for its answer, which must come from the JID that was asked. Does not
   * block, unless so much waits to be sent that there is no room.
   *
   * @param request an IQ of type get or set; one without {@code id} is given one
   * @return the result; completes exceptionally with {@link
   *     dev.bobbin.xmpp.api.stanza.StanzaErrorException}, with {@link
   *     java.util.concurrent.TimeoutException} after the request time-out, with {@link
   *     ConnectionException}, or with {@link dev.bobbin.xmpp.api.XmppException} itself when the
   *     answer breaks the rules
   */
  public CompletableFuture<Iq> request(Iq request) {
    return request(request, config.timeouts().request());
  }

  /**
   * Sends a request with a time-out of its own; otherwise as {@link #request(Iq)}.
   *
   * @param request an IQ of type get or set
   * @param timeout how long to wait for the answer
   * @return the result
   */
  public CompletableFuture<Iq> request(Iq request, Duration timeout) {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(timeout, "timeout");
    return slot.use(present -> told(request, present).request(request, timeout));
  }

  /**
   * Sends a stanza. Waits for room while too much waits to be sent.
   *
   * @param stanza what to send
   * @return completes when its bytes were handed to the operating system; exceptionally with {@link
   *     ConnectionException}
   */
  public CompletableFuture<Void> send(Stanza stanza) {
    Objects.requireNonNull(stanza, "stanza");
    return slot.use(present -> told(stanza, present).send(changed(stanza)));
  }

  /** What is sent for a stanza: presence may have been changed by plugins. */
  Stanza changed(Stanza stanza) {
    return stanza instanceof Presence presence ? router.changed(presence) : stanza;
  }

  private Connection told(Stanza stanza, Connection present) {
    if (!present.hasEnded()) {
      router.sending(stanza);
    }
    return present;
  }

  /**
   * Ends the connection in good order and turns all plugins off. Blocks for at most some seconds.
   * When the server does not take in that time what waits to be sent, the connection ends as lost,
   * which {@link #disconnected()} tells. Idempotent.
   */
  @Override
  public void close() {
    // Also for who comes second: when this returns, the connection has ended.
    slot.close();
    if (closed.compareAndSet(false, true)) {
      plugins.close();
      if (ownsRuntime) {
        runtime.close();
      }
    }
  }

  PluginHost pluginHost() {
    return plugins;
  }
}
