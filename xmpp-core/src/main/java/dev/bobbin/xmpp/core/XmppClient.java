package dev.bobbin.xmpp.core;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
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
import dev.bobbin.xmpp.core.internal.connection.Connector;
import dev.bobbin.xmpp.core.internal.plugin.ClientServices;
import dev.bobbin.xmpp.core.internal.plugin.PluginHost;
import dev.bobbin.xmpp.core.internal.registry.HandlerRegistry;
import dev.bobbin.xmpp.core.internal.routing.StanzaRouter;
import dev.bobbin.xmpp.core.internal.runtime.Handover;
import dev.bobbin.xmpp.core.internal.runtime.Threads;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
  private final Threads threads;
  private final StanzaRouter router;
  private final HandlerRegistry registry;
  private final PluginHost plugins;

  // Guards the two below and serialises connecting with closing; never held while waiting.
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Connector connecting;
  private boolean closed;
  private volatile @Nullable Connection connection;

  XmppClient(XmppClientBuilder builder, XmppRuntime runtime, boolean ownsRuntime) {
    this.config = builder.config();
    this.runtime = runtime;
    this.ownsRuntime = ownsRuntime;
    this.threads = runtime.threads();
    this.router =
        new StanzaRouter(threads.workers(), threads.timer(), StanzaRouter.TIME_FOR_A_REQUEST);
    this.registry = new HandlerRegistry(threads.workers(), threads::onReader);
    this.plugins =
        new PluginHost(
            new Services(),
            registry,
            router,
            threads.workers(),
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
    return new XmppClientBuilder(account, password.toCharArray());
  }

  /**
   * Connects and logs in. Does not block.
   *
   * @return our full JID once a resource is bound; completes exceptionally with {@link
   *     ConnectionException} when that fails, and nothing is then left open
   * @throws IllegalStateException when the client is connected or connecting
   */
  public CompletableFuture<Jid> connect() {
    Connector attempt;
    lock.lock();
    try {
      if (closed) {
        return CompletableFuture.failedFuture(notConnected("The client was closed", null));
      }
      Connection present = connection;
      if (connecting != null || present != null && !present.hasEnded()) {
        throw new IllegalStateException("The client is connected or connecting already");
      }
      attempt = Connector.start(threads, config, router);
      connecting = attempt;
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(notConnected("The client's runtime was closed", e));
    } finally {
      lock.unlock();
    }
    CompletableFuture<Jid> outcome = new CompletableFuture<>();
    attempt
        .outcome()
        .whenComplete(
            (made, failure) -> {
              attempted(made);
              Handover.to(
                  threads.workers(),
                  () -> {
                    if (made != null) {
                      outcome.complete(made.self());
                    } else {
                      outcome.completeExceptionally(failure);
                    }
                  });
            });
    return outcome;
  }

  private void attempted(@Nullable Connection made) {
    lock.lock();
    try {
      connecting = null;
      if (made != null) {
        connection = made;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the end of the present connection. Does not block.
   *
   * @return completes when it has ended: normally when it was closed in good order, exceptionally
   *     with the reason otherwise, or when there is none
   */
  public CompletableFuture<Void> disconnected() {
    Connection present = connection;
    if (present == null) {
      return CompletableFuture.failedFuture(notConnected("The client was never connected", null));
    }
    return present
        .ended()
        .thenAccept(
            reason ->
                reason.ifPresent(
                    failure -> {
                      throw failure;
                    }));
  }

  /**
   * The account that logs in.
   *
   * @return a bare JID
   */
  public Jid account() {
    return config.credentials().account();
  }

  /**
   * Our own address as far as it is known.
   *
   * @return the full JID while connected, otherwise {@link #account()}
   */
  public Jid self() {
    Connection present = connection;
    return present == null || present.hasEnded() ? account() : present.self();
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
   *     java.util.concurrent.TimeoutException} after the request time-out, or with {@link
   *     ConnectionException}
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
    return connected(present -> told(request, present).request(request, timeout));
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
    return connected(present -> told(stanza, present).send(stanza));
  }

  private <T> CompletableFuture<T> connected(Function<Connection, CompletableFuture<T>> use) {
    Connection present = connection;
    return present == null
        ? CompletableFuture.failedFuture(notConnected("The client is not connected", null))
        : use.apply(present);
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
    Connector attempt;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      attempt = connecting;
    } finally {
      lock.unlock();
    }
    Connection present = connection;
    if (attempt != null) {
      attempt.giveUp(notConnected("The client was closed while connecting", null));
      // It may have succeeded a moment before, and not be known as the connection yet.
      present = attempt.made();
    }
    if (present != null) {
      present.close();
    }
    plugins.close();
    if (ownsRuntime) {
      runtime.close();
    }
  }

  PluginHost pluginHost() {
    return plugins;
  }

  private static ConnectionException notConnected(String message, @Nullable Throwable cause) {
    return new ConnectionException(Reason.NOT_CONNECTED, message, cause);
  }

  /** The client as its plugins see it. */
  private final class Services implements ClientServices {
    @Override
    public Jid account() {
      return XmppClient.this.account();
    }

    @Override
    public Jid self() {
      return XmppClient.this.self();
    }

    @Override
    public CompletableFuture<Iq> request(Iq request) {
      return connected(present -> present.request(request, config.timeouts().request()));
    }

    @Override
    public CompletableFuture<Void> send(Stanza stanza) {
      return connected(present -> present.send(stanza));
    }
  }
}
