package dev.bobbin.xmpp.core.internal.plugin;

import dev.bobbin.xmpp.api.StateChange;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.plugin.RequestHandler;
import dev.bobbin.xmpp.api.plugin.ServiceLocation;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.api.plugin.StanzaListener;
import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.registry.ApiRegistry;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.stanza.Stanza;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one plugin is given, which remembers what the plugin added. Its own monitor guards the list:
 * what is added after {@link #close} is taken away at once.
 */
final class OwnedContext implements PluginContext {
  private static final Logger LOG = LoggerFactory.getLogger(OwnedContext.class);

  private final String plugin;
  private final PluginHost host;
  private final ApiRegistry api;
  private final Settings settings;
  private final Deque<Registration> added = new ArrayDeque<>();
  private boolean closed;

  OwnedContext(String plugin, PluginHost host, ApiRegistry api, Settings settings) {
    this.plugin = plugin;
    this.host = host;
    this.api = new ContextApi(api, this::keep);
    this.settings = settings;
  }

  /** Takes away what the plugin added, the last first; one that fails to go is logged. */
  void close() {
    synchronized (this) {
      closed = true;
    }
    Registration last = poll();
    while (last != null) {
      try {
        last.close();
      } catch (Throwable e) {
        // Even an Error is that registration's alone: those that follow have to go too.
        LOG.warn("The plugin '{}' kept what could not be closed", plugin, e);
      }
      last = poll();
    }
  }

  private synchronized @Nullable Registration poll() {
    return added.pollLast();
  }

  @Override
  public Registration keep(Registration registration) {
    Objects.requireNonNull(registration, "registration");
    synchronized (this) {
      if (!closed) {
        added.add(registration);
        return () -> {
          registration.close();
          forget(registration);
        };
      }
    }
    registration.close();
    throw off();
  }

  private IllegalStateException off() {
    return new IllegalStateException(
        "The plugin '" + plugin + "' is off; turn it on first (docs/errors.md#plugin-off)");
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void forget(Registration registration) {
    added.remove(registration);
  }

  @Override
  public Jid account() {
    return host.client().account();
  }

  @Override
  public Jid self() {
    return host.client().self();
  }

  @Override
  public ApiRegistry api() {
    return api;
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public ServiceLocation services() {
    return host.services();
  }

  @Override
  public <P extends XmppPlugin> P plugin(Class<P> type) {
    return host.plugin(type);
  }

  @Override
  public Registration onRequest(String name, String namespace, RequestHandler handler) {
    return keep(
        host.router()
            .onRequest(
                Objects.requireNonNull(name, "name"),
                Objects.requireNonNull(namespace, "namespace"),
                Objects.requireNonNull(handler, "handler")));
  }

  @Override
  public Registration onMessage(StanzaListener<Message> listener) {
    return keep(host.router().onMessage(Objects.requireNonNull(listener, "listener")));
  }

  @Override
  public Registration onPresence(StanzaListener<Presence> listener) {
    return keep(host.router().onPresence(Objects.requireNonNull(listener, "listener")));
  }

  @Override
  public Registration onSend(Consumer<Stanza> listener) {
    return keep(host.router().onSend(Objects.requireNonNull(listener, "listener")));
  }

  @Override
  public Registration onSendingPresence(UnaryOperator<Presence> change) {
    return keep(host.router().onSendingPresence(plugin, Objects.requireNonNull(change, "change")));
  }

  @Override
  public Registration onStateChange(Consumer<StateChange> listener) {
    return keep(host.client().onStateChange(Objects.requireNonNull(listener, "listener")));
  }

  @Override
  public CompletableFuture<Iq> request(Iq request) {
    return isClosed() ? CompletableFuture.failedFuture(off()) : host.client().request(request);
  }

  @Override
  public CompletableFuture<Void> send(Stanza stanza) {
    return isClosed() ? CompletableFuture.failedFuture(off()) : host.client().send(stanza);
  }

  @Override
  public CompletableFuture<Boolean> sendIf(Stanza stanza, BooleanSupplier wanted) {
    Objects.requireNonNull(wanted, "wanted");
    return isClosed()
        ? CompletableFuture.failedFuture(off())
        : host.client().sendIf(stanza, wanted);
  }

  @Override
  public Executor workers() {
    return host.workers();
  }

  @Override
  public Registration after(Duration delay, Runnable task) {
    Objects.requireNonNull(delay, "delay");
    Objects.requireNonNull(task, "task");
    DelayedTask delayed = new DelayedTask(plugin, task);
    Registration kept = keep(delayed);
    delayed.start(host.timer(), delay, host.workers(), kept);
    return kept;
  }

  @Override
  public InstantSource clock() {
    return host.clock();
  }
}
